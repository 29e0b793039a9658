"""Every sentence that a person reads, by id and language.

The catalogue is trainer/texts/LANGUAGE/AREA.yaml; the id of a sentence is "area.name", for example
"call.listening". A reason or warning in a document is an id without its area: its sentence stands in the area
"reasons". Values are filled in with ``str.format`` names.
"""

from functools import cache

import yaml

from trainer import shipped

DEFAULT_LANGUAGE = "en"


@cache
def _area(language: str, area: str) -> dict[str, str]:
    path = shipped.folder("texts") / language / f"{area}.yaml"
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {str(name): str(sentence) for name, sentence in loaded.items()}


def say(sentence: str, /, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The sentence with id "area.name", its {names} filled in from ``values``."""
    area, name = sentence.split(".", 1)
    return _area(language, area)[name].format(**values)


def area(name: str, language: str = DEFAULT_LANGUAGE) -> dict[str, str]:
    """Every sentence of an area, by its name in it, for programs that fill in themselves: scripts in a page."""
    return dict(_area(language, name))


def reason(name: str, language: str = DEFAULT_LANGUAGE) -> str:
    """The sentence behind a ``reason`` or a warning of a document."""
    return say(f"reasons.{name}", language)
