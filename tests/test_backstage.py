"""Work in the pauses of a live call: it is there sooner, and the call is the same call."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer import attempt, library, tts
from trainer.asr.scripted import ScriptedRecogniser, spread
from trainer.errors import NoModel
from trainer.headset import BLOCK, PlayedHeadset
from trainer.journal import Journal
from trainer.records import RATE_HZ, Block, Clip, Delivery, Line, Report, Transcript, Turn, Voice
from trainer.rehearsal import Cast, Rehearsal, Watch
from trainer.turns.hearing import Phase
from trainer.turns.patience import Patience

pytestmark = pytest.mark.speech

ANSWERS = (
    "I am really sorry that nobody came to you. I will look at it myself and call you back today.",
    "You are quite right to be cross about it. Would Thursday morning be a good time for you?",
)
DAY = "2026-01-01T00:00:00+00:00"


class LiveHeadset(PlayedHeadset):
    """Time passes by itself, one block each time somebody listens."""

    live = True


class AtOnce:
    """A worker that has done everything as soon as it is given it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        pass

    def submit(self, work: Callable[[], Any]) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(work())
        except Exception as problem:
            done.set_exception(problem)
        return done

    def shutdown(self, **options: Any) -> None:
        pass


class Seen(Watch):
    """What happened, in order; an interrupt where ``stop`` says so."""

    def __init__(self, stop: Callable[[Phase], bool] = lambda phase: False) -> None:
        self.happened: list[str] = []
        self._stop = stop

    def line(self, line: Line) -> None:
        self.happened.append(f"line {line.text}")

    def block(self, block: Block, phase: Phase) -> None:
        if self._stop(phase):
            raise KeyboardInterrupt

    def recognising(self) -> None:
        self.happened.append("ended")

    def turn(self, turn: Turn) -> None:
        self.happened.append("turn")


