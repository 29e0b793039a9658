"""Sentences -> vectors of meaning in sixteen languages, Polish among them.

Universal Sentence Encoder, multilingual, version 3 (Yang et al., arXiv 1907.04307; Apache-2.0), its convolutional form,
in numpy: each token's embedding (six bits, a scale for each of 17 parts of the vocabulary) beside three pairs of
convolutions over two, three and five neighbours, their normed sum over the root of their number, two residual layers.
Tokens by the best path through the vocabulary (Kudo, arXiv 1804.10959). 3 ms a sentence and some 100 MB of memory.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from trainer import bert, models, protobuf

MODEL = "use-multilingual"
SIZE = 512
UNKNOWN, BEGIN, END = 0, 1, 2
_SPACE = "\u2581"
_UNLIKELY = 10.0
"""How much less likely than the least likely piece of the vocabulary a letter outside of it is (log)."""
_WIDTHS = ((2, 0), (3, 1), (5, 2))
"""Of each pair of convolutions: tokens that it sees, and how many of them stand before."""

Vectors = npt.NDArray[np.float32]


def vectors(sentences: Sequence[str]) -> Vectors:
    """One unit vector for each sentence, shape (sentences, 512). Raises NoModel. Safe in threads."""
    made = np.zeros((len(sentences), SIZE), np.float32)
    for row, sentence in zip(made, sentences, strict=True):
        row[:] = _encoder().vector([BEGIN, *_vocabulary().pieces(sentence), END])
    return made


@dataclass(frozen=True)
class _Vocabulary:
    """The pieces, their place, and how likely each is (log)."""

    places: dict[str, int]
    likely: npt.NDArray[np.float32]
    longest: int

    def pieces(self, text: str) -> list[int]:
        """The pieces of the likeliest way to cut the text."""
        said = "".join(_SPACE + word for word in unicodedata.normalize("NFKC", text).split())
        if not said:
            return [UNKNOWN]
        outside = float(self.likely.min()) - _UNLIKELY
        best = [(0.0, 0, UNKNOWN)] + [(-np.inf, 0, UNKNOWN)] * len(said)
        for start in range(len(said)):
            for end in range(start + 1, min(start + self.longest, len(said)) + 1):
                place = self.places.get(said[start:end])
                if place is None and end > start + 1:
                    continue
                score = best[start][0] + (outside if place is None else float(self.likely[place]))
                if score > best[end][0]:
                    best[end] = (score, start, UNKNOWN if place is None else place)
        found, at = [], len(said)
        while at:
            _, start, place = best[at]
            found.append(place)
            at = start
        return found[::-1]


@dataclass(frozen=True)
class _Encoder:
    """The weights by their names in the file, and the table of all pieces' embeddings."""

    table: npt.NDArray[np.uint8]
    known: dict[str, Vectors]

    def vector(self, ids: list[int]) -> Vectors:
        """The unit vector of a sentence's pieces, shape (512,)."""
        known = self.known
        part = np.array(ids) % len(known["scale"])
        embedded = self.table[ids] * known["scale"][part, None] + known["lo"][part, None]
        with bert.one_core():
            projected = [embedded @ known[f"proj{width}"] + known[f"proj_b{width}"] for width, _ in _WIDTHS]
            gain, shift = (np.hstack([known[f"ln_{one}{width}"] for width, _ in _WIDTHS]) for one in "gb")
            starts = np.split(self._normed(np.hstack(projected), gain, shift), len(_WIDTHS), axis=1)
            seen = [self._convolved(one, *width) for one, width in zip(starts, _WIDTHS, strict=True)]
            total = self._normed(np.hstack([embedded, *seen]), known["ln_g"], known["ln_b"]).sum(axis=0)
            mean = (total @ known["cnn_W"] + len(ids) * known["cnn_b"]) / np.sqrt(len(ids))
            first = _positive(mean @ known["p1"] + _positive(mean @ known["d0"]) @ known["d1"])
            last = np.tanh(first @ known["p3"] + _positive(first @ known["d2"]) @ known["d3"])
        return np.asarray(last / np.linalg.norm(last), np.float32)

    def _normed(self, states: Vectors, gain: Vectors, shift: Vectors) -> Vectors:
        """States brought to mean 0 and variance 1, then scaled and moved."""
        moved = states - states.mean(axis=1, keepdims=True)
        spread = np.sqrt((moved * moved).mean(axis=1, keepdims=True) + float(self.known["eps"]))
        return np.asarray(moved / spread * gain + shift, np.float32)

    def _convolved(self, states: Vectors, width: int, before: int) -> Vectors:
        """A pair of convolutions, each added to what it saw."""
        for layer in ("w1", "w2"):
            near = np.pad(states, ((before, width - 1 - before), (0, 0)))
            windows = np.hstack([near[shift : shift + len(states)] for shift in range(width)])
            bias = self.known[f"b{layer[1]}_{width}"]
            states = states + _positive(windows @ self.known[f"{layer}_{width}"] + bias)
        return states


def _positive(states: Vectors) -> Vectors:
    return np.maximum(states, 0.0)


@cache
def _encoder() -> _Encoder:
    with np.load(models.folder(MODEL) / "weights.npz", allow_pickle=False) as kept:
        known = {name: kept[name] for name in kept.files if not name.startswith("q")}
        parts = len(known["scale"])
        first = kept["q1"]
        table = np.empty((parts * len(first), SIZE), np.uint8)
        for part in range(parts):
            table[part::parts] = kept[f"q{part + 1}"]
    return _Encoder(table, known)


@cache
def _vocabulary() -> _Vocabulary:
    """As sentencepiece keeps it: field 1 of the model are the pieces; their field 1 is the text, 2 its likelihood."""
    data = (models.folder(MODEL) / "sp.model").read_bytes()
    places: dict[str, int] = {}
    likely: list[float] = []
    for number, place in protobuf.fields(data, (0, len(data))):
        if number == 1:
            piece = dict(protobuf.fields(data, place))
            places[data[slice(*piece[1])].decode()] = len(likely)
            likely.append(float(np.frombuffer(data[slice(*piece[2])], "<f4")[0]) if 2 in piece else 0.0)
    return _Vocabulary(places, np.array(likely, np.float32), max(map(len, places)))
