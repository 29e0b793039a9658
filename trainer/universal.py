"""Polish sentences -> vectors of meaning: what is said in other words lies near.

Universal Sentence Encoder, multilingual, version 3 (Yang et al., arXiv 1907.04307; Apache-2.0), its convolutional form,
in numpy: each token's embedding (six bits, a scale for each of 17 parts of the vocabulary) beside three pairs of
convolutions over two, three and five neighbours, their normed sum over the root of their number, two residual layers.
Tokens by the best path through the vocabulary (Kudo, arXiv 1804.10959). It is tuned to the rules of the guides, English
utterances taught beside Polish ones (``python -m bench.phrases tune``): to its matrices low-rank ones are added (Hu et
al., arXiv 2106.09685), which stand beside this file. 3 ms a sentence.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer import models, protobuf
from trainer.cores import one_core

MODEL = "use-multilingual"
LANGUAGES = ("pl",)
SIZE = 512
TUNED = Path(__file__).parent / "universal-tuned.npz"
UNKNOWN, BEGIN, END = 0, 1, 2
WIDTHS = ((2, 0), (3, 1), (5, 2))
"""Of each pair of convolutions: tokens that it sees, and how many of them stand before."""
_SPACE = "\u2581"
_LATIN = re.compile(rf"[{_SPACE}\x00-\u024f’]*")
_UNSAID = re.compile(r"[^\w' ]+")
_UNLIKELY = 10.0
"""How much less likely than the least likely piece of the vocabulary a letter outside of it is (log)."""

Vectors = npt.NDArray[np.float32]


def vectors(sentences: Sequence[str]) -> Vectors:
    """One unit vector for each sentence, shape (sentences, 512). Raises NoModel. Safe in threads."""
    made = np.zeros((len(sentences), SIZE), np.float32)
    for row, sentence in zip(made, sentences, strict=True):
        row[:] = encoder().vector(pieces(sentence))
    return made


def pieces(sentence: str) -> list[int]:
    """The pieces of a sentence, without its capitals and marks, between those for its beginning and end."""
    return [BEGIN, *_vocabulary().pieces(_UNSAID.sub(" ", sentence.lower())), END]


@dataclass(frozen=True)
class _Vocabulary:
    """The pieces in small Latin letters: their place, and how likely each is (log). ``numbers``: those in the file."""

    places: dict[str, int]
    likely: npt.NDArray[np.float32]
    numbers: npt.NDArray[np.intp]
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
class Encoder:
    """The weights by their names in the file; the table of the pieces' embeddings, and of which part each piece is."""

    table: npt.NDArray[np.uint8]
    part: npt.NDArray[np.intp]
    known: dict[str, Vectors]

    def embedded(self, ids: Sequence[int]) -> Vectors:
        """What pieces begin as, shape (pieces, 512)."""
        part = self.part[list(ids)]
        embedded: Vectors = self.table[list(ids)] * self.known["scale"][part, None] + self.known["lo"][part, None]
        return embedded

    def vector(self, ids: Sequence[int]) -> Vectors:
        """The unit vector of a sentence's pieces, shape (512,)."""
        known, embedded = self.known, self.embedded(ids)
        with one_core():
            projected = [embedded @ known[f"proj{width}"] + known[f"proj_b{width}"] for width, _ in WIDTHS]
            gain, shift = (np.hstack([known[f"ln_{one}{width}"] for width, _ in WIDTHS]) for one in "gb")
            starts = np.split(self._normed(np.hstack(projected), gain, shift), len(WIDTHS), axis=1)
            seen = [self._convolved(one, *width) for one, width in zip(starts, WIDTHS, strict=True)]
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
def encoder() -> Encoder:
    """The model as it is tuned, of its table only the rows of the vocabulary. Raises NoModel."""
    made = untuned()
    with np.load(TUNED, allow_pickle=False) as tuned:
        for name in {name.removesuffix(".in").removesuffix(".out") for name in tuned.files}:
            if name in tuned:
                made.known[name] = tuned[name].astype(np.float32)
            else:
                low, high = (tuned[f"{name}.{one}"].astype(np.float32) for one in ("in", "out"))
                made.known[name] = made.known[name] + low @ high
    return made


def untuned() -> Encoder:
    """The model as its makers left it. Raises NoModel."""
    numbers = _vocabulary().numbers
    with np.load(models.folder(MODEL) / "weights.npz", allow_pickle=False) as kept:
        known = {name: kept[name] for name in kept.files if not name.startswith("q")}
        parts = len(known["scale"])
        table = np.empty((len(numbers), SIZE), np.uint8)
        for part in range(parts):
            own = numbers % parts == part
            table[own] = kept[f"q{part + 1}"][numbers[own] // parts]
    return Encoder(table, numbers % parts, known)


@cache
def _vocabulary() -> _Vocabulary:
    """As sentencepiece keeps it: field 1 of the model are the pieces; their field 1 is the text, 2 its likelihood."""
    data = (models.folder(MODEL) / "sp.model").read_bytes()
    places: dict[str, int] = {}
    likely: list[float] = []
    numbers: list[int] = []
    number = -1
    for field, place in protobuf.fields(data, (0, len(data))):
        if field == 1:
            number += 1
            piece = dict(protobuf.fields(data, place))
            text = data[slice(*piece[1])].decode()
            if number <= END or (_LATIN.fullmatch(text) and text == text.lower()):
                places[text] = len(likely)
                likely.append(float(np.frombuffer(data[slice(*piece[2])], "<f4")[0]) if 2 in piece else 0.0)
                numbers.append(number)
    return _Vocabulary(places, np.array(likely, np.float32), np.array(numbers), max(map(len, places)))
