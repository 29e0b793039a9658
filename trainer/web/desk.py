"""What all pages share: what is kept, who calls, and the recognisers, which are loaded once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from trainer import access, library, tts
from trainer.cast import voice_of
from trainer.coaching.thresholds import shipped_thresholds
from trainer.cores import AT_ONCE
from trainer.dialogue import opening
from trainer.errors import TrainerError
from trainer.records import Clip, Report, Scenario, Transcript, Voice
from trainer.store import Attempts, Summary, people
from trainer.store.assignments import Assignments
from trainer.store.clips import Clips
from trainer.store.comments import Comments
from trainer.store.courses import Course, Courses
from trainer.store.database import Database
from trainer.store.hearings import Hearings
from trainer.store.index import Index
from trainer.store.links import Links
from trainer.store.notes import Notes
from trainer.store.overrulings import Overrulings
from trainer.store.programme import Programme
from trainer.store.rounds import Rounds
from trainer.store.settings import Settings
from trainer.store.sharing import Said, Sharing
from trainer.web import suggestion
from trainer.web.drawings import Drawings
from trainer.words import language

if TYPE_CHECKING:
    from trainer.asr import Recogniser

STAND_IN = "stand-in"
"""The trainee of the demo, whose calls everybody may watch."""
REPORTS = 64
"""So many are held in memory."""
TURN_S = 25.0
"""A line and its answer, for the length of a call on its card: our choice, after the stand-in's calls."""

Load = Callable[[str], "Recogniser"]


@dataclass(frozen=True)
class Card:
    """A scenario to choose: what it is, how often and when it was last rehearsed, and why it is suggested today."""

    scenario: Scenario
    minutes: int
    times: int
    last: str
    suggested: str


class Shared:
    """A recogniser that several calls share: who asked first is first, as many side by side as there are cores for."""

    def __init__(self, recogniser: "Recogniser") -> None:
        self.name = recogniser.name
        self._recogniser = recogniser
        self._queue = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="recogniser")

    def recognise(self, clip: Clip) -> Transcript:
        """The words, when it is free."""
        return self._queue.submit(self._recogniser.recognise, clip).result()


class Desk:
    """One program's store and models."""

    def __init__(self, kept: Attempts, load: Load) -> None:
        self.kept = kept
        self.database = Database(kept.root)
        self.index = Index(self.database, kept)
        self.links = Links(self.database)
        self.sharing = Sharing(self.database)
        self.hearings = Hearings(self.database)
        self.comments = Comments(self.database)
        self.overrulings = Overrulings(self.database)
        self.notes = Notes(self.database)
        self.clips = Clips(self.database)
        self.courses = Courses(self.database)
        self.programme = Programme(self.database)
        self.rounds = Rounds(self.database)
        self.settings = Settings(self.database)
        self.assignments = Assignments(self.database)
        self.drawings = Drawings()
        self._load = load
        self._recognisers: dict[str, Shared] = {}
        self._loading = threading.Lock()
        self._report = lru_cache(REPORTS)(kept.load)  # one that is finished does not change any more

    def recogniser(self, language: str) -> Shared:
        """The recogniser of a language; the first to ask waits for it to be loaded."""
        with self._loading:
            if language not in self._recognisers:
                self._recognisers[language] = Shared(self._load(language))
            return self._recognisers[language]

    def warm_up(self) -> None:
        """Load what the first call will need, beside everything else."""
        threading.Thread(target=self._warm_up, daemon=True).start()

    def _warm_up(self) -> None:
        for spoken in dict.fromkeys(one.language for one in library.scenarios().values()):
            with suppress(TrainerError):  # it is told to whoever calls in that language
                self.recogniser(spoken)

    def expect(self, scenario: Scenario) -> None:
        """Make what the customer will say first, while the briefing is read."""
        text = opening(scenario, 0, "normal").line
        threading.Thread(target=_prepared, args=(voice_of(scenario.voice), text), daemon=True).start()

    def cards(self, person: str) -> list[Card]:
        """Every scenario, those in the language of the page first; one of them is suggested, with the reason."""
        mine = self.attempts(person)
        known = library.scenarios()
        last = {id: max((one.started_at for one in mine if one.scenario == id), default="") for id in known}
        suggested = suggestion.today(known, last, self.reports(person, shipped_thresholds().progress.recent_calls))
        cards = [
            Card(
                one,
                max(1, round(len(one.beats) * TURN_S / 60)),
                sum(kept.scenario == id for kept in mine),
                last[id][:10],
                suggested.why if id == suggested.scenario else "",
            )
            for id, one in known.items()
        ]
        return sorted(cards, key=lambda card: (card.scenario.language != language(), not card.suggested))

    def reports(self, person: str, most: int) -> list[Report]:
        """The latest calls of a person that have a report, in the order in which they were made."""
        finished = [one.attempt for one in self.attempts(person) if one.turns]
        return [self._report(name) for name in reversed(finished[:most])]

    def report(self, attempt: str) -> Report | None:
        """The report of a call that is over; None of one that is not, or not any more."""
        with suppress(TrainerError):
            return self._report(attempt)
        return None

    def shared(self, trainee: str, attempt: str) -> access.Attempt:
        """An attempt as whoever asks for it is held against: whose it is, and with whom it is shared."""
        whose, course = people.name(trainee), self.courses.of_attempt(attempt)
        return shared(whose, attempt, self.sharing.of(whose), course)

    def attempts(self, person: str) -> list[Summary]:
        """A person's attempts, the newest first."""
        return self.index.of(person)


def shared(trainee: str, attempt: str, said: Said, course: Course | None) -> access.Attempt:
    """The same, where what they have said, and the course of the attempt, are known."""
    number = course.id if course else None
    alone = course.instructor if course and said.covers_for_instructor(attempt, number) else ""
    return access.Attempt(trainee, said.covers(attempt, number), trainee == STAND_IN, alone)


def _prepared(speaker: Voice, text: str) -> None:
    with suppress(TrainerError):  # it is told when the call needs it
        tts.prepare(speaker, text)


def now() -> str:
    """This moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
