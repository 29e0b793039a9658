"""The replay's sound and curves: both voices on one clock to the sample, and curves that show what was measured."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.calls import answer, turns
from trainer import drawing, highlights, library, signals, sound
from trainer.coaching.call import verdict
from trainer.journal import Journal
from trainer.records import RATE_HZ, Because, Block, Clip, Report
from trainer.store import Attempts
from trainer.tracks import CUSTOMER, TRAINEE, Tracks

PITCH_HZ = 150.0
STARTS_S, SAID_S = 3.0, 4.0


def kept(root: Path, captured: Clip, line: Clip, line_ends_s: float = 2.0) -> Report:
    """A call of one turn: the customer speaks from 0.5 s on, the trainee from STARTS_S on."""
    at = Attempts(root)
    folder = at.new("late-delivery", "Anna")
    pcm = sound.to_pcm(captured)
    with Journal(folder, {"scenario": "late-delivery", "trainee": "Anna", "started_at": ""}) as journal:
        for number in range(len(pcm) // 320):
            journal.append(Block(number, pcm[number * 320 : (number + 1) * 320], False))
        journal.line(1, line)
    found = replace(answer(start_s=STARTS_S, speech_s=SAID_S), end_s=STARTS_S + SAID_S)
    (turn,) = turns(found)
    turn = replace(turn, line=replace(turn.line, start_s=0.5, end_s=line_ends_s))
    call = verdict((turn,), None, library.rules(), "Mrs Kowalska")
    report = Report(folder.name, "late-delivery", str(folder), (), "Anna", "", None, (turn,), call, "over")
    at.finish(folder, report)
    return report


def noise(seconds: float, seed: int) -> Clip:
    return np.asarray(np.random.default_rng(seed).normal(0.0, 0.1, round(seconds * RATE_HZ)), np.float32)


def test_each_voice_is_on_its_own_side_at_its_own_sample(tmp_path: Path) -> None:
    captured, line = noise(9.0, 1), noise(1.5, 2)
    tracks = Tracks(Path(kept(tmp_path, captured, line).folder), Attempts(tmp_path).load("latest"))
    whole = np.concatenate(list(tracks.blocks()))
    assert np.array_equal(whole[:, TRAINEE], sound.to_pcm(captured))
    assert np.array_equal(whole[8_000:32_000, CUSTOMER], sound.to_pcm(line))
    assert not whole[:8_000, CUSTOMER].any() and not whole[32_000:, CUSTOMER].any()
    for first, last in ((0, 1), (7_999, 8_001), (31_990, 40_000), (143_999, 144_000)):
        assert np.array_equal(np.concatenate(list(tracks.blocks(first, last))), whole[first:last])


def test_a_line_that_broke_off_is_not_heard_to_its_end(tmp_path: Path) -> None:
    report = kept(tmp_path, noise(9.0, 1), noise(1.5, 2), line_ends_s=1.0)
    whole = np.concatenate(list(Tracks(Path(report.folder), report).blocks()))
    assert whole[15_990:16_000, CUSTOMER].any() and not whole[16_000:, CUSTOMER].any()


def test_a_call_without_its_sound_is_silent_and_not_broken(tmp_path: Path) -> None:
    report = kept(tmp_path, noise(9.0, 1), noise(1.5, 2))
    for path in (Path(report.folder) / "capture.flac", Path(report.folder) / "lines" / "01.flac"):
        path.unlink()
    tracks = Tracks(Path(report.folder), report)
    assert tracks.frames == 0 and list(tracks.blocks()) == [] and tracks.part(0.0, 1.0).shape == (0, 2)
    assert len(drawing.read(drawing.make(Path(report.folder), report))["trainee_pitch"]) == 0


def test_the_curves_show_the_pitch_and_the_level_that_are_measured_and_nothing_where_nobody_speaks(
    tmp_path: Path,
) -> None:
    beats = 0.55 + 0.45 * np.sin(2 * np.pi * 4.0 * np.arange(round(SAID_S * RATE_HZ)) / RATE_HZ)
    said = np.asarray(signals.vowel(PITCH_HZ, SAID_S) * beats, np.float32)  # in syllables, or it is no speech
    captured = 1e-4 * noise(9.0, 1)
    captured[round(STARTS_S * RATE_HZ) : round((STARTS_S + SAID_S) * RATE_HZ)] += said
    report = kept(tmp_path, captured, 0.5 * noise(1.5, 2))
    shares: list[float] = []
    drawn = drawing.read(drawing.make(Path(report.folder), report, shares.append))
    columns = (drawn["trainee_pitch"], drawn["trainee_level"])
    pitch, level = (column[column != drawing.NOTHING] / 100.0 for column in columns)
    assert np.median(pitch) == pytest.approx(12 * np.log2(PITCH_HZ), abs=0.1)  # a tenth of a semitone: as measured
    assert np.median(level) == pytest.approx(10 * np.log10(np.mean(said**2)), abs=0.5)  # the window cuts a beat in two
    quiet = slice(0, round((STARTS_S - 0.5) * RATE_HZ / 256))
    assert (drawn["trainee_pitch"][quiet] == drawing.NOTHING).all()
    assert drawn["trainee_peak"].max() > 50 * drawn["trainee_peak"][quiet].max()
    assert shares == sorted(shares) and shares[-1] < 1.0


def test_a_drawing_by_another_version_is_made_again(tmp_path: Path) -> None:
    folder = Path(kept(tmp_path, noise(2.0, 1), noise(1.0, 2)).folder)
    assert drawing.kept(folder) is None
    (folder / drawing.FILE).write_bytes(b"rpl9")
    assert drawing.kept(folder) is None


def test_where_the_customer_never_moved_rules_decide_which_moment_was_worst() -> None:
    first, second = turns(answer(), answer(start_s=30.0))
    report = Report("a", "s", "f", (), "t", "", None, (first, second), None, "over")  # type: ignore[arg-type]
    assert highlights.best(report) is None and highlights.worst(report) is None
    up = replace(second, anger_after=second.anger_before + 0.1, because=(Because("speak-slowly", 0.1),))
    found = highlights.worst(replace(report, turns=(first, up)))
    assert found and (found.turn, found.at_s, found.change) == (2, 30.0, 0.1)
