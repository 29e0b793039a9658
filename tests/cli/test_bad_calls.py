"""Calls that nobody should make, and everybody will: each ends and answers as docs/bad-input.md says."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import badsound
from tests.badinput import table
from trainer import cli, store
from trainer.mic import Device

TRAINER = [sys.executable, "-m", "trainer"]
QUIET = badsound.READ["24 60 s of zeros"]
HEADSET = Device(0, "Jabra", 1, 2, is_default=True)


@dataclass(frozen=True)
class Said:
    """How a call ended, and what it said where."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Desk:
    """Where calls are made: an empty folder, this process with its devices and rights, or one of its own."""

    folder: Path
    patch: pytest.MonkeyPatch
    captured: pytest.CaptureFixture[str]

    def here(self, *arguments: str) -> Said:
        """A call in this process."""
        status = cli.run(arguments)
        said = self.captured.readouterr()
        return Said(status, said.out, said.err)

    def apart(self, *arguments: str, shell: str = '"$@"', **env: str) -> Said:
        """A call in a process of its own without a terminal, its streams as the shell is told."""
        command = ["sh", "-c", shell, "sh", *TRAINER, *arguments]
        done = subprocess.run(
            command,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,
            timeout=120,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def with_devices(self, *devices: Device) -> None:
        """The sound devices of the system from now on."""
        self.patch.setattr("trainer.mic.listing.devices", lambda: list(devices))
        self.patch.setattr(
            "trainer.mic.listing.library", lambda: SimpleNamespace(default=SimpleNamespace(device=[0, 0]))
        )

    def fifo(self) -> str:
        """A named pipe into which nobody writes."""
        os.mkfifo(self.folder / "pipe.wav")
        return str(self.folder / "pipe.wav")

    def odd(self, name: bytes) -> str:
        """A path in the folder whose name is not UTF-8."""
        return os.fsdecode(os.fsencode(self.folder) + b"/" + name)

    def file(self, name: str = "quiet.wav") -> str:
        """A recording that is well and silent."""
        return str(badsound.make(self.folder, name.removesuffix(".wav"), QUIET))


def no_device_at_all(desk: Desk) -> Said:
    desk.with_devices()
    return desk.here("rehearse")


def no_such_device(desk: Desk) -> Said:
    desk.with_devices(HEADSET)
    return desk.here("rehearse", "--mic", "nope")


def no_right_to_write(desk: Desk) -> Said:
    """As root sees it where the file system is read-only."""
    desk.patch.setattr("trainer.cli.base.os.access", lambda path, mode: False)
    return desk.here("demo", "--data", str(desk.folder / "home"))


def odd_recording(desk: Desk) -> Said:
    odd = Path(desk.odd(b"\xff.wav"))
    try:
        Path(desk.file()).rename(odd)
    except OSError:  # a file system that takes only UTF-8 cannot be asked this
        odd = Path(desk.file())
    return desk.apart("analyse", str(odd))


def reader_went_away(desk: Desk) -> Said:
    writer = subprocess.Popen([*TRAINER, "schema", "report"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert writer.stdout is not None and writer.stderr is not None
    writer.stdout.close()
    with writer.stderr as stream:
        said = stream.read().decode()
    return Said(writer.wait(), "", said)


def interrupted_twice(desk: Desk) -> Said:
    """The second Ctrl-C comes while the first ends the call."""
    caller = subprocess.Popen(
        [*TRAINER, "demo", "--out", str(desk.folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert caller.stderr is not None
    for line in caller.stderr:
        if "turn 2" in line:
            break
    caller.send_signal(signal.SIGINT)
    caller.send_signal(signal.SIGINT)
    out, err = caller.communicate(timeout=120)
    (kept,) = store.Attempts(desk.folder).listing()
    assert kept.state == "interrupted" and kept.turns >= 2, f"the report of what was heard is kept; it said: {err}"
    return Said(caller.returncode, out, err)


CASES: dict[str, Callable[[Desk], Said]] = {
    "85 no sound device at all": no_device_at_all,
    "85 no device of that name": no_such_device,
    "86 `-` in place of a recording": lambda desk: desk.here("analyse", "-"),
    "86 a FIFO in place of a recording": lambda desk: desk.here("analyse", desk.fifo()),
    "86 a folder in place of a recording": lambda desk: desk.here("soundcheck", "--from", str(desk.folder)),
    "86 /dev/zero in place of a recording": lambda desk: desk.here("compare", "/dev/zero", "/dev/zero"),
    "86 a FIFO as the place for a page": lambda desk: desk.here("report", "latest", "--html", desk.fifo()),
    "87 a data folder below a file": lambda desk: desk.here("demo", "--data", f"{desk.file()}/data"),
    "87 a data folder without the right to write": no_right_to_write,
    "87 a cache folder that cannot be made": lambda desk: desk.apart("demo", TRAINER_CACHE=f"{desk.file()}/cache"),
    "88 a refused recording whose name is not UTF-8": lambda desk: desk.apart("analyse", desk.odd(b"\xff.wav")),
    "88 a recording whose name is not UTF-8": odd_recording,
    "88 a data folder whose name is not UTF-8": lambda desk: desk.apart("demo", "--data", desk.odd(b"\xff")),
    "89 closed standard output": lambda desk: desk.apart("schema", "report", shell='"$@" >&-'),
    "89 a reader that went away": reader_went_away,
    "89 standard output on a full disk": lambda desk: desk.apart("schema", "report", shell='"$@" > /dev/full'),
    "90 Ctrl-C twice in a turn": interrupted_twice,
    "91 no terminal, TERM=dumb": lambda desk: desk.apart("analyse", desk.file(), TERM="dumb"),
    "91 a terminal without columns": lambda desk: desk.apart("analyse", desk.file(), COLUMNS="0"),
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="pipes, signals and devices as Linux has them")
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.speech) if name.startswith("90") else name for name in CASES]
)
def test_a_call_is_answered_as_the_table_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    promise = table()[name]
    said = CASES[name](Desk(tmp_path, monkeypatch, capsys))
    assert said.status == promise.status, said
    assert "Traceback" not in said.err and "\x1b" not in said.out + said.err
    if promise.said == "nothing":
        assert said.out == said.err == ""
    else:
        assert promise.kept_by(said.out if promise.status == 0 else said.err), said
    assert not list(Path(os.environ["TRAINER_DATA"]).iterdir()), "the data folder is as it was"
