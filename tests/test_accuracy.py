"""The ruler itself: what is made with a known answer has it, and verdicts are counted rightly. The run is by hand."""

from pathlib import Path

import numpy as np
import pytest

from bench.accuracy import __main__ as accuracy
from bench.accuracy import chance, changes, confusion, disturb, gaincontrol, kinds, oracle, report
from bench.accuracy.changes import Change
from bench.accuracy.pitches import Errors
from bench.gates import Figure
from tests.signals import pulses, tone
from trainer import loudness
from trainer.records import RATE_HZ, Clip, Comparison, LevelChange, PitchChange, RateChange

VOICE_HZ = 150.0


def _pitch_hz(clip: Clip) -> float:
    """F0 in the middle of a steady voice: the best lag of its autocorrelation, 80 to 400 Hz."""
    middle = clip[len(clip) // 2 - 1600 : len(clip) // 2 + 1600].astype(np.float64)
    lags = np.correlate(middle, middle, "full")[len(middle) - 1 :]
    return RATE_HZ / (40 + int(np.argmax(lags[40:200])))


@pytest.fixture
def voice(monkeypatch: pytest.MonkeyPatch) -> Clip:
    """A steady voice whose pitch WORLD is told: Praat, which finds it in recordings, is not needed for tests."""
    monkeypatch.setattr(oracle, "praat_f0", lambda clip, at_s: np.full(len(at_s), VOICE_HZ))
    return pulses(VOICE_HZ, 1.0)


@pytest.mark.parametrize("duration", [0.7, 1.3])
def test_a_stretch_changes_the_length_and_not_the_pitch(voice: Clip, duration: float) -> None:
    made = changes.changed(voice, Change("world", duration=duration))
    assert len(made) / len(voice) == pytest.approx(duration, abs=0.02)  # a frame or a period at the end
    assert _pitch_hz(made) == pytest.approx(VOICE_HZ, rel=0.01)


def test_a_shift_changes_the_pitch_and_not_the_length(voice: Clip) -> None:
    made = changes.changed(voice, Change("world", pitch_st=-5.0))
    assert len(made) == pytest.approx(len(voice), abs=RATE_HZ * 0.01)
    assert _pitch_hz(made) == pytest.approx(VOICE_HZ * 2 ** (-5 / 12), rel=0.01)


def test_the_shelf_leaves_the_lows_and_moves_the_highs() -> None:
    for hz, gain_db in ((60.0, 0.0), (7000.0, -6.0)):
        level = np.std(changes.shelf(tone(hz, 1.0), -6.0)) / np.std(tone(hz, 1.0))
        assert 20 * np.log10(level) == pytest.approx(gain_db, abs=0.3)


def test_noise_lies_where_it_was_asked_for() -> None:
    clip = pulses(150.0, 2.0)
    noisy = disturb.with_noise(disturb.pink, 20.0)(clip, 1)
    level = loudness.active_level(clip)
    assert level is not None
    assert loudness.db(float(np.mean((noisy - clip) ** 2))) == pytest.approx(level[0] - 20.0, abs=0.1)


@pytest.mark.parametrize(("rate_hz", "channels"), [(44_100, 2), (48_000, 1)])
def test_another_file_format_keeps_the_sound(rate_hz: int, channels: int) -> None:
    clip = tone(440.0, 0.5)
    back = disturb.written(rate_hz, channels)(clip, 0)
    middle = slice(2000, 6000)  # away from the filters' ends
    assert np.max(np.abs(back[middle] - clip[middle])) < 1e-3


def test_gain_control_brings_soft_and_loud_speech_together() -> None:
    loud = pulses(150.0, 4.0)
    ends = [np.std(gaincontrol.controlled(loud * np.float32(gain))[-RATE_HZ:]) for gain in (1.0, 0.1)]
    assert 20 * np.log10(ends[0] / ends[1]) < 6.0  # 20 dB before; the softer one still rises, with its release


def test_the_known_f0_is_what_is_heard(voice: Clip) -> None:
    known = kinds.to_median(kinds.parts(voice), 220.0)
    assert set(known.f0_hz) == {220.0}
    assert _pitch_hz(known.clip) == pytest.approx(220.0, rel=0.01)


def test_errors_of_pitch_are_told_apart() -> None:
    errors = Errors()
    errors.add(np.array([100.0, 202.0, 130.0, 0.0, 90.0, 70.0]), np.array([100.0, 100.0, 100.0, 100.0, 0.0, -1.0]))
    assert (errors.both, errors.octave, errors.gross, errors.missed, errors.false) == (3, 1, 2, 1, 1)
    assert errors.cents == [0.0]


def _comparison(rate: str, pitch: str, reason: str | None = None) -> Comparison:
    level = LevelChange("no_clear_change", 0.0, 1.0, None)
    change = None if reason else 1.0
    return Comparison(
        "same gain",
        RateChange(rate, change, change, reason),  # type: ignore[arg-type]
        PitchChange(pitch, 1.0, 1.0, None),  # type: ignore[arg-type]
        level,
        level,
    )


def test_verdicts_are_counted_by_the_way_they_point() -> None:
    some = [
        _comparison("slower", "lower"),
        _comparison("clearly_slower", "higher"),
        _comparison("not_measurable", "no_clear_change", "no_words"),
    ]
    found = confusion.tallies(some)
    assert found["rate"].row() == [1, 1, 0, 0, 0, 1]
    assert found["rate"].reasons == {"no_words": 1}
    assert found["pitch"].share(-1) == found["pitch"].share(1) == pytest.approx(1 / 3)
    assert found["pitch"].share(0) == pytest.approx(2 / 3)
    assert found["volume"].share(0) == 0.0


def test_agreement_knows_the_same_another_the_opposite_and_none() -> None:
    clean = [_comparison("slower", "lower") for _ in range(4)]
    disturbed = [
        _comparison("clearly_slower", "lower"),
        _comparison("no_clear_change", "lower"),
        _comparison("faster", "lower"),
        _comparison("not_measurable", "lower", "too_noisy"),
    ]
    kept = confusion.agreement(clean, disturbed, "rate")
    assert (kept.same, kept.other, kept.opposite, kept.withheld) == (1, 1, 1, 1)
    assert confusion.agreement(clean, disturbed, "pitch").same == 4


def test_the_limit_of_chance_is_what_95_percent_stay_under() -> None:
    assert chance.limit_of([float(n) for n in range(1, 101)]) == 95.0
    assert chance.limit_of([1.0] * 9) is None


def test_a_part_replaces_its_own_tables_and_no_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(report, "PAGE", tmp_path / "accuracy.md")
    for part, title in (("a", "old"), ("b", "other"), ("a", "new")):
        report.keep(part, part, f"run {part}", [report.Section(title, "", ["x"], [[1.2345]])])
    page = report.PAGE.read_text(encoding="utf-8")
    assert "old" not in page and page.index("new") < page.index("other") and "| 1.23 |" in page


def test_an_unknown_part_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        accuracy.main(["nonsense"])
    assert left.value.code == 2 and "verdicts, tempo" in capsys.readouterr().err


def test_a_table_of_gates_says_what_was_met_and_missed() -> None:
    figures = [
        Figure("found", 94.0, "%", 95.0, at_least=True),
        Figure("opposite", 0.0, "", 0.0),
        Figure("c", None, "", 1.0),
    ]
    page = report.markdown(report.gates(figures))
    assert "| found | 94 | % | at least 95 | missed |" in page
    assert "| opposite | 0 |  | at most 0 | met |" in page
    assert "| c | – |  | at most 1 | – |" in page
