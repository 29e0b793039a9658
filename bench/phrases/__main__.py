"""python -m bench.phrases [fit | dev | test] [en | pl], or calls [dev | test] [en]

``fit`` fits the heads on the development set. ``dev`` and ``test`` print each rule's precision, recall and F1; the test
split is run once a release, and its runs are logged in docs/guides.md. ``calls`` prints how often the status over a
whole call is the labelled one.
"""

import sys

from bench.phrases import calls, corpus, fit, measure


def main(part: str = "dev", language: str = "en") -> None:
    """Run one part."""
    if part == "fit":
        print(fit.run(language))
        return
    known = corpus.read(language, part)
    made = measure.figures(known, measure.ours(language)(known))
    print(f"{len(known)} utterances ({language}, {part})")
    for rule, one in made.items():
        low, high = measure.interval(one.right, one.right + one.wrong)
        counts = f"{one.right:3} right {one.wrong:3} wrong {one.missed:3} missed"
        print(
            f"  {rule:<28} P {one.precision:.2f} ({low:.2f}-{high:.2f})  R {one.recall:.2f}  F1 {one.f1:.2f}  {counts}"
        )
    print(f"macro-F1 {measure.macro(made):.3f}; all rules to avoid together: P {measure.avoided(made).precision:.3f}")
    others = {"keywords alone": measure.keywords}
    if language == "en":
        others["nearest prototype alone"] = measure.nearest
    for name, baseline in others.items():
        plain = measure.figures(known, baseline(language)(known))
        print(f"{name}: macro-F1 {measure.macro(plain):.3f}, P to avoid {measure.avoided(plain).precision:.3f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["calls"]:
        print(calls.report(*(sys.argv[2:] or ["dev"])))
    else:
        main(*sys.argv[1:])
