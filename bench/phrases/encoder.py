"""The model of Polish meaning once more, in torch, with what may be learnt: ``trainer.universal`` says how it works.

To each matrix the product of two thin ones is added (Hu et al., arXiv 2106.09685), the second of zeros at first, so
that it begins as its makers left it; of what is added to states, and what they are scaled by, every number may change.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer import universal
from trainer.universal import WIDTHS

RANK = 16
DROPPED = 0.1
"""The share of pieces that are not heard while it learns, so that no single one is trusted."""
OTHERS = ("lo", "scale", "bits", "eps")
"""What stands in the file beside the weights."""
ENDS = (".in", ".out")


class Encoder(nn.Module):
    """Pieces -> unit vectors, shape (sentences, 512)."""

    def __init__(self) -> None:
        super().__init__()
        self.start = universal.untuned()
        known = {name: one for name, one in self.start.known.items() if name not in OTHERS}
        self.fixed = {name: torch.from_numpy(one) for name, one in known.items() if one.ndim == 2}
        self.vectors = nn.ParameterDict({name: torch.from_numpy(one) for name, one in known.items() if one.ndim == 1})
        into = {name: torch.randn(len(one), RANK) / len(one) ** 0.5 for name, one in self.fixed.items()}
        self.into = nn.ParameterDict(into)
        self.out = nn.ParameterDict({name: torch.zeros(RANK, one.shape[1]) for name, one in self.fixed.items()})

    def forward(self, pieces: Sequence[Sequence[int]]) -> Tensor:
        states, heard = self._embedded(pieces)
        if self.training:
            states = states * (torch.rand(heard.shape[:2]) > DROPPED)[..., None]
        projected = [self._through(states, f"proj{width}", f"proj_b{width}") for width, _ in WIDTHS]
        gain, shift = (torch.cat([self.vectors[f"ln_{one}{width}"] for width, _ in WIDTHS]) for one in "gb")
        starts = self._normed(torch.cat(projected, -1), gain, shift).split(projected[0].shape[-1], -1)
        seen = [self._convolved(one, heard, *width) for one, width in zip(starts, WIDTHS, strict=True)]
        total = self._normed(torch.cat([states, *seen], -1), self.vectors["ln_g"], self.vectors["ln_b"])
        number = heard.sum(1)
        mean = (self._through((total * heard).sum(1), "cnn_W") + number * self.vectors["cnn_b"]) / number.sqrt()
        first = torch.relu(self._through(mean, "p1") + self._through(torch.relu(self._through(mean, "d0")), "d1"))
        last = torch.tanh(self._through(first, "p3") + self._through(torch.relu(self._through(first, "d2")), "d3"))
        return functional.normalize(last, dim=-1)

    def added(self) -> dict[str, np.ndarray]:
        """What was learnt, as ``trainer.universal`` reads it."""
        parts = [(self.vectors, ""), *zip((self.into, self.out), ENDS, strict=True)]
        learnt = {f"{name}{end}": one for part, end in parts for name, one in part.items()}
        return {name: one.detach().numpy().astype(np.float16) for name, one in learnt.items()}

    def _embedded(self, pieces: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """What pieces begin as, shape (sentences, longest, 512), and 1 where there is one, else 0, in a third axis."""
        lengths = [len(one) for one in pieces]
        begun = torch.from_numpy(self.start.embedded(list(chain.from_iterable(pieces)))).split(lengths)
        heard = torch.arange(max(lengths))[None, :] < torch.tensor(lengths)[:, None]
        return nn.utils.rnn.pad_sequence(begun, batch_first=True), heard[..., None].float()

    def _through(self, states: Tensor, name: str, bias: str = "") -> Tensor:
        made = states @ self.fixed[name] + (states @ self.into[name]) @ self.out[name]
        return made + self.vectors[bias] if bias else made

    def _normed(self, states: Tensor, gain: Tensor, shift: Tensor) -> Tensor:
        return functional.layer_norm(states, states.shape[-1:], gain, shift, float(self.start.known["eps"]))

    def _convolved(self, states: Tensor, heard: Tensor, width: int, before: int) -> Tensor:
        for layer in "12":
            states = states * heard
            near = functional.pad(states, (0, 0, before, width - 1 - before))
            windows = torch.cat([near[:, shift : shift + states.shape[1]] for shift in range(width)], -1)
            states = states + torch.relu(self._through(windows, f"w{layer}_{width}", f"b{layer}_{width}"))
        return states
