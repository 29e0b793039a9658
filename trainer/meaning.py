"""English sentences -> vectors of meaning: what is said in other words lies near.

all-MiniLM-L6-v2 (Reimers & Gurevych, "Sentence-BERT", EMNLP 2019; Apache-2.0) in int8, run by onnxruntime. Its
WordPiece vocabulary (Apache-2.0) stands beside this file. The mean over the tokens, brought to length one, as it was
trained.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import models

LANGUAGES = ("en",)
"""The languages that the model knows; in Polish it is at chance level."""

SIZE = 384
_MOST_TOKENS = 128

Vectors = npt.NDArray[np.float32]


def vectors(sentences: Sequence[str]) -> Vectors:
    """One unit vector for each sentence, shape (sentences, 384). Raises NoModel. Safe in threads."""
    if not sentences:
        return np.zeros((0, SIZE), np.float32)
    read = _tokenizer().encode_batch(list(sentences))
    ids, mask, kinds = (
        np.array([getattr(one, name) for one in read], np.int64) for name in ("ids", "attention_mask", "type_ids")
    )
    (states, *_) = _session().run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds})
    weights = mask[:, :, np.newaxis].astype(np.float32)
    means = (states * weights).sum(axis=1) / weights.sum(axis=1)
    unit: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
    return unit


@cache
def _tokenizer() -> Any:
    from tokenizers import BertWordPieceTokenizer

    made = BertWordPieceTokenizer(str(Path(__file__).parent / "minilm-vocabulary.txt"), lowercase=True)
    made.enable_truncation(_MOST_TOKENS)
    made.enable_padding()
    return made


@cache
def _session() -> Any:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1  # the recogniser works at the same time
    options.enable_cpu_mem_arena = False  # what one answer needed is given back
    return InferenceSession(models.file("minilm"), options, providers=["CPUExecutionProvider"])
