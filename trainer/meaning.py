"""English sentences -> vectors of meaning: what is said in other words lies near; and what they speak for.

all-MiniLM-L6-v2 (Reimers & Gurevych, "Sentence-BERT", EMNLP 2019; Apache-2.0) in int8 (``trainer.bert``). Its WordPiece
vocabulary (Apache-2.0) stands beside this file. The mean over the tokens, brought to length one, as it was trained.

What a sentence speaks for is told by the same model with what ``python -m bench.phrases adapt`` taught it beside its
matrices (``en-meaning.npz``): each rule attends to the tokens that matter to it, and adds up what they say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import bert, models, shipped

LANGUAGES = ("en",)
"""The languages that the model knows; in Polish it is at chance level."""

SIZE = 384
_MOST_TOKENS = 128
UNREAD = -10.0
"""What speaks for a rule where nothing could be read."""
OF_RULES = ("seeks", "says", "bias", "patterns")
"""What is kept of the rules beside the matrices."""

Places = tuple[int, int]
Vectors = npt.NDArray[np.float32]


def vectors(sentences: Sequence[str]) -> Vectors:
    """One unit vector for each sentence, shape (sentences, 384). Raises NoModel. Safe in threads."""
    if not sentences:
        return np.zeros((0, SIZE), np.float32)
    means = np.stack([states.mean(axis=0) for states in model().states(pieces(sentences))])
    unit: Vectors = means / np.linalg.norm(means, axis=1, keepdims=True)
    return unit


@dataclass(frozen=True)
class Reader:
    """The taught model, and for each of its rules what to look for in a token and what that says, (rules, 384) each.

    ``patterns``: how the patterns of all rules were weighed beside it, (patterns, rules); the heads are fitted with it.
    """

    rules: tuple[str, ...]
    model: bert.Bert
    seeks: Vectors
    says: Vectors
    bias: Vectors
    patterns: Vectors

    def leaning(self, states: bert.States) -> Vectors:
        """How far the states of a sentence's tokens speak for each rule, in log odds, shape (rules,)."""
        looks = np.exp(states @ self.seeks.T)
        made: Vectors = (looks * (states @ self.says.T)).sum(axis=0) / looks.sum(axis=0) + self.bias
        return made


def leanings(words: Sequence[str], places: Sequence[Places]) -> Vectors:
    """How far the words [first, beyond the last) at each place speak for each rule, in log odds, (places, rules).

    They are read together, from the first of them to the last, each place in the light of the others. Raises NoModel.
    """
    first = places[0][0]
    end = max(place[1] for place in places)
    return _told(tuple(words[first:end]), tuple((one - first, other - first) for one, other in places))


@lru_cache(64)
def _told(words: tuple[str, ...], places: tuple[Places, ...]) -> Vectors:
    """An answer is judged when it may be over, and again when it is."""
    known = reader()
    ids, own = pieces_of(words)
    (states,) = known.model.states([ids])
    told = np.full((len(places), len(known.rules)), UNREAD, np.float32)
    for row, (first, end) in zip(told, places, strict=True):
        inside = (own >= first) & (own < end)
        if inside.any():  # not so of what is more than the model reads
            row[:] = known.leaning(states[inside])
    return told


def forget() -> None:
    """Forget what was judged, so that the next answer takes as long as a new one."""
    _told.cache_clear()


def pieces(sentences: Sequence[str]) -> list[list[int]]:
    """The numbers of the pieces of words that the model reads, each sentence between its two marks."""
    return [list(one.ids) for one in _tokenizer().encode_batch(list(sentences))]


def pieces_of(words: Sequence[str]) -> tuple[list[int], npt.NDArray[np.intp]]:
    """The pieces of some words as one sentence, and the place of the word of each piece, -1 for the two marks."""
    read = _tokenizer().encode(words, is_pretokenized=True)
    return list(read.ids), np.array([-1 if word is None else word for word in read.word_ids])


@cache
def model() -> bert.Bert:
    """The model as it was trained for sentences in general."""
    return bert.read(models.file("minilm"))


@cache
def reader() -> Reader:
    """The model as it was taught the rules."""
    with np.load(shipped.folder("guides/words") / "en-meaning.npz", allow_pickle=False) as kept:
        known = {key: kept[key] for key in kept.files}
    rules = tuple(str(one) for one in known.pop("rules"))
    seeks, says, bias, patterns = (known.pop(key).astype(np.float32) for key in OF_RULES)
    layers = sorted({int(key.split(".")[0]) for key in known})
    lows = {layer: [_low(known, f"{layer}.{used}") for used in bert.USED] for layer in layers}
    return Reader(rules, model().taught(lows), seeks, says, bias, patterns)


def _low(known: dict[str, Any], name: str) -> bert.Low:
    return known[f"{name}.narrow"].astype(np.float32), known[f"{name}.wide"].astype(np.float32)


@cache
def _tokenizer() -> Any:
    from tokenizers import BertWordPieceTokenizer

    made = BertWordPieceTokenizer(str(Path(__file__).parent / "minilm-vocabulary.txt"), lowercase=True)
    made.enable_truncation(_MOST_TOKENS)
    return made
