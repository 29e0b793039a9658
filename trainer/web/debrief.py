"""The two questions after a call, answered by the trainee for themselves, and kept beside its report."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from trainer import attempt, documents

FILE = "debrief.json"
Text = Annotated[str, Field(max_length=2000)]


@dataclass(frozen=True)
class Debrief:
    """What went well, and what they would do differently, in their own words."""

    well: Text = ""
    differently: Text = ""


def read(folder: Path) -> Debrief:
    """What was answered; nothing where nothing was. Raises BadInput for a damaged file."""
    path = folder / FILE
    return (
        documents.read(Debrief, json.loads(path.read_text(encoding="utf-8")), str(path)) if path.exists() else Debrief()
    )


def keep(folder: Path, well: str, differently: str) -> None:
    """Keep the answers, in place of earlier ones. Raises BadInput for more than 2000 characters."""
    found = documents.read(Debrief, {"well": well, "differently": differently}, "debrief")
    attempt.write_text(folder / FILE, documents.text(documents.versioned(found)))
