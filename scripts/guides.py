"""Write docs/guides.md from the guide files: `python -m scripts.guides`."""

from collections.abc import Iterator
from pathlib import Path

from trainer import library
from trainer.records import Rule
from trainer.words import say

FILE = Path(__file__).parent.parent / "docs" / "guides.md"
LANGUAGES = {"en": "English", "pl": "Polish"}
HEAD = Path(__file__).parent / "guides_head.md"


def page() -> str:
    """The whole page."""
    said = [rule for rule in library.rules().values() if rule.kind == "said"]
    parts = [HEAD.read_text(encoding="utf-8").rstrip()]
    for title, breaks in (("Words to use", False), ("Words to avoid", True)):
        parts += [f"## {title}", *("\n".join(_rule(rule)) for rule in said if rule.breaks is breaks)]
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {say(f'report.rule_{rule.id}')} (`{rule.id}`)\n"
    yield f"{rule.says} Guides: {', '.join(rule.guides)}.\n"
    found, other = ("breaks it", "does not break it") if rule.breaks else ("keeps it", "does not keep it")
    for language, name in LANGUAGES.items():
        wording = library.wordings(language)[rule.id]
        yield f"- {name}, {found}: {_quoted(wording.like)}"
        if wording.unlike:
            yield f"- {name}, {other}: {_quoted(wording.unlike)}"
    yield f"- Advice: {rule.advice_broken}"


def _quoted(sentences: tuple[str, ...]) -> str:
    return " · ".join(f"“{sentence}”" for sentence in sentences)


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
