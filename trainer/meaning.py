"""Sentences -> vectors of meaning: what is said in other words lies near.

English: all-MiniLM-L6-v2 (Reimers & Gurevych, "Sentence-BERT", EMNLP 2019; Apache-2.0) in int8 (``trainer.bert``). Its
WordPiece vocabulary (Apache-2.0) stands beside this file. The mean over the tokens, brought to length one, as it was
trained. Polish: ``trainer.universal``, which would be a little better in English too, for three times the memory.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import bert, models, universal

SIZES = {"en": 384, "pl": universal.SIZE}
"""How many numbers a vector has, by language; others are not known."""

SIZE = SIZES["en"]
_MOST_TOKENS = 128

Vectors = npt.NDArray[np.float32]


def vectors(sentences: Sequence[str], language: str = "en") -> Vectors:
    """One unit vector for each sentence, shape (sentences, its size). Raises NoModel. Safe in threads."""
    if language != "en":
        return universal.vectors(sentences)
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
