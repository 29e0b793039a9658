"""Folders of the store: made where they can be, and removed whole."""

import json
import shutil
from pathlib import Path

from trainer import attempt
from trainer.errors import BadInput
from trainer.words import say

DATA = "data.json"


def made(root: Path, folder: Path, exist_ok: bool = False) -> Path:
    """The folder, below a root that says what format it has. Raises BadInput where it cannot be written."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        if not (root / DATA).exists():
            attempt.write_text(root / DATA, json.dumps({"format": attempt.FORMAT}) + "\n")
        folder.mkdir(parents=True, exist_ok=exist_ok)
    except OSError as problem:
        raise BadInput(say("store.cannot_write", folder=root, problem=problem.strerror)) from problem
    return folder


def remove(folder: Path) -> None:
    """Every byte of a folder; of a link only the link."""
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)
