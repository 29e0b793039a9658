"""What is kept of a person: what they have chosen, and their sound checks.

ROOT/people/SLUG/person.json            {"name": …, "without_rate": …, "waiting": …, "agreed_at": …}
                 baseline-WHEN.json     a sound check: its measures, device and moment; older ones stay beside it
                 baseline-WHEN-….flac   the sound that it was taken from, by part
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

from trainer import attempt, documents, sound
from trainer.errors import BadInput
from trainer.records import Baseline, Clip
from trainer.store import folders
from trainer.words import say

PERSON = "person.json"
LEAST_WAITING, MOST_WAITING = 0.5, 3.0
"""Half of what is shipped cuts off every second turn; three times it is 6 s after words that look unfinished. Ours."""


@dataclass(frozen=True)
class Person:
    """Who they are, whether they have switched the tempo off for good, how patient the customer is with them (a factor
    on all waiting for the end of an answer), and when they agreed to being recorded.

    ``agreed_at`` is asked for by the web page, where others may have set the program up; empty: not asked, or not yet.
    """

    name: str
    without_rate: bool = False
    waiting: float = 1.0
    agreed_at: str = ""


class People:
    """The people in a store."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def folder(self, person: str) -> Path:
        """Where a person's things lie, whether there are any or not."""
        return self._root / "people" / slug(person)

    def person(self, person: str) -> Person:
        """What is known of a person; of one who was never seen, only the name."""
        path = self.folder(person) / PERSON
        return documents.read(Person, _json(path), str(path)) if path.is_file() else Person(name(person))

    def prefer(self, person: str, without_rate: bool) -> None:
        """Keep whether the tempo of a person is judged."""
        self._write(replace(self.person(person), without_rate=without_rate))

    def wait(self, person: str, waiting: float) -> None:
        """Keep how patient the customer is with a person. Raises BadInput below half or above three times the usual."""
        if not LEAST_WAITING <= waiting <= MOST_WAITING:
            raise BadInput(say("soundcheck.waiting_range", least=LEAST_WAITING, most=MOST_WAITING, found=waiting))
        self._write(replace(self.person(person), waiting=waiting))

    def agree(self, person: str, at: str) -> None:
        """Keep that a person agreed, at that moment, to being recorded."""
        self._write(replace(self.person(person), agreed_at=at))

    def keep(self, baseline: Baseline, clips: Mapping[str, Clip]) -> None:
        """Keep a sound check with the sound it was taken from, by the names of its parts, beside the older ones."""
        folder = self._write(self.person(baseline.person))
        stem = _unused(folder, "baseline-" + re.sub(r"[^0-9T]", "-", baseline.taken_at[:19]))
        for part, clip in clips.items():
            sound.write_flac(folder / f"{stem}-{part}.flac", clip)
        attempt.write_text(folder / f"{stem}.json", documents.text(documents.versioned(baseline)))

    def baselines(self, person: str) -> tuple[Baseline, ...]:
        """A person's sound checks, the newest first. Raises BadInput for a damaged one."""
        paths = sorted(self.folder(person).glob("baseline-*.json"), key=lambda path: path.stem, reverse=True)
        return tuple(sorted((_read(path) for path in paths), key=_moment, reverse=True))

    def baseline(self, person: str, device: str) -> Baseline | None:
        """The newest sound check on ``device``; where there is none, the newest on another; None without any."""
        kept = self.baselines(person)
        return next((one for one in kept if one.device == device), kept[0] if kept else None)

    def _write(self, person: Person) -> Path:
        folder = folders.made(self._root, self.folder(person.name), exist_ok=True)
        attempt.write_text(folder / PERSON, documents.text(documents.plain(person)))
        return folder


def name(person: str) -> str:
    """A name as it is compared: however its accents were typed, they are one character each."""
    return unicodedata.normalize("NFC", person).strip()


def slug(person: str) -> str:
    """A folder name for a person that no name can abuse: letters that are safe everywhere, and a hash."""
    whole = name(person)
    safe = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode().lower())
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{safe.strip('-')[:24] or 'person'}-{digest[:8]}"


def _unused(folder: Path, stem: str) -> str:
    """``stem``, or with a number behind it where a sound check of the same second is kept."""
    stems = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(one for one in stems if not (folder / f"{one}.json").exists())


def _moment(baseline: Baseline) -> datetime:
    return datetime.fromisoformat(baseline.taken_at)


def _read(path: Path) -> Baseline:
    found = documents.read(Baseline, _json(path), str(path))
    try:
        dated = _moment(found).tzinfo is not None
    except ValueError:
        dated = False
    if not dated:
        raise BadInput(say("store.damaged", file=path))
    return found


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise BadInput(say("store.damaged", file=path)) from problem
