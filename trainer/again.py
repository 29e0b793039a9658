"""One answer of a call, said again: the customer's line is played once more, the new answer held against the first.

attempts/ID/again/NN-K/  take.json    what was measured, judged and compared
                         answer.flac  what was said
                         format.json, events.jsonl, and capture.pcm while it is recorded, as in an attempt
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from trainer import analyse, attempt, documents, library, sound
from trainer.answer import on_clock
from trainer.asr import Recogniser
from trainer.coaching import baseline as own_voice
from trainer.coaching.compare import compare
from trainer.coaching.judge import Context, judge
from trainer.coaching.thresholds import TurnTaking, shipped_thresholds
from trainer.dictation import starts_s
from trainer.errors import BadSound
from trainer.headset import Headset
from trainer.journal import Journal
from trainer.records import Answer, Clip, Comparison, Finding, Line, Measures, Report, Span
from trainer.replay import AROUND_S
from trainer.tape import Tape
from trainer.turns.hearing import Hearing, Listening, Phase
from trainer.turns.marks import at_marks
from trainer.turns.patience import Patience
from trainer.turns.timing import Limits, timing
from trainer.words import say

FOLDER, TAKE, ANSWER = "again", "take.json", "answer.flac"


@dataclass(frozen=True)
class Take:
    """The answer to one turn's line, said again: judged as in the call, and compared with the first (AFTER is this)."""

    turn: int
    taken_at: str
    device: str
    answer: Answer
    findings: tuple[Finding, ...]
    comparison: Comparison
    normal: Measures | None


@dataclass(frozen=True)
class Again:
    """What is to be said again: a turn of a call, at a headset, held against one's own normal voice of now."""

    report: Report
    turn: int
    headset: Headset
    recogniser: Recogniser
    taken_at: str
    normal: Measures | None
    leaks: bool = False
    without_rate: bool = False

    def run(self, show: Callable[[Phase], None] = lambda phase: None) -> Take:
        """Play the line, listen, judge and compare; keep it all. Raises BadSound where nobody says anything."""
        made = _unused(Path(self.report.folder), self.turn)
        with Journal(made, {"again": self.turn, "started_at": self.taken_at}) as journal:
            tape = Tape(self.headset, journal)
            heard = self._listen(tape, show)
            limits = Limits(_turns().back_channel_under_s, _turns().dead_air_from_s)
            said = heard.answer(limits.back_channel_under_s)
            if said is None or heard.line is None:
                raise BadSound(say("again.nothing_said"))
            clip = tape.clip(starts_s(said), said[1] + AROUND_S)
            found = tape.meanwhile(lambda: analyse.measure(clip, self.recogniser.recognise(clip)))
            taken = timing(heard.line, said, heard.speech(), heard.now_s, limits)
            take = self._judged(heard.line, heard.speech(), on_clock(found, said, starts_s(said), taken))
        _keep(made, take, tape.clip(said[0] - AROUND_S, said[1] + AROUND_S))
        return take

    def _listen(self, tape: Tape, show: Callable[[Phase], None]) -> Listening:
        """From the line's first sample until the answer is over."""
        patience = Patience()
        heard = Listening(Hearing(patience), patience, 0.0)
        line = attempt.line_file(Path(self.report.folder), self.turn)
        self.headset.play(sound.read(line, sound.ANSWER_LONGEST_S))
        phase: Phase | None = None
        while phase not in ("ended", "dead_air"):
            block = tape.read()
            now = heard.feed(block, sound.from_pcm(block.samples))
            if now != phase:
                show(now)
            phase = now
        return heard

    def _judged(self, line: Span, speech: tuple[Span, ...], answer: Answer) -> Take:
        turns = self.report.turns[: self.turn]
        *earlier, first = [turn.answer if self._same_session() else _without_level(turn.answer) for turn in turns]
        scenario = library.scenarios().get(self.report.scenario)
        context = Context(
            self.normal,
            earlier,
            scenario.address if scenario else "",
            self.headset.output_latency_s,
            at_marks(_moved(turns[-1].line, line), speech, _turns().back_channel_under_s),
            self.leaks,
            scenario.language if scenario else "en",
            scenario.matter if scenario else "",
        )
        answer = own_voice.without(answer, "rate", own_voice.SWITCHED_OFF) if self.without_rate else answer
        findings = judge(answer, context, library.rules())
        device = self.headset.name
        return Take(self.turn, self.taken_at, device, answer, findings, compare(first, answer), self.normal)

    def _same_session(self) -> bool:
        """Whether the level of the call may be compared with that of now."""
        age_s = abs(own_voice.age_s(self.report.started_at, self.taken_at))
        known = shipped_thresholds().baseline
        return age_s <= known.session_hours * 3600.0 and _device(Path(self.report.folder)) == self.headset.name


def latest(folder: Path, turn: int) -> tuple[Take, Path, int] | None:
    """The newest take of a turn in an attempt's folder, where its sound is, and how many there are."""
    kept = [one for one in _folders(folder, turn) if (one / TAKE).is_file()]
    if not kept:
        return None
    path = kept[-1] / TAKE
    found = json.loads(path.read_text(encoding="utf-8"))
    return documents.read(Take, found, str(path)), kept[-1] / ANSWER, len(kept)


def _folders(folder: Path, turn: int) -> list[Path]:
    return sorted((folder / FOLDER).glob(f"{turn:02d}-*"), key=lambda path: int(path.name.split("-")[1]))


def _unused(folder: Path, turn: int) -> Path:
    known = {path.name for path in _folders(folder, turn)}
    name = next(name for number in count(1) if (name := f"{turn:02d}-{number}") not in known)
    return folder / FOLDER / name


def _keep(folder: Path, take: Take, clip: Clip) -> None:
    """The answer's sound in place of all that was recorded, and what was found in it."""
    sound.write_flac(folder / ANSWER, clip)
    attempt.write_text(folder / TAKE, documents.text(documents.versioned(take)))
    (folder / attempt.CAPTURE_PCM).unlink()


def _device(folder: Path) -> str:
    """At which headset a call took place; empty where that was not kept."""
    path = folder / attempt.EVENTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    cast = next((line for line in lines if '"kind":"cast"' in line), "{}")
    return str(json.loads(cast).get("device", ""))


def _moved(line: Line, heard: Span) -> Line:
    """The line of the call as it was heard this time, its marks with it."""
    later_s = heard[0] - line.start_s
    marks = tuple(replace(mark, start_s=mark.start_s + later_s, end_s=mark.end_s + later_s) for mark in line.marks)
    return replace(line, start_s=heard[0], end_s=heard[1], marks=marks)


def _without_level(answer: Answer) -> Answer:
    return own_voice.without(answer, "level", "other_session")


def _turns() -> TurnTaking:
    return shipped_thresholds().turns