@pytest.fixture(scope="module")
def answers() -> list[Clip]:
    """Two answers, each with 0.8 s of silence between its sentences."""
    voice = library.voices()["heart"]
    return [tts.speak(voice, text, Delivery()) for text in ANSWERS]


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What is prepared, in place of preparing it; and no line is in the cache."""
    texts: list[str] = []
    monkeypatch.setattr(tts, "prepare", lambda voice, text: texts.append(text))
    (tmp_path / "cache" / "lines").mkdir(parents=True)
    monkeypatch.setattr("trainer.tts.cache.folder", lambda: tmp_path / "cache" / "lines")
    return texts


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.ahead.ThreadPoolExecutor", AtOnce)


class Counting:
    """Hears as many words as there are tenths of a second, so that another clip has another text."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def __call__(self, clip: Clip) -> Transcript:
        self.lengths.append(len(clip))
        return spread("word " * (len(clip) // 1600), 0.5, len(clip) / RATE_HZ - 0.2)


def call(headset: PlayedHeadset, recognise: Callable[[Clip], Transcript], folder: Path, seen: Seen) -> Report:
    scenario = library.scenarios()["late-delivery"]
    voice = replace(library.voices()["heart"], engine="scripted", measured_syllables_per_s=12.0)
    patience = Patience(dead_air_s=3.0)
    cast = Cast(scenario, voice, library.rules(), (), "nobody", None, DAY, patience=patience)
    with Journal(folder / "call", {}) as journal:
        return Rehearsal(cast, headset, ScriptedRecogniser(recognise), journal, seen).run(folder / "call")


def kept(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that a call left, but for its header."""
    for path in sorted((folder / "call").rglob("*")):
        if path.is_file() and path.name != attempt.HEADER:
            yield path.name, path.read_bytes()


def test_a_call_is_the_same_whether_it_was_worked_on_ahead_or_not(
    answers: list[Clip], tmp_path: Path, at_once: None
) -> None:
    live, standing = Counting(), Counting()
    ahead = call(LiveHeadset(iter(answers)), live, tmp_path / "live", Seen())
    after = call(PlayedHeadset(iter(answers)), standing, tmp_path / "standing", Seen())
    assert len(ahead.turns) == 3 and ahead.turns[0].answer.text  # and one in which nobody answers
    assert replace(ahead, folder="") == replace(after, folder="")
    assert list(kept(tmp_path / "live")) == list(kept(tmp_path / "standing"))
    # on the sample clock an answer is recognised where its end is in question: in its pause of 0.8 s, and at its end
    assert len(standing.lengths) == 4
    assert len(live.lengths) >= 4  # in each answer there was a pause that might have been its end


def test_a_customer_gives_way_at_the_same_sample_live_and_on_the_sample_clock(
    answers: list[Clip], tmp_path: Path, at_once: None
) -> None:
    def finished(clip: Clip) -> Transcript:
        return spread("This is said. " * 4, 0.5, len(clip) / RATE_HZ - 0.2)

    pauses = np.concatenate((answers[0], np.zeros(RATE_HZ, np.float32), answers[1]))
    ahead = call(LiveHeadset(iter([pauses])), finished, tmp_path / "live", Seen())
    after = call(PlayedHeadset(iter([pauses])), finished, tmp_path / "standing", Seen())
    assert '"gave_way"' in (tmp_path / "live" / "call" / attempt.EVENTS).read_text(encoding="utf-8")
    assert replace(ahead, folder="") == replace(after, folder="")
    assert list(kept(tmp_path / "live")) == list(kept(tmp_path / "standing"))


def test_what_was_recognised_in_a_pause_is_thrown_away_when_the_answer_goes_on(
    answers: list[Clip], tmp_path: Path, at_once: None
) -> None:
    recognise = Counting()
    report = call(LiveHeadset(iter(answers[:1])), recognise, tmp_path, Seen())
    assert min(recognise.lengths) < max(recognise.lengths) - RATE_HZ
    assert len(report.turns[0].answer.words) == max(recognise.lengths) // 1600


def test_the_line_that_follows_is_made_before_the_turn_is_over(
    answers: list[Clip], tmp_path: Path, at_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, speak = Seen(), tts.spoken

    def spoken(voice: Voice, text: str, delivery: Delivery) -> tts.Spoken:
        seen.happened.append(f"made {text}")
        return speak(voice, text, delivery)

    monkeypatch.setattr(tts, "spoken", spoken)
    report = call(LiveHeadset(iter(answers[:1])), Counting(), tmp_path, seen)
    first, second = (turn.line.text for turn in report.turns[:2])
    told = seen.happened[: seen.happened.index(f"line {second}") + 1]
    assert told[:2] == [f"made {first}", f"line {first}"]
    assert told[-4:] == [f"made {second}", "ended", "turn", f"line {second}"]


def test_every_line_was_prepared_before_it_came_and_none_on_the_sample_clock(
    answers: list[Clip], tmp_path: Path, at_once: None, prepared: list[str]
) -> None:
    report = call(LiveHeadset(iter(answers)), Counting(), tmp_path / "live", Seen())
    assert {turn.line.text for turn in report.turns[1:]} <= set(prepared)
    prepared.clear()
    call(PlayedHeadset(iter(answers)), Counting(), tmp_path / "standing", Seen())
    assert prepared == []


def test_what_goes_wrong_beside_the_capture_reaches_the_caller(
    answers: list[Clip], tmp_path: Path, at_once: None
) -> None:
    def fail(clip: Clip) -> Transcript:
        raise NoModel("the model has gone")

    with pytest.raises(NoModel, match="the model has gone"):
        call(LiveHeadset(iter(answers)), fail, tmp_path, Seen())


def test_what_goes_wrong_in_a_pause_of_an_answer_that_goes_on_is_thrown_away_too(
    answers: list[Clip], tmp_path: Path, at_once: None
) -> None:
    recognise = Counting()

    def fail_at_first(clip: Clip) -> Transcript:
        found = recognise(clip)
        if len(recognise.lengths) == 1:
            raise NoModel("not this time")
        return found

    report = call(LiveHeadset(iter(answers[:1])), fail_at_first, tmp_path, Seen())
    assert report.ended == "nobody_answered" and report.turns[0].answer.text


def test_an_interrupt_keeps_everything_and_waits_for_no_work(
    answers: list[Clip], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence = tts.Spoken(np.zeros(RATE_HZ, np.float32), ())
    monkeypatch.setattr(tts, "spoken", lambda voice, text, delivery: silence)
    begun, hold = threading.Event(), threading.Event()

    def stuck(clip: Clip) -> Transcript:
        begun.set()
        hold.wait(60)
        return Transcript("en", "", ())

    headset = LiveHeadset(iter(answers))
    try:
        seen = Seen(stop=lambda phase: phase == "waiting" and begun.is_set())
        report = call(headset, stuck, tmp_path, seen)
    finally:
        hold.set()
    assert report.ended == "interrupted"
    captured = (tmp_path / "call" / attempt.CAPTURE_PCM).stat().st_size // 2
    assert captured == headset.read().number * BLOCK
