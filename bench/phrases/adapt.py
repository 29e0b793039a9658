"""Teach the model of meaning the rules: narrow matrices beside its upper ones, and what each rule looks for.

Low-rank adapters (LoRA, Hu et al., ICLR 2022), trained on the numbers that the program computes with: the lower layers
are run by it, the upper ones here, their int8 weights as they are. An utterance is read as a whole and speaks for a
rule as much as any of its windows does, as in the program. A positive weighs as three negatives, what is unclear
nothing. The patterns are told too, but for some lines, so that the model learns most where they are silent.
Needs torch (``pip install -e '.[fit]'``), and ten minutes of two cores.

The parts that the heads learn from (``fit.UNSEEN``) are left out: what a model says of lines that it was taught with
tells nothing about what it is worth to others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from bench.phrases import corpus, fit
from trainer import bert, meaning, shipped
from trainer.bert import USED
from trainer.coaching import heads
from trainer.meaning import OF_RULES, UNREAD

FIRST, RANK = 0, 8
"""The first layer that is taught, and how narrow the matrices are."""
EPOCHS, BATCH, POSITIVES_WEIGH, EXAMPLES_WEIGH = 5, 48, 3.0, 2.0
FORGETS, HEAD_FORGETS, PATTERNS_FORGOTTEN, DECAYS = 0.1, 0.2, 0.3, 0.05
LEARNS, HEAD_LEARNS, RISES, LONGEST_STEP = 2e-3, 4e-3, 0.06, 1.0
SEED = 0
SIZE = meaning.SIZE


@dataclass(frozen=True)
class Read:
    """An utterance as it is learnt from: the states of its tokens, and which of them are in each of its windows."""

    states: bert.States
    inside: npt.NDArray[np.bool_]


class Dense(nn.Module):
    """A matrix as it is, and the two narrow ones beside it that learn."""

    def __init__(self, known: bert.Dense) -> None:
        super().__init__()
        weights = torch.tensor(known.weights.astype(np.float32) * known.scale)
        self.register_buffer("short", weights.bfloat16())  # twice as fast, and near enough to learn from
        self.register_buffer("bias", torch.tensor(known.bias))
        self.narrow = nn.Parameter(torch.randn(weights.shape[0], RANK) / weights.shape[0] ** 0.5)
        self.wide = nn.Parameter(torch.zeros(RANK, weights.shape[1]))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        return (states.bfloat16() @ self.short).float() + self.bias + states @ self.narrow @ self.wide


class Layer(nn.Module):
    """A layer as in trainer/bert.py, of sentences that are filled up to one length."""

    def __init__(self, known: bert.Layer) -> None:
        super().__init__()
        self.dense = nn.ModuleList(Dense(one) for one in known.dense)
        for name in ("after_attention", "after_all"):
            norm = getattr(known, name)
            self.register_buffer(f"{name}_scale", torch.tensor(norm.scale))
            self.register_buffer(f"{name}_bias", torch.tensor(norm.bias))

    def forward(self, states: torch.Tensor, here: torch.Tensor) -> torch.Tensor:
        *asked, joined, wide, narrow = self.dense
        lines, tokens, size = states.shape
        parts = [part(states).view(lines, tokens, bert.HEADS, -1).transpose(1, 2) for part in asked]
        seen = functional.scaled_dot_product_attention(*parts, attn_mask=here[:, None, None, :])
        states = self._norm("after_attention", states, joined(seen.transpose(1, 2).reshape(lines, tokens, size)))
        return self._norm("after_all", states, narrow(functional.gelu(wide(states))))

    def _norm(self, name: str, states: torch.Tensor, more: torch.Tensor) -> torch.Tensor:
        states = states + functional.dropout(more, FORGETS, self.training)
        scale, bias = getattr(self, f"{name}_scale"), getattr(self, f"{name}_bias")
        return functional.layer_norm(states, (SIZE,), scale, bias, bert.SMALLEST)


class Reader(nn.Module):
    """The upper layers, and what each rule looks for in a token and what that says (trainer/meaning.py).

    What the patterns add is learnt beside it, and weighed anew by the heads.
    """

    def __init__(self, layers: Sequence[bert.Layer], rules: int, patterns: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(one) for one in layers)
        self.seeks = nn.Parameter(torch.zeros(rules, SIZE))
        self.says = nn.Parameter(0.02 * torch.randn(rules, SIZE))
        self.bias = nn.Parameter(torch.full((rules,), -2.0))
        self.patterns = nn.Parameter(torch.zeros(patterns, rules))

    def forward(
        self, states: torch.Tensor, here: torch.Tensor, inside: torch.Tensor, hits: torch.Tensor
    ) -> torch.Tensor:
        """How far utterances speak for each rule, shape (utterances, rules).

        ``states`` (utterances, tokens, 384), ``here`` (utterances, tokens) where there is a token, ``inside``
        (utterances, windows, tokens), ``hits`` (utterances, patterns).
        """
        for layer in self.layers:
            states = layer(states, here)
        looks = (states @ self.seeks.T)[:, None].masked_fill(~inside[..., None], -1e9).softmax(2)
        said = functional.dropout(states, HEAD_FORGETS, self.training) @ self.says.T
        told = (looks * said[:, None]).sum(2).masked_fill(~inside.any(2)[..., None], UNREAD)
        heard = hits * (torch.rand(len(hits), 1) > PATTERNS_FORGOTTEN) if self.training else hits
        return told.max(1).values + self.bias + heard @ self.patterns


def run() -> str:
    """Teach the model and write what the program reads; what was done, in a line."""
    torch.manual_seed(SEED)
    known = [one for one in corpus.read("en", "dev") if one.part not in fit.UNSEEN["en"]]
    known += fit.examples("en")
    return f"{write(taught(known, fit.headed()), fit.headed())} from {len(known)} utterances"


def lower(texts: Sequence[str]) -> list[Read]:
    """Each text as far as it is read before the layers that are taught, by the program itself."""
    below = replace(meaning.model(), layers=meaning.model().layers[:FIRST])
    read = [fit.places(text, "en") for text in texts]
    pieces = [meaning.pieces_of(words) for words, _ in read]
    states = [one for at in range(0, len(texts), 32) for one in below.states([ids for ids, _ in pieces[at : at + 32]])]
    inside = [
        np.array([(own >= first) & (own < end) for first, end in places])
        for (_, places), (_, own) in zip(read, pieces, strict=True)
    ]
    return [Read(*one) for one in zip(states, inside, strict=True)]


def taught(known: Sequence[corpus.Utterance], rules: Sequence[str]) -> Reader:
    """A reader that has learnt from these utterances."""
    read = lower([one.text for one in known])
    hits = torch.tensor(fit.hits(known, "en")) / heads.PATTERN
    right = torch.tensor([[float(rule in one.rules) for rule in rules] for one in known])
    weights = torch.tensor([[_weight(one, rule) for rule in rules] for one in known])
    reader = Reader(meaning.model().layers[FIRST:], len(rules), hits.shape[1])
    upper, head = list(reader.layers.parameters()), [reader.seeks, reader.says, reader.bias, reader.patterns]
    groups = [{"params": head, "lr": HEAD_LEARNS}, {"params": upper, "lr": LEARNS}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAYS)
    steps = EPOCHS * -(-len(known) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (RISES * steps)) * max(0.0, 1.0 - step / steps)
    )
    for _ in range(EPOCHS):
        for rows in _batches([len(one.states) for one in read]):
            told = reader(*_filled([read[row] for row in rows]), hits[rows])
            wrong = functional.binary_cross_entropy_with_logits(told, right[rows], reduction="none") * weights[rows]
            optimiser.zero_grad()
            wrong.sum(1).mean().backward()
            nn.utils.clip_grad_norm_([*upper, *head], LONGEST_STEP)
            optimiser.step()
            pace.step()
    return reader.eval()


def write(reader: Reader, rules: Sequence[str]) -> str:
    """Write what the program reads."""
    kept = {"rules": np.array(rules)}
    kept |= {key: getattr(reader, key).detach().numpy().astype(np.float16) for key in OF_RULES}
    for place, layer in enumerate(reader.layers, FIRST):
        for used, dense in zip(USED, layer.dense, strict=True):
            for key in ("narrow", "wide"):
                kept[f"{place}.{used}.{key}"] = getattr(dense, key).detach().numpy().astype(np.float16)
    path = shipped.folder("guides/words") / "en-meaning.npz"
    np.savez_compressed(path, **kept)
    return f"{path.name}: {path.stat().st_size // 1024} kB"


def _weight(one: corpus.Utterance, rule: str) -> float:
    if rule in one.unclear:
        return 0.0
    return (POSITIVES_WEIGH if rule in one.rules else 1.0) * (EXAMPLES_WEIGH if one.part == "examples" else 1.0)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places in a new order, those of like length together, since what is filled up is computed for nothing."""
    order = torch.randperm(len(lengths)).tolist()
    made = []
    for at in range(0, len(order), 16 * BATCH):
        chunk = sorted(order[at : at + 16 * BATCH], key=lambda place: lengths[place])
        made += [chunk[first : first + BATCH] for first in range(0, len(chunk), BATCH)]
    return (made[place] for place in torch.randperm(len(made)).tolist())


def _filled(read: Sequence[Read]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """What was read filled up to one length and one number of windows, and where there is something."""
    longest, most = max(len(one.states) for one in read), max(len(one.inside) for one in read)
    lengths = torch.tensor([len(one.states) for one in read])
    states = np.stack([np.pad(one.states, ((0, longest - len(one.states)), (0, 0))) for one in read])
    inside = np.zeros((len(read), most, longest), np.bool_)
    for row, one in zip(inside, read, strict=True):
        row[: one.inside.shape[0], : one.inside.shape[1]] = one.inside
    return torch.from_numpy(states), torch.arange(longest) < lengths[:, None], torch.from_numpy(inside)
