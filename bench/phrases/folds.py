"""What the heads are worth to others, by cross-validation: no author is judged by heads that saw them.

Only parts count that no pattern was written from, nor the model of meaning taught with.
"""

from collections.abc import Sequence

import numpy as np

from bench.phrases import fit, measure
from bench.phrases.corpus import Utterance
from bench.phrases.measure import Figure
from trainer import library
from trainer.coaching.phrases import grammar

LIMITS = (0.0, 0.4, 0.8, 1.2, 1.6, 2.0, 2.4, 2.8)


def run(language: str = "en") -> None:
    """Print the figures of what was left out, and what other limits would give."""
    known = fit.learnt_from(language)
    heard = fit.listen([*known, *fit.examples(language)], language)
    lean = fit.out_of_fold(heard, known)
    unseen = [place for place, one in enumerate(known) if one.part in fit.UNSEEN[language]]
    speaking = grammar(language).speaking
    said, left = [known[place] for place in unseen], lean[unseen]
    measure.table(judged(said, left, heard.rules, speaking.kept_from, speaking.broken_from))
    limits(said, left, heard.rules)


def limits(known: Sequence[Utterance], lean: fit.Numbers, rules: Sequence[str]) -> None:
    """Print what other limits would give."""
    for limit in LIMITS:
        made = judged(known, lean, rules, limit - 1.2, limit)
        avoided = measure.avoided(made)
        print(
            f"kept from {limit - 1.2:4.1f}: macro-F1 {measure.macro(made, breaks=False):.3f};"
            f"   broken from {limit:.1f}: {measure.macro(made, breaks=True):.3f},"
            f" P {avoided.precision:.3f} R {avoided.recall:.3f}"
        )


def judged(
    known: Sequence[Utterance], lean: fit.Numbers, rules: Sequence[str], kept_from: float, broken_from: float
) -> dict[str, Figure]:
    """The figures of these leanings at these limits, of the rules that have a head."""
    limits = np.array([broken_from if library.rules()[rule].breaks else kept_from for rule in rules])
    found = [{rule for rule, yes in zip(rules, row, strict=True) if yes} for row in lean >= limits]
    return {rule: one for rule, one in measure.figures(known, found).items() if rule in rules}
