"""Where the content lies: voices/, scenarios/, guides/ and texts/, in a wheel, an editable install or a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(kind: str) -> Path:
    """The folder of shipped content of one kind: "voices", "scenarios", "guides" or "texts"."""
    if (inside := _PACKAGE / kind).is_dir():
        return inside
    if (wheel := _PACKAGE / "_content" / kind).is_dir():
        return wheel
    return _PACKAGE.parent / kind
