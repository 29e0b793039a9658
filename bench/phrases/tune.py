"""Tune the model of Polish meaning to the rules together with the heads over it, and write both.

They learn from the Polish utterances, the examples of the guides and, at half their weight, English ones, as many as
15 000: the model knows both languages, and what is written for one teaches the other. AdamW, its rate rising for a
tenth of the steps and then falling. What that is worth to others is told by leaving out all that one author wrote (a
part of the corpus), as the figures of other situations are too good.

It needs torch, which nothing else here does: an environment of its own (``pip install torch -e .``), some ten minutes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bench.phrases import corpus, fit, folds, measure
from bench.phrases.corpus import Utterance
from bench.phrases.encoder import Encoder
from bench.phrases.fit import Heard
from trainer import universal
from trainer.coaching.heads import PATTERN, Heads
from trainer.coaching.phrases import grammar

EPOCHS, TOGETHER, LONGEST, ALIKE, SEED = 6, 64, 60, 8, 0
"""Sentences go through together that have some ``ALIKE`` pieces more or less."""
MODEL, HEADS, TERMS = (1e-3, 0.01), (5e-3, 0.01), (2e-2, 0.1)
"""The highest rate, and the decay, of each part."""
STEEPEST, UNHEARD = 5.0, 0.1
POSITIVES_WEIGH, OTHERS_WEIGH, OTHERS = 4.0, 0.5, 15_000
LOUD, RARE = 8.0, -2.0
"""What a unit vector is multiplied by on its way to the heads, and where these begin (log odds)."""
LANGUAGE, OTHER = "pl", "en"


def run(left_out: str = "") -> None:
    """Learn and write; or learn without some parts of the corpus (commas between), and print how these are found."""
    known = corpus.read(LANGUAGE, "dev")
    apart = [one for one in known if one.part in left_out.split(",")]
    own = [*(one for one in known if one not in apart), *fit.examples(LANGUAGE)]
    others = _drawn(corpus.read(OTHER, "dev"))
    heard = _heard(own, others)
    torch.manual_seed(SEED)
    learnt = _Learnt(heard)
    _learn(learnt, heard, [_pieces(one) for one in (*own, *others)])
    if apart:
        _print(apart, learnt)
    else:
        np.savez_compressed(universal.TUNED, **learnt.encoder.added())
        print(f"{fit.written(learnt.heads(), LANGUAGE)}, from {len(own)} utterances and {len(others)} in English")


class _Learnt(nn.Module):
    """The model and the heads: for each rule one weight for each number of a vector, each pattern and each term."""

    def __init__(self, heard: Heard) -> None:
        super().__init__()
        self.rules, self.patterns = heard.rules, heard.patterns
        often = Counter(term for terms in heard.terms for term in terms)
        known = sorted(term for term, n in often.items() if n >= fit.LEAST_OFTEN)
        self.terms = {term: place for place, term in enumerate(known)}
        self.encoder = Encoder()
        self.meant = nn.Parameter(torch.zeros(universal.SIZE, len(self.rules)))
        self.marked = nn.Parameter(torch.zeros(len(self.patterns), len(self.rules)))
        self.bias = nn.Parameter(torch.full((len(self.rules),), RARE))
        self.counted = nn.EmbeddingBag(len(self.terms), len(self.rules), mode="sum")
        nn.init.zeros_(self.counted.weight)

    def forward(self, pieces: Sequence[list[int]], marked: Tensor, terms: Sequence[set[str]]) -> Tensor:
        """How far each utterance speaks for each rule, in log odds."""
        vectors = functional.dropout(self.encoder(pieces) * LOUD, UNHEARD, self.training)
        known = [sorted(self.terms[term] for term in own if term in self.terms) for own in terms]
        starts = torch.tensor(np.cumsum([0, *map(len, known[:-1])]))
        weights = torch.tensor([len(own) ** -0.5 for own in known for _ in own])
        counted = self.counted(torch.tensor([one for own in known for one in own]).long(), starts, weights)
        return vectors @ self.meant + marked @ self.marked + counted + self.bias

    def heads(self) -> Heads:
        """The heads, as the program has them."""
        parts = (self.meant * LOUD, self.marked / PATTERN, self.counted.weight)
        weights = torch.cat([part.detach() for part in parts]).numpy()
        return Heads(self.rules, self.patterns, self.terms, weights, self.bias.detach().numpy())

    def groups(self) -> list[dict[str, object]]:
        """What is learnt, with its rate and decay."""
        parts = (self.encoder.parameters(), (self.meant, self.marked, self.bias), self.counted.parameters())
        rates = zip(parts, (MODEL, HEADS, TERMS), strict=True)
        return [{"params": list(part), "lr": rate, "weight_decay": decay} for part, (rate, decay) in rates]


def _drawn(others: Sequence[Utterance]) -> list[Utterance]:
    """As many of them as help, drawn by chance, in their order."""
    places = np.random.RandomState(SEED).permutation(len(others))[:OTHERS]
    return [others[place] for place in sorted(places)]


def _heard(own: Sequence[Utterance], others: Sequence[Utterance]) -> Heard:
    """Both as they are heard; of those in the other language no words, since nobody will say them."""
    one, other = fit.listen(own, LANGUAGE, meaning=False), fit.listen(others, OTHER, meaning=False)
    weights = np.vstack([one.weights, other.weights * OTHERS_WEIGH])
    right = np.vstack([one.right, other.right])
    return replace(
        one,
        dense=np.vstack([one.dense, other.dense]) / PATTERN,
        terms=[*one.terms, *(set[str]() for _ in others)],
        right=right,
        weights=np.where(right > 0, weights * POSITIVES_WEIGH / fit.POSITIVES_WEIGH, weights),
    )


def _pieces(one: Utterance) -> list[int]:
    return universal.pieces(one.text)[:LONGEST]


def _learn(learnt: _Learnt, heard: Heard, pieces: Sequence[list[int]]) -> None:
    random = np.random.default_rng(SEED)
    optimizer = torch.optim.AdamW(learnt.groups())
    highest = [float(group["lr"]) for group in optimizer.param_groups]
    steps = EPOCHS * -(-len(pieces) // TOGETHER)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, highest, steps, pct_start=0.1, anneal_strategy="linear")
    marked, right, weights = (torch.from_numpy(one).float() for one in (heard.dense, heard.right, heard.weights))
    learnt.train()
    for rows in _batches([len(one) for one in pieces], random):
        lean = learnt([pieces[row] for row in rows], marked[rows], [heard.terms[row] for row in rows])
        apart = functional.binary_cross_entropy_with_logits(lean, right[rows], reduction="none")
        optimizer.zero_grad()
        ((apart * weights[rows]).sum() / len(rows)).backward()
        nn.utils.clip_grad_norm_(learnt.parameters(), STEEPEST)
        optimizer.step()
        rates.step()
    learnt.eval()


def _batches(lengths: Sequence[int], random: np.random.Generator) -> Iterator[list[int]]:
    """The places of what goes through together, every utterance once in each epoch."""
    for _ in range(EPOCHS):
        order = np.argsort(np.array(lengths) + random.uniform(0, ALIKE, len(lengths)))
        starts = np.arange(0, len(order), TOGETHER)
        for start in random.permutation(starts):
            yield order[start : start + TOGETHER].tolist()


def _print(apart: Sequence[Utterance], learnt: _Learnt) -> None:
    """The figures of what was not learnt from."""
    heard = fit.listen(apart, LANGUAGE, meaning=False)
    with torch.no_grad():
        lean = learnt([_pieces(one) for one in apart], torch.from_numpy(heard.dense / PATTERN).float(), heard.terms)
    speaking = grammar(LANGUAGE).speaking
    measure.table(folds.judged(apart, lean.numpy(), heard.rules, speaking.kept_from, speaking.broken_from))
    folds.limits(apart, lean.numpy(), heard.rules)
