"""The room at one program: twelve people joined, each with a page open, and the instructor's board in Chromium.

The clock runs from the moment in which somebody's page says where it is (or the instructor's form is sent) to the one
in which the board (or the last of the twelve pages) shows it. Both ends are on this machine.
"""

import json
import statistics
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.gates import Figure
from tests.web.program import Program, browser, serving
from trainer.store.courses import Courses
from trainer.store.database import Database
from trainer.store.links import Links

PEOPLE, ROUNDS = 12, 5
FOLLOWS_S = 1.0
PUSHED = ("late-delivery", "short-call")
BEGINS_S = 120.0
AT = "2026-11-24T08:00:00+00:00"
STAGES = ("ringing", "/soundcheck", "/call/late-delivery", "/attempts/x", "/courses/1")
SHOWN = ("ringing", "soundcheck", "ready", "debrief", "waiting")
_WATCH = """
    ([stage, count]) => {
        const seen = () => document.querySelectorAll(`.seat[data-stage=${stage}]`).length >= count;
        window.seen = new Promise((done) => {
            const look = new MutationObserver(() => seen() && (look.disconnect(), done(Date.now() / 1000)));
            look.observe(document.body, { subtree: true, childList: true });
        });
    }
"""


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench") as name, serving(Path(name)) as program, ExitStack() as stack:
        database = Database(Path(name))
        courses = Courses(database)
        course = courses.open("Bench", "Jan", AT)
        instructor = Links(database).make("instructor", "Jan", AT)
        secrets = [courses.enter(course, f"Person {number}", AT) for number in range(PEOPLE)]
        _asked(program, f"/courses/{course}/board", instructor)  # it loads models and scenarios first
        pages = [stack.enter_context(connected(program, course, secret)) for secret in secrets]
        board = stack.enter_context(browser()).new_page()
        board.goto(f"http://localhost:{program.port}/in/{instructor}")
        board.locator("button.main").click()
        board.goto(f"http://localhost:{program.port}/courses/{course}/board")
        board.locator(".seat[data-stage=waiting]").nth(PEOPLE - 1).wait_for()
        one, all_at_once = _followed(board, pages)
        pushed = [_pushed(program, course, instructor, pages, PUSHED[turn % 2]) for turn in range(ROUNDS)]
    note = f"{PEOPLE} pages joined; the slowest of {len(one)}, half within {statistics.median(one):.3f} s"
    return [
        Figure("the board follows one who moves", max(one), "s", FOLLOWS_S, note=note),
        Figure("    and twelve who move at once", max(all_at_once), "s", FOLLOWS_S),
        Figure("a call pushed, on the last of twelve pages", max(pushed), "s", FOLLOWS_S),
    ]


def connected(program: Program, course: int, secret: str) -> Any:
    """A page of the course without a browser: its WebSocket."""
    from websockets.sync.client import connect

    address = f"ws://localhost:{program.port}/courses/{course}/live"
    headers = _headers(program, secret)
    return connect(address, additional_headers=headers, max_queue=None, ping_interval=None)


def _followed(board: Any, pages: list[Any]) -> tuple[list[float], list[float]]:
    """Seconds until the board shows one who moves, and all who move at once."""
    one, all_at_once = [], []
    for _ in range(ROUNDS):
        for place, shown in zip(STAGES, SHOWN, strict=True):
            one.append(_seen(board, shown, 1, pages[:1], place))
            all_at_once.append(_seen(board, shown, PEOPLE, pages, place))
    return one, all_at_once


def _seen(board: Any, shown: str, count: int, pages: list[Any], place: str) -> float:
    board.evaluate(_WATCH, [shown, count])
    since_s = time.time()
    for page in pages:
        page.send(place)
    return float(board.evaluate("window.seen")) - since_s


def _pushed(program: Program, course: int, instructor: str, pages: list[Any], scenario: str) -> float:
    """Seconds from the instructor's form to the last page that has the call."""
    for page in pages:
        _until_quiet(page)
    came: list[float] = []
    waiting = [threading.Thread(target=lambda page=page: came.append(_begins(page, scenario))) for page in pages]
    for one in waiting:
        one.start()
    since_s = time.time()
    _asked(program, f"/courses/{course}/programme", instructor, {"scenario": scenario, "does": "push"})
    for one in waiting:
        one.join()
    return max(came) - since_s


def _begins(page: Any, scenario: str) -> float:
    while f'main" href="/call/{scenario}"' not in json.loads(page.recv(timeout=10)).get("given", ""):
        pass
    return time.time()


def _until_quiet(page: Any) -> None:
    """Read what has come already."""
    try:
        while True:
            page.recv(timeout=0.05)
    except TimeoutError:
        return


def _asked(program: Program, path: str, secret: str, form: dict[str, str] | None = None) -> None:
    """Ask for a page, or send a form."""
    body = urllib.parse.urlencode(form).encode() if form else None
    asked = urllib.request.Request(f"http://localhost:{program.port}{path}", body, _headers(program, secret))
    urllib.request.urlopen(asked, timeout=BEGINS_S).close()


def _headers(program: Program, secret: str) -> dict[str, str]:
    return {"Cookie": f"trainer-link-{program.port}={secret}", "Origin": f"http://localhost:{program.port}"}
