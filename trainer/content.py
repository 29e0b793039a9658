"""YAML that people write, read with care: plain values only, and every mistake named with its line and key.

No tags, no anchors, no key twice, nothing deeper than 30 levels or larger than 1 MB; the words yes, no, on and off
are text unless written true or false.
"""

import difflib
import re
import stat
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from trainer.errors import BadContent
from trainer.words import say

LARGEST_BYTES = 1_000_000
DEEPEST = 30
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the package has it, which reads ten times as fast."""
_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")

Steps = tuple[str | int, ...]


class Content:
    """A file's plain data, and the line on which each key stands."""

    def __init__(self, path: Path) -> None:
        """Read ``path``. Raises BadContent, as "file:line: key: what is wrong; what would work"."""
        self.path = path
        self._lines: dict[Steps, int] = {}
        self.data = self._plain(self._composed(), ())

    def problem(self, steps: Steps, what: str) -> str:
        """A sentence about the key at ``steps``, with its file and line."""
        known = next((steps[:size] for size in range(len(steps), -1, -1) if steps[:size] in self._lines), ())
        key = ".".join(str(step) for step in steps) or "the whole"
        return f"{self.path.name}:{self._lines.get(known, 1)}: {key}: {what}"

    def problems(self, kind: Any) -> list[str]:
        """What keeps the data from being a record of type ``kind``."""
        try:
            TypeAdapter(kind).validate_python(self.data)
        except ValidationError as failed:
            return [self.problem(tuple(one["loc"]), one["msg"]) for one in failed.errors()]
        return [self.problem((key,), self._unknown(key, kind)) for key in self._extra(kind)]

    def record(self, kind: Any) -> Any:
        """The data as a record of type ``kind``. Raises BadContent with the first mistake."""
        if problems := self.problems(kind):
            raise BadContent(problems[0])
        return TypeAdapter(kind).validate_python(self.data)

    def _extra(self, kind: Any) -> list[str]:
        return [key for key in self.data if key not in kind.__dataclass_fields__]

    def _unknown(self, key: str, kind: Any) -> str:
        near = difflib.get_close_matches(key, kind.__dataclass_fields__, 1)
        return say("library.unknown_key", known=", ".join(near or kind.__dataclass_fields__))

    def _composed(self) -> yaml.Node:
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):  # a pipe or device may never end
                raise BadContent(say("library.not_a_file", file=self.path))
            with self.path.open("rb") as file:
                raw = file.read(LARGEST_BYTES + 1)
        except OSError as problem:
            raise BadContent(say("library.cannot_read", file=self.path, problem=problem.strerror)) from problem
        if len(raw) > LARGEST_BYTES:
            raise BadContent(self.problem((), say("library.too_large")))
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise BadContent(self.problem((), say("library.not_utf8"))) from problem
        if found := _CONTROL.search(text):
            line = text.count("\n", 0, found.start()) + 1
            raise BadContent(f"{self.path.name}:{line}: {say('library.control')}")
        try:
            self._check_depth(text)
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError as problem:
            mark = getattr(problem, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise BadContent(f"{self.path.name}:{line}: {getattr(problem, 'problem', problem)}") from problem
        if not isinstance(node, yaml.MappingNode):
            raise BadContent(self.problem((), say("library.not_a_mapping")))
        return node

    def _check_depth(self, text: str) -> None:
        """Refuse nesting and anchors from the stream of events, before anything is built from it."""
        depth = 0
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise BadContent(f"{self.path.name}:{line}: {say('library.anchor')}")
            if getattr(event, "tag", None) not in (None, "!"):
                raise BadContent(f"{self.path.name}:{line}: {say('library.tag')}")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise BadContent(f"{self.path.name}:{line}: {say('library.too_deep', most=DEEPEST)}")

    def _plain(self, node: yaml.Node, steps: Steps) -> Any:
        self._lines.setdefault(steps, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, steps)
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(child, (*steps, place)) for place, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value)
            here = (*steps, key)
            self._lines[here] = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key == "<<":
                raise BadContent(self.problem(here, say("library.plain_key")))
            if key in made:
                raise BadContent(self.problem(here, say("library.twice")))
            made[key] = self._plain(child, here)
        return made


def _scalar(node: Any) -> Any:
    """Text, unless it is a plain decimal number, true, false or nothing."""
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return text
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return {"true": True, "false": False, "null": None, "": None}.get(text, text)
