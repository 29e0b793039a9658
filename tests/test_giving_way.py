"""Two who talk on the telephone: who goes on, who gives way, who cuts in, who says nothing. Played, to the sample."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from trainer import attempt, library, tts
from trainer.asr.scripted import ScriptedRecogniser, spread
from trainer.backstage import Backstage, Spoken
from trainer.headset import BLOCK, Manners, PlayedHeadset
from trainer.journal import Journal
from trainer.records import RATE_HZ, Block, Clip, Delivery, Line, Mark, Reaction, Report, Transcript
from trainer.rehearsal import Cast, Rehearsal, Watch
from trainer.sound import from_pcm, to_pcm
from trainer.turns.hearing import BLOCK_S, Phase
from trainer.turns.patience import Patience

pytestmark = pytest.mark.speech

Reactions = dict[Literal["interrupted", "silence", "monologue"], Reaction]

REACTIONS: Reactions = {
    "interrupted": Reaction({"high": ("Will you let me finish!",)}),
    "silence": Reaction({"high": ("Hello?", "Are you still there?")}),
    "monologue": Reaction({"high": ("Can I say something, too?",)}),
}


@pytest.fixture(scope="module")
def sentence() -> Clip:
    """A sentence without a pause, about two seconds."""
    clip = tts.speak(library.voices()["heart"], "I will look at it myself and call you back today.", Delivery())
    loud = np.flatnonzero(np.abs(clip) > 0.01)
    return clip[loud[0] : loud[-1] + 1]


@pytest.fixture(scope="module")
def listening() -> Clip:
    """A sound of listening: four tenths of a second."""
    clip = tts.speak(library.voices()["heart"], "Mm-hm, yes.", Delivery())
    loud = np.flatnonzero(np.abs(clip) > 0.01)
    return clip[loud[0] : loud[0] + round(0.4 * RATE_HZ)]


def quiet(seconds: float) -> Clip:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


class Ear(Watch):
    """When the customer could be heard, line by line, and what the customer said in which order."""

    def __init__(self, most: int = 99) -> None:
        self.lines: list[Line] = []
        self.sounding: list[float] = []
        self.turns = 0
        self._most = most

    def line(self, line: Line) -> None:
        self.lines.append(line)
        if len(self.lines) > self._most:
            raise KeyboardInterrupt

    def block(self, block: Block, phase: Phase) -> None:
        if block.customer_sounds:
            self.sounding.append(block.number * BLOCK_S)

    def silent_from_s(self, after_s: float) -> float:
        """When the customer falls silent after a moment."""
        heard = [at for at in self.sounding if at >= after_s]
        for at, following in zip(heard, [*heard[1:], 1e9], strict=True):
            if following - at > 2 * BLOCK_S:
                return at + BLOCK_S
        raise AssertionError("was silent already")

    def sounded_s(self, since_s: float, until_s: float) -> float:
        return sum(BLOCK_S for at in self.sounding if since_s <= at < until_s)


def words(clip: Clip) -> Transcript:
    """Whole sentences, more of them the longer the clip."""
    return spread("This is said. " * max(1, round(len(clip) / RATE_HZ)), 0.5, len(clip) / RATE_HZ - 0.2)


def call(
    folder: Path,
    answers: Sequence[Clip],
    ear: Ear,
    manners: Manners | None = None,
    patience: Patience | None = None,
    headset: Callable[..., PlayedHeadset] = PlayedHeadset,
    reactions: Reactions = REACTIONS,
) -> Report:
    scenario = replace(library.scenarios()["late-delivery"], reactions=reactions)
    voice = replace(library.voices()["heart"], engine="scripted", measured_syllables_per_s=9.0)
    cast = Cast(
        scenario,
        voice,
        library.rules(),
        (),
        "nobody",
        None,
        "2026-01-01T00:00:00+00:00",
        patience=patience or Patience(),
    )
    with Journal(folder, {}) as journal:
        played = headset(iter(answers), manners or Manners())
        return Rehearsal(cast, played, ScriptedRecogniser(words), journal, ear).run(folder)


def events(folder: Path) -> str:
    return (folder / attempt.EVENTS).read_text(encoding="utf-8")


def test_who_pauses_and_goes_on_is_given_way_to_and_has_given_one_answer(sentence: Clip, tmp_path: Path) -> None:
    """The very turn that a customer with more patience would have heard, and the same reply to it."""
    answer = np.concatenate((sentence, quiet(1.5), sentence))
    ear, patient = Ear(most=3), Ear(most=2)
    given = call(tmp_path / "a", [answer], ear)
    waited = call(tmp_path / "b", [answer], patient, patience=Patience(finished_s=1.9))
    assert replace(given.turns[0], number=1) == waited.turns[0]
    assert [line.text for line in ear.lines[::2]] == [line.text for line in patient.lines[:2]]
    assert '"kind":"gave_way"' in events(tmp_path / "a") and '"gave_way"' not in events(tmp_path / "b")
    states = {found.rule: found.state for found in given.turns[0].findings}
    assert states["never-interrupt"] == "kept" and given.turns[0].answer.overlaps == ()


def test_the_customer_is_silent_within_two_tenths_of_a_second(sentence: Clip, tmp_path: Path) -> None:
    answer = np.concatenate((sentence, quiet(1.5), sentence))
    ear = Ear(most=3)
    call(tmp_path, [answer], ear)
    goes_on_s = ear.lines[0].start_s + (ear.lines[0].end_s - ear.lines[0].start_s) + 0.6 + len(sentence) / RATE_HZ + 1.5
    assert ear.lines[1].start_s < goes_on_s < ear.lines[1].end_s
    assert ear.silent_from_s(goes_on_s - BLOCK_S) - goes_on_s <= 0.2


def test_a_sound_of_listening_as_the_customer_begins_only_holds_the_line_for_a_moment(
    sentence: Clip, listening: Clip, tmp_path: Path
) -> None:
    answer = np.concatenate((sentence, quiet(1.5), listening))
    ear = Ear(most=2)
    report = call(tmp_path, [answer], ear)
    assert '"gave_way"' not in events(tmp_path)
    assert report.turns[0].answer.end_s - report.turns[0].answer.start_s < len(sentence) / RATE_HZ + 0.3
    second = ear.lines[1]
    assert ear.sounded_s(second.start_s, second.end_s + 3.0) >= second.end_s - second.start_s  # all of it was heard


def test_a_sound_of_listening_inside_the_line_changes_nothing(sentence: Clip, listening: Clip, tmp_path: Path) -> None:
    ear = Ear(most=1)
    answer = np.concatenate((listening, quiet(3.0), sentence))
    report = call(tmp_path, [answer], ear, Manners(begins_after_s=-2.5))
    assert ear.sounded_s(0.0, 99.0) == pytest.approx(ear.lines[0].end_s - ear.lines[0].start_s, abs=2 * BLOCK_S)
    assert len(report.turns[0].answer.back_channels) == 1 and report.turns[0].reactions == ()
    assert report.turns[0].answer.latency_s is not None and report.turns[0].answer.latency_s > 0.5


def test_who_cuts_in_stops_the_customer_and_is_told_so_when_they_have_finished(sentence: Clip, tmp_path: Path) -> None:
    ear = Ear(most=2)
    report = call(tmp_path, [sentence, sentence], ear, Manners(begins_after_s=-4.0))
    turn, line = report.turns[0], ear.lines[0]
    cuts_in_s = line.end_s - 4.0
    assert 0.6 <= ear.silent_from_s(cuts_in_s) - cuts_in_s <= 0.6 + 0.2
    assert [reaction.text for reaction in turn.reactions] == ["Will you let me finish!"]
    assert turn.reactions[0].beat == "interrupted"
    assert turn.reactions[0].start_s - ear.silent_from_s(cuts_in_s) <= 1.0 + 2 * BLOCK_S
    assert {found.rule: found.state for found in turn.findings}["never-interrupt"] == "broken"
    assert attempt.line_file(tmp_path, 1, 1).exists()


def test_a_customer_who_will_not_be_cut_off_talks_on_louder(sentence: Clip, tmp_path: Path) -> None:
    played: list[Clip] = []

    class Raised(PlayedHeadset):
        def play(self, clip: Clip) -> None:
            played.append(clip)
            super().play(clip)

        def go_on_as(self, clip: Clip) -> None:
            played.append(clip)

    ear = Ear(most=1)
    louder: Reactions = {**REACTIONS, "interrupted": Reaction({}, manner="louder")}
    call(tmp_path, [sentence], ear, Manners(begins_after_s=-4.0), headset=Raised, reactions=louder)
    line, raised = played[:2]
    assert len(raised) == len(line)
    quiet_part = np.abs(line) < 0.3
    assert raised[quiet_part] == pytest.approx(line[quiet_part] * 10 ** (4 / 20), rel=0.02, abs=0.05)
    assert np.abs(raised).max() <= 10 ** (-1 / 20) + 1e-6
    assert ear.sounded_s(0.0, 99.0) == pytest.approx(len(line) / RATE_HZ, abs=2 * BLOCK_S)


def test_into_dead_air_the_customer_asks_twice_and_then_hangs_up(tmp_path: Path) -> None:
    ear = Ear()
    report = call(tmp_path, [], ear)
    assert report.ended == "nobody_answered" and len(report.turns) == 1
    assert [reaction.text for reaction in report.turns[0].reactions] == ["Hello?", "Are you still there?"]
    first, hello = ear.lines[:2]
    assert hello.start_s - first.end_s == pytest.approx(5.0, abs=2 * BLOCK_S)


def test_who_answers_the_hello_has_answered(sentence: Clip, tmp_path: Path) -> None:
    ear = Ear(most=2)
    report = call(tmp_path, [quiet(0.1), sentence], ear)
    turn = report.turns[0]
    assert len(turn.reactions) == 1 and turn.answer.text
    # after the customer's last word, the hello, not after the line; speech is found a little late after long silence
    assert turn.answer.latency_s == pytest.approx(0.6, abs=0.25)
    assert [round(end - start) for start, end in turn.answer.silences] == [5]


def test_where_the_scenario_has_no_line_for_it_the_customer_waits_as_ever(tmp_path: Path) -> None:
    report = call(tmp_path, [], Ear(), reactions={})
    assert report.ended == "nobody_answered" and len(report.turns) == 2
    assert report.turns[0].answer.dead_air_s == pytest.approx(10.0, abs=0.1)


def test_into_a_monologue_the_customer_cuts_in_at_a_pause(sentence: Clip, tmp_path: Path) -> None:
    part = np.concatenate((sentence, quiet(0.5)))
    times = round(50.0 * RATE_HZ / len(part))
    ear = Ear(most=2)
    report = call(tmp_path, [np.tile(part, times)], ear, patience=Patience(finished_s=1.2))
    turn = report.turns[0]
    assert [reaction.text for reaction in turn.reactions] == ["Can I say something, too?"]
    into_s = turn.reactions[0].start_s - turn.answer.start_s
    assert 45.0 <= into_s <= 45.0 + len(part) / RATE_HZ + 0.5
    assert turn.answer.end_s - turn.answer.start_s > 48.0  # what was said after it belongs to the same answer
    assert turn.answer.overlaps == ()


@pytest.fixture
def lull(monkeypatch: pytest.MonkeyPatch) -> Mark:
    """A line that pauses from its third to its fifth second."""
    mark, line = Mark("lull", 3.0, 5.0), Backstage.line

    def marked(self: Backstage, text: str, anger: float) -> Spoken:
        return replace(line(self, text, anger), marks=(mark,))

    monkeypatch.setattr(Backstage, "line", marked)
    return mark


def test_a_word_into_the_lull_takes_the_floor_and_the_customer_listens(
    sentence: Clip, lull: Mark, tmp_path: Path
) -> None:
    ear = Ear(most=1)
    probe = Ear(most=1)
    call(tmp_path / "probe", [], probe, reactions={})
    length_s = probe.lines[0].end_s - probe.lines[0].start_s
    report = call(tmp_path / "call", [sentence], ear, Manners(begins_after_s=lull.start_s + 0.5 - length_s))
    turn, line = report.turns[0], ear.lines[0]
    speaks_s = line.start_s + lull.start_s + 0.5
    assert ear.silent_from_s(speaks_s) - speaks_s <= 0.3 + 0.2
    assert turn.line.end_s < line.end_s - 1.0 and turn.line.marks[0].kind == "lull"
    assert turn.answer.overlaps == () and turn.reactions == ()
    assert turn.answer.end_s - turn.answer.start_s == pytest.approx(len(sentence) / RATE_HZ, abs=0.2)
    assert {found.rule: found.state for found in turn.findings}["wait-for-the-lull"] == "kept"


def test_who_cuts_in_before_the_lull_is_told_so(sentence: Clip, lull: Mark, tmp_path: Path) -> None:
    probe = Ear(most=1)
    call(tmp_path / "probe", [], probe, reactions={})
    length_s = probe.lines[0].end_s - probe.lines[0].start_s
    report = call(tmp_path / "call", [sentence], Ear(most=2), Manners(begins_after_s=1.0 - length_s))
    states = {found.rule: found.state for found in report.turns[0].findings}
    assert states["wait-for-the-lull"] == "broken" and states["never-interrupt"] == "broken"


class Leaky(PlayedHeadset):
    """Headphones that the microphone hears, 25 dB softer and 0.15 s later."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self._tail = quiet(0.15)

    def play(self, clip: Clip) -> None:
        self._tail = np.concatenate((quiet(0.15), clip * np.float32(10 ** (-25 / 20))))
        super().play(clip)

    def read(self) -> Block:
        block = super().read()
        leak, self._tail = np.resize(self._tail[:BLOCK], BLOCK) if len(self._tail) >= BLOCK else 0, self._tail[BLOCK:]
        return replace(block, samples=to_pcm(from_pcm(block.samples) + leak))


def test_a_customer_whom_the_microphone_hears_is_never_taken_for_the_trainee(
    sentence: Clip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The customer speaks in a real voice here: a buzz is no speech, and nobody would take it for any."""
    spoken, line = library.voices()["heart"], Backstage.line

    def real(self: Backstage, text: str, anger: float) -> Spoken:
        self._voice = spoken
        return line(self, text, anger)

    monkeypatch.setattr(Backstage, "line", real)
    report = call(tmp_path, [sentence, sentence], Ear(most=2), headset=Leaky)
    assert '"kind":"leak"' in events(tmp_path) and '"interrupted"' not in events(tmp_path).split('"kind":"ended"')[0]
    assert "leak" in report.notes and len(report.turns) == 2
    for turn in report.turns:
        answer = turn.answer
        assert answer.overlaps == () and turn.reactions == ()
        assert answer.start_s - turn.line.end_s == pytest.approx(0.6, abs=0.15)
        found = next(one for one in turn.findings if one.rule == "never-interrupt")
        assert (found.state, found.reason) == ("not_measurable", "leak")
