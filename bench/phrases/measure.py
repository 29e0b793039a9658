"""How well each rule is found: precision, recall and F1 with intervals, beside two plain baselines.

Intervals are Wilson's (J. Am. Stat. Assoc. 22:209, 1927) at 95 %. Keywords alone: the words of which two in five stand
in a rule's positives, any of them. Nearest prototype alone: the labels of the development utterance nearest in meaning.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.phrases import corpus
from bench.phrases.corpus import Utterance
from bench.phrases.fit import NAMES
from trainer import library, meaning
from trainer.coaching.utterance import judged

LEAST_OFTEN, SHARE = 3, 0.4
Z = 1.96
Found = Callable[[Sequence[Utterance]], list[set[str]]]


@dataclass(frozen=True)
class Figure:
    """How often a rule was found rightly, wrongly, and not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def figures(known: Sequence[Utterance], found: list[set[str]]) -> dict[str, Figure]:
    """A figure for each rule, without the utterances on which it is not agreed."""
    made = {}
    for rule in corpus.CODES.values():
        both = zip(known, found, strict=True)
        pairs = [(rule in one.rules, rule in said) for one, said in both if rule not in one.unclear]
        made[rule] = Figure(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))
    return made


def macro(made: dict[str, Figure], breaks: bool | None = None) -> float:
    """The mean F1 of the rules, or of those to use or to avoid only."""
    known = library.rules()
    return float(np.mean([one.f1 for rule, one in made.items() if breaks in (None, known[rule].breaks)]))


def table(made: dict[str, Figure]) -> None:
    """Print the figures, with the interval of each precision, and what they come to."""
    for rule, one in made.items():
        low, high = interval(one.right, one.right + one.wrong)
        counts = f"{one.right:3} right {one.wrong:3} wrong {one.missed:3} missed"
        print(
            f"  {rule:<28} P {one.precision:.2f} ({low:.2f}-{high:.2f})  R {one.recall:.2f}  F1 {one.f1:.2f}  {counts}"
        )
    both = avoided(made)
    low, high = interval(both.right, both.right + both.wrong)
    print(f"macro-F1 {macro(made):.3f} (to use {macro(made, False):.3f}, to avoid {macro(made, True):.3f});", end=" ")
    print(f"all rules to avoid together: P {both.precision:.3f} ({low:.3f}-{high:.3f}) R {both.recall:.3f}")


def avoided(made: dict[str, Figure]) -> Figure:
    """All rules to avoid, pooled."""
    to_avoid = [made[name] for name, rule in library.rules().items() if name in made and rule.breaks]
    return Figure(*(sum(getattr(one, key) for one in to_avoid) for key in ("right", "wrong", "missed")))


def interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    share = hits / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * (share * (1 - share) / of + Z * Z / (4 * of * of)) ** 0.5 / (1 + Z * Z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def ours(language: str) -> Found:
    """The program's own judgement."""
    rules = [rule for rule in library.rules().values() if rule.id in corpus.CODES.values()]

    def found(said: Sequence[Utterance]) -> list[set[str]]:
        all_of = [judged(one.text, rules, NAMES[language], language) for one in said]
        return [{phrase.rule for phrase in (*one.kept, *one.broken)} for one in all_of]

    return found


def keywords(language: str) -> Found:
    """The first baseline."""
    known = corpus.read(language, "dev")
    everywhere = Counter(word for one in known for word in set(one.text.split()))
    telling = {}
    for rule in corpus.CODES.values():
        inside = Counter(word for one in known if rule in one.rules for word in set(one.text.split()))
        telling[rule] = {word for word, n in inside.items() if n >= LEAST_OFTEN and n >= SHARE * everywhere[word]}
    return lambda said: [{rule for rule, words in telling.items() if words & set(one.text.split())} for one in said]


def nearest(language: str) -> Found:
    """The second baseline."""
    known = corpus.read(language, "dev")
    there = meaning.vectors([one.text for one in known])

    def found(said: Sequence[Utterance]) -> list[set[str]]:
        best = (meaning.vectors([one.text for one in said]) @ there.T).argmax(axis=1)
        return [set(known[place].rules) for place in best]

    return found
