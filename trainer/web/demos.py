"""The demo call, to be watched before the first call of one's own: made once, by the stand-in trainee, and kept."""

import logging
import threading
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from trainer import library, soundcheck, standin
from trainer.access import Person
from trainer.cast import Cast, voice_of
from trainer.errors import TrainerError
from trainer.exports.page import inert
from trainer.exports.translated import translated
from trainer.headset import PlayedHeadset
from trainer.records import Report
from trainer.web import attempts, calls, rendering
from trainer.web.desk import STAND_IN, Desk, now
from trainer.web.doors import about
from trainer.web.pages import agreed
from trainer.words import say

SCENARIO = "late-delivery"
_log = logging.getLogger(__name__)


class Demo:
    """The making of a demo call, beside everything else."""

    def __init__(self) -> None:
        self.problem = ""
        self._thread: threading.Thread | None = None

    @property
    def being_made(self) -> bool:
        """Whether it is on its way."""
        return self._thread is not None and self._thread.is_alive()

    def make(self, desk: Desk) -> None:
        """Begin, unless it has begun."""
        if not self.being_made:
            self.problem = ""
            self._thread = threading.Thread(target=self._run, args=(desk,), name="demo", daemon=True)
            self._thread.start()

    def _run(self, desk: Desk) -> None:
        try:
            made(desk)
        except TrainerError as problem:
            self.problem = str(problem)
        except Exception:
            _log.exception("demo")
            self.problem = say("web.broke")


def made(desk: Desk) -> Report:
    """A call of the stand-in trainee, whole, as `trainer demo` makes it. Raises what a call raises."""
    scenario = library.scenarios()[SCENARIO]
    player = standin.StandInTrainee(SCENARIO, stubborn=False)
    recogniser, at = desk.recogniser(scenario.language), now()
    with desk.kept.sound_check(STAND_IN) as folder:
        headset = PlayedHeadset(player.sound_check(), name=STAND_IN)
        baseline = soundcheck.run(headset, folder, recogniser, STAND_IN, at).baseline
    voice, guides = voice_of(scenario.voice), tuple(library.guides())
    cast = Cast(scenario, voice, library.rules(), guides, STAND_IN, baseline, at, patience=standin.PATIENCE)
    header = {"scenario": SCENARIO, "trainee": STAND_IN, "started_at": at, "output_latency_s": 0.0}
    headset = PlayedHeadset(player.answers(), name=STAND_IN)
    return calls.played(desk, cast, headset, desk.kept.new(SCENARIO, STAND_IN), header)


@agreed
async def demo(request: Request, at: Desk, who: str) -> Response:
    """To the newest demo call; where there is none, the page on which one is made."""
    kept = [one for one in await run_in_threadpool(at.attempts, STAND_IN) if one.turns]
    if kept:
        return RedirectResponse(f"/attempts/{quote(kept[0].attempt)}/watch", 303)
    making: Demo = request.app.state.demo
    return rendering.page("demo.html", person=who, being_made=making.being_made, problem=making.problem)


@agreed
async def make(request: Request, at: Desk, who: str) -> Response:
    """Make one."""
    request.app.state.demo.make(at)
    return RedirectResponse("/demo", 303)


@about("hear")
async def watch(request: Request, at: Desk, who: Person, name: str) -> Response:
    """A call that was had already, as it went: its sound, the customer's figure, the words, and what moved them."""
    found = translated(await run_in_threadpool(at.kept.load, name))
    return rendering.page(
        "watch.html",
        person=who.name,
        role=who.role,
        report=found,
        title=library.called(found.scenario),
        spoken=library.spoken(found.scenario),
        course=inert(_course(found)),
        texts=rendering.texts("watch"),
    )


ROUTES = [
    Route("/demo", demo),
    Route("/demo", make, methods=["POST"]),
    Route("/attempts/{id}/watch", watch),
]


def _course(report: Report) -> list[dict[str, object]]:
    """Everything that is heard and seen, turn by turn."""
    return [
        {
            "line": attempts.address(report, turn.number, "line"),
            "text": turn.line.text,
            "anger": turn.line.anger,
            "answer": attempts.address(report, turn.number, "answer"),
            "said": turn.answer.text,
            "after": turn.anger_after,
            "why": calls.why(turn),
        }
        for turn in report.turns
    ]
