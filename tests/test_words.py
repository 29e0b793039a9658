"""The catalogue of sentences: whoever reads the pages in another language misses nothing, and nothing is left open."""

import re
import string
from pathlib import Path

import pytest
import yaml

from trainer import library, shipped, words

TRAINER = Path(shipped.__file__).parent
TEXTS = shipped.folder("texts")
OTHERS = [one for one in words.languages() if one != words.DEFAULT_LANGUAGE]
OF_THE_PAGES = {
    "again",
    "assignments",
    "sharing",
    "comments",
    "courses",
    "rounds",
    "outcome",
    "compare",
    "https",
    "watch",
    "progress",
    "warmup",
    "web",
    "report",
    "verdicts",
    "reasons",
    "soundcheck",
    "store",
}


def sentences(path: Path) -> dict[str, str]:
    return {str(name): str(text) for name, text in yaml.safe_load(path.read_text(encoding="utf-8")).items()}


def places(text: str) -> set[str]:
    """The {names} in a sentence, with how each is written."""
    return {f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(text) if name}


def test_the_pages_are_read_in_english_and_polish() -> None:
    assert words.languages() == ("en", "pl")


@pytest.mark.parametrize("language", OTHERS)
def test_every_page_is_there_in_every_language(language: str) -> None:
    assert OF_THE_PAGES - {path.stem for path in (TEXTS / language).glob("*.yaml")} == set()


@pytest.mark.parametrize("path", [path for one in OTHERS for path in (TEXTS / one).glob("*.yaml")], ids=str)
def test_a_translation_has_the_same_sentences_with_the_same_places_to_fill_in(path: Path) -> None:
    found = sentences(path)
    if path.stem == "advice":
        known = {f"{rule}/{kind}": text for rule, kinds in advice().items() for kind, text in kinds.items()}
        assert set(found) == set(known)
        # Polish declines its nouns, so that what a call is about fits into few sentences
        assert [name for name in found if not places(found[name]) <= places(known[name])] == []
        return
    known = sentences(TEXTS / words.DEFAULT_LANGUAGE / path.name)
    assert set(found) == set(known)
    assert [name for name in found if places(found[name]) != places(known[name])] == []
    assert [name for name in found if bool(found[name]) != bool(known[name])] == []


def advice() -> dict[str, dict[str, str]]:
    """What the shipped rules advise, by rule and kind."""
    return {
        rule.id: {
            kind: text
            for kind, text in {
                "kept": rule.advice_kept,
                "broken": rule.advice_broken,
                "sooner": rule.advice_sooner,
                **rule.advice_beyond,
            }.items()
            if text
        }
        for rule in library.rules().values()
    }


def test_what_is_said_within_is_said_in_the_language_that_is_read() -> None:
    assert words.say("web.pick_up") == "Pick up"
    with words.reading("pl"):
        assert words.say("web.pick_up") == "Odbierz"
        assert words.reason("no_pitch").startswith("nie ma")
        assert words.say("cli.loading_models") == words.say("cli.loading_models", "en")
    assert words.say("web.pick_up") == "Pick up"
    with words.reading("tlh"):
        assert words.say("web.pick_up") == "Pick up"


def test_numbers_have_the_decimal_mark_of_the_language() -> None:
    assert words.say("report.latency", seconds=1.25) == "half of your answers began within 1.2 s"
    with words.reading("pl"):
        assert "1,2 s" in words.say("report.latency", seconds=1.25)
        assert words.say("report.turn", number=3) == "Wymiana 3" and words.number(-2.5, "+.1f") == "-2,5"


def test_no_page_and_no_program_asks_for_a_sentence_that_there_is_not() -> None:
    known = {f"{path.stem}.{name}" for path in (TEXTS / "en").glob("*.yaml") for name in sentences(path)}
    for path in [one for kind in ("*.py", "*.html") for one in TRAINER.rglob(kind)]:
        asked = re.findall(r"\bsay\(\s*[\"']([a-z]+\.[\w-]+)[\"']\s*[,)]", path.read_text(encoding="utf-8"))
        assert set(asked) - known == set(), path.name


def test_no_script_asks_for_a_sentence_that_its_page_does_not_have() -> None:
    areas = {"again.js": ("web", "again"), "spoken.js": ("web", "comments"), "watch.js": ("web", "watch")}
    for page in ("replay", "compare"):
        areas |= {path.name: ("web", page) for path in (TRAINER / "web" / "static").glob(f"{page}*.js")}
    for path in (TRAINER / "web" / "static").glob("*.js"):
        known = {name for area in areas.get(path.name, ("web",)) for name in words.area(area)}
        asked = re.findall(r"(?<![.\w])(?:say|this.#[a-z]+)\(\"(\w+)\"", path.read_text(encoding="utf-8"))
        assert {f"js_{name}" for name in asked} - known == set(), path.name
