"""Records to JSON and back, one way for all of them, and the JSON Schema of every document.

Canonical: keys sorted, numbers rounded to their printed step (the unit types of ``records.py`` know it), no NaN;
so the same record gives the same bytes everywhere. Reading validates: a wrong type is a ``BadInput``.
"""

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from trainer.errors import BadInput

VERSION = 1
T = TypeVar("T")


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def plain(record: object) -> Any:
    """The record as dicts, lists and numbers, rounded to their printed step."""
    return _adapter(type(record)).dump_python(record, mode="json")


def versioned(record: object) -> dict[str, Any]:
    """The record as a document: its fields beside ``version``."""
    return {"version": VERSION, **plain(record)}


def text(document: object) -> str:
    """Canonical JSON of plain data, with a final newline."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def read(kind: type[T], document: Any, source: str) -> T:
    """The record of type ``kind`` in plain data; ``source`` is named in the error when it does not fit."""
    if isinstance(document, dict):
        document = {key: value for key, value in document.items() if key != "version"}
    try:
        record: T = _adapter(kind).validate_python(document)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole"
        raise BadInput(f"{source}: {where}: {first['msg']}") from problem
    return record


def schema(kind: Any) -> dict[str, Any]:
    """JSON Schema of what ``versioned`` gives for a record of type ``kind``."""
    made: dict[str, Any] = _adapter(kind).json_schema(mode="serialization")
    made["properties"]["version"] = {"const": VERSION}
    made["required"] = sorted({*made.get("required", []), "version"})
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return made
