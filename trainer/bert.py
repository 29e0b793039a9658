"""Tokens -> states: BERT (Devlin et al., NAACL 2019) in numpy, its weights int8 in their file until they are used.

onnxruntime would make 163 MB in memory of the 23 MB of MiniLM, this 38, at the same speed for the length of an answer.
The tokens of all sentences go through the matrices together, and each attends to those of its own sentence only. What a
task teaches the model stands beside its matrices, in two narrow ones each (LoRA, Hu et al., ICLR 2022).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import tensors

HEADS = 12
SMALLEST = 1e-12
"""Added to the variance of a layer before the root, as it was trained."""

_ERF = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
USED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The matrices of a layer, in the order in which they are used."""

States = npt.NDArray[np.float32]
Ends = npt.NDArray[np.intp]
Low = tuple[tensors.Array, tensors.Array]
"""Two narrow matrices, (in, rank) and (rank, out), whose product is added to a matrix."""


@dataclass(frozen=True)
class Dense:
    """A layer of weights (in, out) in int8, a scale for each of its outputs, and what is added to them."""

    weights: tensors.Array
    scale: tensors.Array
    bias: tensors.Array
    low: Low | None = None

    def __call__(self, states: States) -> States:
        """The states (tokens, in) as (tokens, out)."""
        made: States = states @ self.weights.astype(np.float32) * self.scale + self.bias
        if self.low:
            narrow, wide = self.low
            made += states @ narrow @ wide
        return made


@dataclass(frozen=True)
class _Norm:
    """States brought to mean 0 and variance 1 over their numbers, then scaled and moved."""

    scale: tensors.Array
    bias: tensors.Array

    def __call__(self, states: States) -> States:
        moved = states - states.mean(axis=1, keepdims=True)
        spread = np.sqrt((moved * moved).mean(axis=1, keepdims=True) + SMALLEST)
        made: States = moved / spread * self.scale + self.bias
        return made


@dataclass(frozen=True)
class Layer:
    """What lets the tokens see each other, and what is then made of each by itself."""

    dense: tuple[Dense, ...]
    after_attention: _Norm
    after_all: _Norm

    def __call__(self, states: States, ends: Ends) -> States:
        """The states of the tokens after this layer; a sentence stops at each of ``ends``."""
        *asked, joined, wide, narrow = self.dense
        parts = (np.split(part(states), ends) for part in asked)
        attended = np.concatenate([_attended(*one) for one in zip(*parts, strict=True)])
        states = self.after_attention(states + joined(attended))
        return self.after_all(states + narrow(_gelu(wide(states))))

    def taught(self, lows: Sequence[Low]) -> "Layer":
        """The same with narrow matrices beside its own, in the order of ``USED``."""
        dense = tuple(replace(one, low=low) for one, low in zip(self.dense, lows, strict=True))
        return replace(self, dense=dense)


@dataclass(frozen=True)
class Bert:
    """What a token and its place begin as, and the layers that let the tokens of a sentence see each other."""

    words: tuple[tensors.Array, tensors.Array]
    places: tuple[tensors.Array, tensors.Array]
    kind: tensors.Array
    norm: _Norm
    layers: tuple[Layer, ...]

    def states(self, sentences: Sequence[Sequence[int]]) -> list[States]:
        """The last states of the tokens of each sentence, shape (tokens, 384) each; the tokens by their numbers."""
        ends = np.cumsum([len(ids) for ids in sentences])[:-1]
        ids = [one for ids in sentences for one in ids]
        places = [place for ids in sentences for place in range(len(ids))]
        with _threads().limit(limits=1, user_api="blas"):  # other cores are busy; to wait for them costs ten times
            states = self.norm(_rows(self.words, ids) + _rows(self.places, places) + self.kind)
            for layer in self.layers:
                states = layer(states, ends)
        return np.split(states, ends)

    def taught(self, lows: Mapping[int, Sequence[Low]]) -> "Bert":
        """The same with narrow matrices beside those of the layers of these numbers, in the order of ``USED``."""
        layers = [layer.taught(lows[place]) if place in lows else layer for place, layer in enumerate(self.layers)]
        return replace(self, layers=tuple(layers))


def _attended(query: States, key: States, value: States) -> States:
    """What the tokens of one sentence take from each other, shape (tokens, 384)."""
    queries, keys, values = (_split(one) for one in (query, key, value))
    weights = _softmax(queries @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[1] / HEADS)))
    made: States = (weights @ values).transpose(1, 0, 2).reshape(query.shape)
    return made


def _rows(table: tuple[tensors.Array, tensors.Array], places: list[int]) -> States:
    weights, scale = table
    made: States = weights[places].astype(np.float32) * scale[places]
    return made


def _split(states: States) -> States:
    """(tokens, 384) as (heads, tokens, 32)."""
    return states.reshape(len(states), HEADS, -1).transpose(1, 0, 2)


def _softmax(scores: States) -> States:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    made: States = raised / raised.sum(axis=-1, keepdims=True)
    return made


def _gelu(states: States) -> States:
    """Hendrycks & Gimpel, arXiv 1606.08415, with the error function of Abramowitz & Stegun 7.1.26 (to 2e-7)."""
    far = np.abs(states) * np.float32(np.sqrt(0.5))
    near = 1 / (1 + np.float32(0.3275911) * far)
    tail = np.zeros_like(near)
    for one in _ERF:
        tail = (tail + np.float32(one)) * near
    tail *= np.exp(-far * far)
    return np.asarray(np.float32(0.5) * states * (1 + np.sign(states) * (1 - tail)), np.float32)


def read(path: Path) -> Bert:
    """The model in an ONNX file whose matrices are int8, each output (each row of the tables) with its scale."""
    known = tensors.read(path)
    # The matrices have no names of their own, only numbers in the order in which they are used.
    numbered = sorted((name for name in known if name.startswith("val_") and name.endswith("_q")), key=_number)
    layers = [_layer(known, place, numbered[6 * place : 6 * place + 6]) for place in range(len(numbered) // 6)]
    return Bert(
        words=_table(known, "word_embeddings"),
        places=_table(known, "position_embeddings"),
        kind=known["inner.embeddings.token_type_embeddings.weight"][0],
        norm=_norm(known, "inner.embeddings"),
        layers=tuple(layers),
    )


def _table(known: dict[str, tensors.Array], name: str) -> tuple[tensors.Array, tensors.Array]:
    return known[f"inner.embeddings.{name}.weight_q"], known[f"inner.embeddings.{name}.weight_scale"]


def _layer(known: dict[str, tensors.Array], place: int, matrices: Sequence[str]) -> Layer:
    own = f"inner.encoder.layer.{place}"
    dense = [
        Dense(known[matrix], known[matrix.removesuffix("q") + "scale"], known[f"{own}.{used}.bias"])
        for matrix, used in zip(matrices, USED, strict=True)
    ]
    return Layer(tuple(dense), _norm(known, f"{own}.attention.output"), _norm(known, f"{own}.output"))


def _norm(known: dict[str, tensors.Array], name: str) -> _Norm:
    return _Norm(known[f"{name}.LayerNorm.weight"], known[f"{name}.LayerNorm.bias"])


def _number(name: str) -> int:
    return int(name.split("_")[1])


@cache
def _threads() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
