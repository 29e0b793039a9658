"""Every sentence that a person reads, by id and language.

The catalogue is trainer/texts/LANGUAGE/AREA.yaml; the id of a sentence is "area.name", for example
"call.listening". A reason or warning in a document is an id without its area: its sentence stands in the area
"reasons". Values are filled in with ``str.format`` names.

Which language is read is a matter of who reads: ``reading`` sets it for a page, and all that is said for it; elsewhere
it is English. An area that a language does not have (those of the command line) is said in English.
"""

import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import yaml

from trainer import shipped

DEFAULT_LANGUAGE = "en"
_read: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def languages() -> tuple[str, ...]:
    """The languages of the catalogue, the default first."""
    found = sorted(path.name for path in shipped.folder("texts").iterdir() if path.is_dir())
    return (DEFAULT_LANGUAGE, *(one for one in found if one != DEFAULT_LANGUAGE))


def language() -> str:
    """The language that is read here and now."""
    return _read.get()


@contextmanager
def reading(language: str) -> Iterator[None]:
    """Say everything in ``language`` within; one that the catalogue does not have is the default."""
    token = _read.set(language if language in languages() else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _read.reset(token)


def say(sentence: str, /, language: str = "", **values: object) -> str:
    """The sentence with id "area.name", its {names} filled in from ``values``; in ``language``, or the one read."""
    area, name = sentence.split(".", 1)
    read = language or _read.get()
    return _Filled(decimal_mark(read)).format(_area(read, area)[name], **values)


def number(value: float, form: str) -> str:
    """A number in a format such as ".1f", with the decimal mark of the language that is read."""
    return format(value, form).replace(".", decimal_mark(_read.get()))


def decimal_mark(language: str) -> str:
    """What stands before the decimals."""
    return _area(language, "numbers")["decimal_mark"]


def area(name: str, language: str = "") -> dict[str, str]:
    """Every sentence of an area, by its name in it, for programs that fill in themselves: scripts in a page."""
    return dict(_area(language or _read.get(), name))


def reason(name: str, language: str = "") -> str:
    """The sentence behind a ``reason`` or a warning of a document."""
    return say(f"reasons.{name}", language)


class _Filled(string.Formatter):
    """``str.format`` with another decimal mark in its numbers."""

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def format_field(self, value: Any, form: str) -> str:
        text = str(super().format_field(value, form))
        return text.replace(".", self._mark) if isinstance(value, float) else text


@cache
def _area(language: str, area: str) -> dict[str, str]:
    path = shipped.folder("texts") / language / f"{area}.yaml"
    if not path.is_file() and language != DEFAULT_LANGUAGE:
        return _area(DEFAULT_LANGUAGE, area)
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(name): str(sentence) for name, sentence in loaded.items()}
