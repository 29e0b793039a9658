"""python -m bench.phrases [fit | folds | dev | test] [en | pl], or calls [dev | test] [en]

``fit`` fits the heads on the development set, ``folds`` says what they are worth to others, by cross-validation.
``dev`` and ``test`` print each rule's precision, recall and F1; the test split is run once a release, and its runs are
logged in docs/guides.md. ``calls`` prints how often the status over a whole call is that of careful people.
"""

import sys

from bench.phrases import calls, corpus, fit, folds, measure


def main(part: str = "dev", language: str = "en") -> None:
    """Run one part."""
    if part == "fit":
        print(fit.run(language))
    elif part == "folds":
        folds.run(language)
    else:
        _split(part, language)


def _split(part: str, language: str) -> None:
    known = corpus.read(language, part)
    print(f"{len(known)} utterances ({language}, {part})")
    measure.table(measure.figures(known, measure.ours(language)(known)))
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
