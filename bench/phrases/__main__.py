"""python -m bench.phrases dev|test [en|pl], adapt, fit, folds, tune [PART], calls [dev|test], spoken [dev|test], speed

``adapt`` teaches the English model of meaning the rules; ``fit`` fits the English heads on the development set, and
``folds`` says what they are worth to others. ``tune`` fits the Polish ones, with their model of meaning; with a PART of
the corpus left out, it says how well what is there is found.
``dev`` and ``test`` print each rule's precision, recall and F1; the test split is run once a release, and its runs are
logged in docs/guides.md. ``calls`` prints how often the status over a whole call is that of careful
people, ``spoken`` what is left after a synthesised voice, the telephone and our recogniser, ``speed`` seconds and MB.
"""

import sys

from bench.phrases import aloud, calls, corpus, fit, folds, measure, speed


def main(part: str = "dev", language: str = "en") -> None:
    """Run one part."""
    if part == "fit":
        print(fit.run())
    elif part == "folds":
        folds.run()
    else:
        _split(part, language)


def _split(part: str, language: str) -> None:
    known = corpus.read(language, part)
    print(f"{len(known)} utterances ({language}, {part})")
    apart, named = sum(len(one.unclear) for one in known), sum(len(one.rules) for one in known)
    low, high = measure.interval(apart, apart + named)
    print(f"labels that two people do not agree on: {apart} of {apart + named}, {low:.3f}-{high:.3f}")
    measure.table(measure.figures(known, measure.ours(language)(known)))
    others = {"keywords alone": measure.keywords}
    if language == "en":
        others["nearest prototype alone"] = measure.nearest
    for name, baseline in others.items():
        plain = measure.figures(known, baseline(language)(known))
        both = measure.avoided(plain)
        low, high = measure.interval(both.right, both.right + both.wrong)
        print(f"{name}: macro-F1 {measure.macro(plain):.3f}, P to avoid {both.precision:.3f} ({low:.3f}-{high:.3f})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["calls"]:
        print(calls.report(*(sys.argv[2:] or ["dev"])))
    elif sys.argv[1:2] == ["spoken"]:
        aloud.run(*sys.argv[2:])
    elif sys.argv[1:2] == ["adapt"]:
        from bench.phrases import adapt  # needs torch

        print(adapt.run())
    elif sys.argv[1:2] == ["speed"]:
        speed.run(*sys.argv[2:])
    elif sys.argv[1:2] == ["tune"]:
        from bench.phrases import tune  # it needs torch

        tune.run(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
