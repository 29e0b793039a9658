"""What is kept on this machine: attempts, and people's baselines, in one folder of the user's own.

ROOT/data.json               {"format": 1}
ROOT/attempts/ID/            see ``trainer.attempt``
ROOT/people/SLUG/            person.json, baseline-….json and the sound it was taken from
ROOT/soundchecks/ID/         sound checks while they run
"""

import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from trainer import attempt, documents, locking, sound
from trainer.errors import BadInput, BadSound, NotFound
from trainer.records import Baseline, Clip, Report
from trainer.words import say

DATA = "data.json"
PERSON = "person.json"
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
        self._check()

    def new(self, scenario: str, trainee: str) -> Path:
        """The folder for a new attempt; its id is its name."""
        moment = datetime.now().strftime("%Y-%m-%dT%H-%M-%S")
        tail = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in os.urandom(4))
        return self._made(self.root / "attempts" / f"{moment}-{scenario}-{tail}")

    @contextmanager
    def sound_check(self, person: str) -> Iterator[Path]:
        """A folder for a sound check that runs; it goes when the baseline has been kept, and stays when it failed."""
        folder = self._made(self.root / "soundchecks" / f"{_slug(person)}-{os.urandom(4).hex()}")
        yield folder
        _remove(folder)

    def finish(self, folder: Path, report: Report) -> None:
        """Keep the report, and the sound as FLAC; the raw sound goes only when the FLAC holds every sample."""
        attempt.write_text(folder / attempt.REPORT, documents.text(documents.versioned(report)))
        _compress(folder)

    def load(self, name: str) -> Report:
        """The report of an attempt. Raises NotFound, or BadInput for one that was cut off."""
        folder = self.folder(name)
        path = folder / attempt.REPORT
        if not path.exists():
            raise BadInput(say("store.no_report", folder=folder))
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as problem:
            raise BadInput(f"{path}: damaged ({problem})") from problem
        return documents.read(Report, {**found, "folder": str(folder)}, str(path))

    def folder(self, name: str) -> Path:
        """The folder of an attempt by its id, the beginning of it, or "latest"."""
        known = self._ids()
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
        return [self._summary(self.root / "attempts" / name) for name in self._ids()]

    def recover(self) -> list[str]:
        """Close what a killed program left open; a sentence for each. What is being recorded now is left alone."""
        left = [self.root / "attempts" / name for name in self._ids()]
        left = [folder for folder in left if (folder / attempt.CAPTURE_PCM).exists()]
        return [found for folder in left if (found := _recover(folder))]

    def keep_baseline(self, baseline: Baseline, clips: Mapping[str, Clip]) -> None:
        """Keep a person's baseline with the sound it was taken from, by the names of its parts."""
        folder = self._made(self.root / "people" / _slug(baseline.person), exist_ok=True)
        attempt.write_text(folder / PERSON, documents.text({"name": _name(baseline.person)}))
        stem = "baseline-" + re.sub(r"[^0-9T]", "-", baseline.taken_at[:19])
        for part, clip in clips.items():
            sound.write_flac(folder / f"{stem}-{part}.flac", clip)
        attempt.write_text(folder / f"{stem}.json", documents.text(documents.versioned(baseline)))

    def baseline(self, person: str) -> Baseline | None:
        """The newest baseline of a person."""
        kept = sorted((self.root / "people" / _slug(person)).glob("baseline-*.json"))
        if not kept:
            return None
        return documents.read(Baseline, json.loads(kept[-1].read_text(encoding="utf-8")), str(kept[-1]))

    def forget(self, name: str) -> str:
        """Remove every byte of an attempt; its id."""
        folder = self.folder(name)
        held = locking.hold(folder / attempt.LOCK)
        if held is None:
            raise BadInput(say("store.in_use", folder=folder))
        held.close()
        _remove(folder)
        return folder.name

    def forget_person(self, person: str) -> list[str]:
        """Remove a person's attempts and baselines, every byte; what was removed."""
        wanted = _name(person)
        removed = [self.forget(one.attempt) for one in self.listing() if _name(one.trainee) == wanted and one.trainee]
        folder = self.root / "people" / _slug(person)
        if folder.is_dir():
            _remove(folder)
            removed.append(wanted)
        for left in (self.root / "soundchecks").glob(f"{_slug(person)}-*"):
            _remove(left)
            removed.append(left.name)
        if not removed:
            raise NotFound(say("store.no_person", name=person))
        return removed

    def _check(self) -> None:
        path = self.root / DATA
        if path.exists():
            written = int(json.loads(path.read_text(encoding="utf-8")).get("format", 0))
            if written > attempt.FORMAT:
                raise BadInput(say("store.later_data", folder=self.root, written=written, known=attempt.FORMAT))

    def _made(self, folder: Path, exist_ok: bool = False) -> Path:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if not (self.root / DATA).exists():
                attempt.write_text(self.root / DATA, json.dumps({"format": attempt.FORMAT}) + "\n")
            folder.mkdir(parents=True, exist_ok=exist_ok)
        except OSError as problem:
            raise BadInput(say("store.cannot_write", folder=self.root, problem=problem.strerror)) from problem
        return folder

    def _ids(self) -> list[str]:
        folder = self.root / "attempts"
        if not folder.is_dir():
            return []
        return sorted((one.name for one in folder.iterdir() if (one / attempt.HEADER).is_file()), reverse=True)

    def _summary(self, folder: Path) -> Summary:
        header = json.loads((folder / attempt.HEADER).read_text(encoding="utf-8"))
        scenario, trainee = str(header.get("scenario", "")), str(header.get("trainee", ""))
        state, turns = "recording", 0
        if (folder / attempt.REPORT).exists():
            report = json.loads((folder / attempt.REPORT).read_text(encoding="utf-8"))
            state, turns = str(report.get("ended", "over")), len(report.get("turns", []))
        elif (folder / attempt.CAPTURE).exists():
            state = "recovered"
        return Summary(folder.name, scenario, trainee, str(header.get("started_at", "")), state, turns)


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


def _name(person: str) -> str:
    return unicodedata.normalize("NFC", person).strip()


def _slug(person: str) -> str:
    """A folder name for a person that no name can abuse: letters that are safe everywhere, and a hash."""
    name = _name(person)
    safe = re.sub(r"[^a-z0-9]+", "-", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower())
    return f"{safe.strip('-')[:24] or 'person'}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)
