"""English sentences -> vectors of meaning: what is said in other words lies near.

all-MiniLM-L6-v2 (Reimers & Gurevych, "Sentence-BERT", EMNLP 2019; Apache-2.0) in int8 (``trainer.bert``). Its WordPiece
vocabulary (Apache-2.0) stands beside this file. The mean over the tokens, brought to length one, as it was trained.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import bert, models

LANGUAGES = ("en",)
"""The languages that the model knows; in Polish it is at chance level."""

SIZE = 384
_MOST_TOKENS = 128

Vectors = npt.NDArray[np.float32]


def vectors(sentences: Sequence[str]) -> Vectors:
    """One unit vector for each sentence, shape (sentences, 384). Raises NoModel. Safe in threads."""
    if not sentences:
        return np.zeros((0, SIZE), np.float32)
    read = [one.ids for one in _tokenizer().encode_batch(list(sentences))]
    means = np.stack([states.mean(axis=0) for states in _model().states(read)])
    unit: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
    return unit


@cache
def _model() -> bert.Bert:
    return bert.read(models.file("minilm"))


@cache
def _tokenizer() -> Any:
    from tokenizers import BertWordPieceTokenizer

    made = BertWordPieceTokenizer(str(Path(__file__).parent / "minilm-vocabulary.txt"), lowercase=True)
    made.enable_truncation(_MOST_TOKENS)
    return made
