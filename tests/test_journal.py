"""Nothing recorded is lost: not by a kill, not by a torn file."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer import attempt, store
from trainer.errors import BadInput, NotFound
from trainer.journal import Journal
from trainer.records import Block

WRITER = """
import sys, numpy as np
from pathlib import Path
from trainer.journal import Journal
from trainer.records import Block
journal = Journal(Path(sys.argv[1]), {"scenario": "s", "trainee": "t"})
for number in range(100000):
    journal.append(Block(number, np.full(320, number % 30000, np.int16), False))
    print(number, flush=True)
"""


def block(number: int) -> Block:
    return Block(number, np.full(320, number, np.int16), False)


def kept(folder: Path) -> list[int]:
    return [int(x) for x in np.fromfile(folder / attempt.CAPTURE_PCM, "<i2")[::320]]


def test_a_killed_program_loses_no_block_that_it_had(tmp_path: Path) -> None:
    attempts = store.Attempts(tmp_path)
    folder = attempts.new("late-delivery", "Anna")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _ in range(57):
        last = int(writer.stdout.readline())
    assert attempts.recover() == [], "what is being recorded now must be left alone"
    writer.kill()
    printed = [last, *(int(line) for line in writer.stdout.read().split())]
    writer.wait()
    writer.stdout.close()
    numbers = kept(folder)
    assert numbers[: printed[-1] + 1] == [number % 30000 for number in range(printed[-1] + 1)]
    said = attempts.recover()
    assert len(said) == 1 and folder.name in said[0]
    assert not (folder / attempt.CAPTURE_PCM).exists() and (folder / attempt.CAPTURE).exists()
    assert attempts.listing()[0].state == "recovered"


def test_an_interrupt_at_any_moment_closes_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst one: what asks the disk to keep the blocks has been made, and has not begun."""

    def interrupt(thread: threading.Thread) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "start", interrupt)
    with pytest.raises(KeyboardInterrupt), Journal(tmp_path, {}) as journal:
        for number in range(1000):
            journal.append(block(number))
    assert kept(tmp_path) and not (tmp_path / attempt.LOCK).exists()


def test_missing_blocks_become_silence_and_repeated_ones_are_ignored(tmp_path: Path) -> None:
    with Journal(tmp_path, {}) as journal:
        for number in (0, 1, 1, 4, 3, 5):
            journal.append(block(number))
        assert journal.position_s == pytest.approx(6 * 0.02)
    assert kept(tmp_path) == [0, 1, 0, 0, 4, 5]
    kinds = [json.loads(line)["kind"] for line in (tmp_path / attempt.EVENTS).read_text().splitlines()]
    assert kinds == ["gap", "closed"]


@settings(max_examples=40)
@given(cut=st.integers(0, 200), odd=st.integers(0, 3))
def test_a_file_torn_anywhere_keeps_every_whole_event(
    tmp_path_factory: pytest.TempPathFactory, cut: int, odd: int
) -> None:
    folder = tmp_path_factory.mktemp("torn")
    events = b"".join(b'{"at_s":%d,"kind":"line","text":"\xc5\xbc"}\n' % place for place in range(5))
    (folder / attempt.EVENTS).write_bytes(events[:cut])
    (folder / attempt.CAPTURE_PCM).write_bytes(bytes(640 + odd))
    seconds, count = attempt.mend(folder)
    assert seconds == (640 + odd) // 2 / 16000
    assert count == events[:cut].count(b"\n")


def test_forgetting_a_person_removes_every_byte(tmp_path: Path) -> None:
    attempts = store.Attempts(tmp_path)
    secret = "Zażółć Gęślą"
    for name in (secret, "somebody else"):
        folder = attempts.new("late-delivery", name)
        with Journal(folder, {"scenario": "late-delivery", "trainee": name}) as journal:
            journal.append(block(1))
            journal.event("line", 0.0, text=f"said by {name}")
    assert len(attempts.forget_person(secret)) == 1
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert secret.encode() not in left and json.dumps(secret).encode() not in left
    assert b"somebody else" in left
    with pytest.raises(NotFound):
        attempts.forget_person(secret)


def test_data_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / store.folders.DATA).write_text('{"format": 99}')
    with pytest.raises(BadInput, match="later version"):
        store.Attempts(tmp_path)
    assert (tmp_path / store.folders.DATA).read_text() == '{"format": 99}'


@pytest.mark.parametrize("name", ["../../etc", "..", "a/b", "con", "\x00", "x" * 5000, "ż" * 300])
def test_no_name_of_a_person_leaves_the_folder(tmp_path: Path, name: str) -> None:
    slug = store.people.slug(name)
    assert "/" not in slug and ".." not in slug and len(slug) < 40
