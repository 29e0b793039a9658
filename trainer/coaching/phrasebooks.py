"""What is wrong with a phrasebook or a file of rules that a coach wrote, with file, line and key."""

import re
from collections.abc import Iterator
from pathlib import Path

from trainer import library
from trainer.coaching.patterns import Grammar
from trainer.content import Content
from trainer.errors import BadContent
from trainer.records import Phrasebook, Speaking
from trainer.words import say

Steps = tuple[str | int, ...]
_LETTER = re.compile(r"\w")


def mistakes(path: Path) -> list[str]:
    """Everything that is wrong with a file of guides, a phrasebook, or a language; nothing where it is right."""
    try:
        content = Content(path)
        if not isinstance(content.data.get("language"), str):
            return library.check("guides", path)
        kind = Phrasebook if "rules" in content.data else Speaking
        problems = content.problems(kind)
        if not problems and kind is Phrasebook:
            problems = [content.problem(steps, what) for steps, what in _book(content.record(Phrasebook))]
        return problems
    except BadContent as problem:
        return [str(problem)]


def _book(book: Phrasebook) -> Iterator[tuple[Steps, str]]:
    speaking = library.speaking(book.language)
    if speaking is None:
        yield ("language",), say("library.no_speaking", code=book.language, known=", ".join(library.languages()))
        return
    grammar = Grammar(speaking)
    for rule, wording in book.rules.items():
        if rule not in library.rules():
            yield ("rules", rule), say("library.unknown_rule", rule=rule, known=", ".join(library.rules()))
        for key, patterns in (("phrases", wording.phrases), ("plain", wording.plain), ("unless", wording.unless)):
            for place, pattern in enumerate(patterns):
                for what in _pattern(grammar, pattern, patterns[:place]):
                    yield ("rules", rule, key, place), what


def _pattern(grammar: Grammar, pattern: str, before: tuple[str, ...]) -> Iterator[str]:
    try:
        grammar.pattern(pattern.replace("{name}", "name"))
    except BadContent as problem:
        yield say("library.wrong_pattern", pattern=pattern, problem=str(problem).rpartition(": ")[2])
    if not _LETTER.search(pattern.replace("_", "")):
        yield say("library.boundless_pattern", pattern=pattern)
    if pattern in before:
        yield say("library.pattern_twice", pattern=pattern)
