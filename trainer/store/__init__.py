"""What is kept on this machine: attempts, and people's baselines, in one folder of the user's own.

ROOT/data.json               {"format": 1}
ROOT/attempts/ID/            see ``trainer.attempt``
ROOT/people/SLUG/            see ``trainer.store.people``
ROOT/soundchecks/ID/         sound checks while they run
ROOT/trainer.db              what people do with it, see ``trainer.store.database``
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from trainer import attempt, corrections, documents, locking, sound
from trainer.errors import BadInput, BadSound, NotFound
from trainer.records import Report
from trainer.store import folders, people
from trainer.words import say

LATEST = "latest"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Summary:
    """An attempt in a list: finished ones have a report, recovered ones only their sound and events."""

    attempt: str
    scenario: str
    trainee: str
    started_at: str
    state: str
    turns: int


def root(option: Path | None) -> Path:
    """The folder for everything that is kept: as the user says, or the system's place for user data."""
    if option is not None:
        return option
    import platformdirs

    return Path(platformdirs.user_data_dir("voice-roleplay-trainer", appauthor=False))


class Attempts:
    """Attempts and people in one folder. Raises BadInput where a later version wrote it, or it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.people = people.People(folder)
        self._check()

    def new(self, scenario: str, trainee: str) -> Path:
        """The folder for a new attempt; its id is its name."""
        moment = datetime.now().strftime("%Y-%m-%dT%H-%M-%S")
        tail = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in os.urandom(4))
        return folders.made(self.root, self.root / "attempts" / f"{moment}-{scenario}-{tail}")

    @contextmanager
    def sound_check(self, person: str) -> Iterator[Path]:
        """A folder for a sound check that runs; it goes when the baseline has been kept, and stays when it failed."""
        folder = folders.made(self.root, self.root / "soundchecks" / f"{people.slug(person)}-{os.urandom(4).hex()}")
        yield folder
        folders.remove(folder)

    def finish(self, folder: Path, report: Report) -> None:
        """Keep the report, and the sound as FLAC; the raw sound goes only when the FLAC holds every sample."""
        attempt.write_text(folder / attempt.REPORT, documents.text(documents.versioned(report)))
        _compress(folder)

    def load(self, name: str) -> Report:
        """The report of an attempt, with its corrections. Raises NotFound, or BadInput for one that was cut off."""
        folder = self.folder(name)
        path = folder / attempt.REPORT
        if not path.exists():
            raise BadInput(say("store.no_report", folder=folder))
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as problem:
            raise BadInput(f"{path}: damaged ({problem})") from problem
        report = documents.read(Report, {**found, "folder": str(folder)}, str(path))
        return replace(report, corrections=corrections.read(folder))

    def folder(self, name: str) -> Path:
        """The folder of an attempt by its id, the beginning of it, or "latest"."""
        known = self.ids()
        found = known[:1] if name == LATEST else [one for one in known if one == name]
        found = found or [one for one in known if name and one.startswith(name)]
        if not found:
            listed = ", ".join(known[:8]) or say("store.none_kept")
            raise NotFound(say("store.unknown_attempt", name=name, known=listed))
        if len(found) > 1:
            raise NotFound(say("store.ambiguous", name=name, known=", ".join(found)))
        folder = self.root / "attempts" / found[0]
        attempt.read_header(folder)
        return folder

    def listing(self) -> list[Summary]:
        """Every attempt, the newest first."""
        return [self.summary(name) for name in self.ids()]

    def recover(self) -> list[str]:
        """Close what a killed program left open; a sentence for each. What is being recorded now is left alone."""
        left = [self.root / "attempts" / name for name in self.ids()]
        left = [folder for folder in left if (folder / attempt.CAPTURE_PCM).exists()]
        return [found for folder in left if (found := _recover(folder))]

    def forget(self, name: str) -> str:
        """Remove every byte of an attempt; its id."""
        folder = self.folder(name)
        held = locking.hold(folder / attempt.LOCK)
        if held is None:
            raise BadInput(say("store.in_use", folder=folder))
        held.close()
        folders.remove(folder)
        _forgetting().attempt(self.root, folder.name)
        return folder.name

    def forget_person(self, person: str) -> list[str]:
        """Remove a person's attempts and baselines, every byte; what was removed."""
        wanted = people.name(person)
        theirs = [one.attempt for one in self.listing() if one.trainee and people.name(one.trainee) == wanted]
        removed = [self.forget(one) for one in theirs]
        folder = self.people.folder(person)
        if folder.is_dir():
            folders.remove(folder)
            removed.append(wanted)
        for left in (self.root / "soundchecks").glob(f"{people.slug(person)}-*"):
            folders.remove(left)
            removed.append(left.name)
        if _forgetting().person(self.root, person) and wanted not in removed:
            removed.append(wanted)
        if not removed:
            raise NotFound(say("store.no_person", name=person))
        return removed

    def ids(self) -> list[str]:
        """The attempts by their ids, the newest first."""
        folder = self.root / "attempts"
        if not folder.is_dir():
            return []
        return sorted((one.name for one in folder.iterdir() if (one / attempt.HEADER).is_file()), reverse=True)

    def summary(self, name: str) -> Summary:
        """What the list shows of an attempt, by its whole id."""
        folder = self.root / "attempts" / name
        header = json.loads((folder / attempt.HEADER).read_text(encoding="utf-8"))
        scenario, trainee = str(header.get("scenario", "")), str(header.get("trainee", ""))
        state, turns = "recording", 0
        if (folder / attempt.REPORT).exists():
            report = json.loads((folder / attempt.REPORT).read_text(encoding="utf-8"))
            state, turns = str(report.get("ended", "over")), len(report.get("turns", []))
        elif (folder / attempt.CAPTURE).exists():
            state = "recovered"
        return Summary(folder.name, scenario, trainee, str(header.get("started_at", "")), state, turns)

    def _check(self) -> None:
        path = self.root / folders.DATA
        if path.exists():
            written = int(json.loads(path.read_text(encoding="utf-8")).get("format", 0))
            if written > attempt.FORMAT:
                raise BadInput(say("store.later_data", folder=self.root, written=written, known=attempt.FORMAT))


def _forgetting() -> Any:
    """The database is loaded when something is forgotten in it: most commands never need it."""
    from trainer.store import forgetting

    return forgetting


def _recover(folder: Path) -> str | None:
    held = locking.hold(folder / attempt.LOCK)
    if held is None:
        return None
    try:
        seconds, events = attempt.mend(folder)
        _compress(folder)
    finally:
        held.close()
    (folder / attempt.LOCK).unlink(missing_ok=True)
    return say("store.recovered", attempt=folder.name, seconds=seconds, events=events)


def _compress(folder: Path) -> None:
    """capture.pcm -> capture.flac; the first goes only when the second holds the same samples."""
    import soundfile

    raw = folder / attempt.CAPTURE_PCM
    if not raw.exists():
        return
    samples = np.fromfile(raw, "<i2")
    packed = folder / attempt.CAPTURE
    if len(samples):
        sound.write_flac(packed, sound.from_pcm(samples))
        read, _ = soundfile.read(packed, dtype="int16")
        if not np.array_equal(read, samples):
            raise BadSound(say("store.not_verified", file=packed, kept=raw))
    raw.unlink()
