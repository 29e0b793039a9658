"""Every route with every role, and with none: a new route without a row here fails."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from tests.web.client import HELLO
from tests.web.site import HOME, PORT, by_link, stranger, trainee, visitor
from tests.web.test_pages import kept_call
from trainer.access import Person
from trainer.store import Attempts
from trainer.store.assignments import Assignments
from trainer.store.clips import Clips
from trainer.store.courses import Courses
from trainer.store.database import Database
from trainer.store.links import Links
from trainer.store.sharing import Sharing
from trainer.web import wire
from trainer.web.demos import Demo
from trainer.web.desk import Desk
from trainer.web.guard import REFUSED
from trainer.web.live import NOT_HERE
from trainer.web.site import ROUTES

AT = "2026-11-24T08:00:00+00:00"
EVERYBODY = "nobody owner anna piotr coach instructor"
LET_IN = "owner anna piotr coach instructor"
SPEAKERS = "owner anna piotr"
LISTENERS = "coach instructor"
ANNAS = "owner anna"
"""The attempt is Anna's: the owner says that they are Anna, and Anna has come in by a link of hers."""

TABLE = {
    "GET /": LET_IN,
    "GET /consent": SPEAKERS,
    "POST /consent": SPEAKERS,
    "GET /call/{id}": SPEAKERS,
    "GET /call/{id}/warmup": SPEAKERS,
    "GET /soundcheck": SPEAKERS,
    "GET /https": LET_IN,
    "GET /static/{name}": EVERYBODY,
    "GET /attempts/{id}/{turn:int}/again": ANNAS,
    "GET /attempts/{id}/{turn:int}/again.flac": ANNAS,
    "GET /demo": SPEAKERS,
    "POST /demo": SPEAKERS,
    "GET /attempts/{id}/watch": ANNAS,
    "GET /progress": SPEAKERS,
    "GET /attempts": SPEAKERS,
    "GET /attempts/{id}": ANNAS,
    "GET /attempts/{id}/replay": ANNAS,
    "GET /attempts/{id}/replay.wav": ANNAS,
    "GET /attempts/{id}/replay.bin": ANNAS,
    "GET /attempts/{id}/compare": ANNAS,
    "POST /attempts/{id}/debrief": ANNAS,
    "POST /attempts/{id}/forget": ANNAS,
    "GET /attempts/{id}/{turn:int}/{which}.flac": ANNAS,
    "POST /language": LET_IN,
    "GET /in/{secret}": EVERYBODY,
    "POST /in/{secret}": EVERYBODY,
    "POST /leave": LET_IN,
    "GET /sharing": SPEAKERS,
    "POST /sharing": SPEAKERS,
    "POST /attempts/{id}/share": ANNAS,
    "GET /coaching": LISTENERS,
    "POST /assignments": LISTENERS,
    "POST /assignments/{number:int}/withdraw": "coach",
    "GET /attempts/{id}/comments": ANNAS,
    "POST /attempts/{id}/comments": ANNAS,
    "POST /attempts/{id}/comments/spoken": ANNAS,
    "GET /attempts/{id}/comments/{number:int}.flac": ANNAS,
    "POST /attempts/{id}/notes": "",
    "POST /attempts/{id}/{turn:int}/overrule": "",
    "POST /attempts/{id}/{turn:int}/exemplary": "",
    "POST /attempts/{id}/{which}/{number:int}/withdraw": ANNAS,
    "GET /clips": LET_IN,
    "GET /clips/{number:int}/{which}.flac": ANNAS,
    "POST /clips/{number:int}/agree": ANNAS,
    "GET /links": "owner",
    "POST /links": "owner",
    "POST /links/{number:int}/revoke": "owner",
    "POST /links/teach": "owner",
    "GET /join": EVERYBODY,
    "POST /join": EVERYBODY,
    "GET /join/{code}": EVERYBODY,
    "GET /courses": "instructor",
    "POST /courses": "instructor",
    "GET /courses/{course:int}": ANNAS,
    "POST /courses/{course:int}/share": ANNAS,
    "GET /courses/{course:int}/board": "instructor",
    "POST /courses/{course:int}/programme": "instructor",
    "POST /courses/{course:int}/close": "instructor",
    "POST /courses/{course:int}/members": "instructor",
    "GET /courses/{course:int}/outcome": "instructor",
    "GET /courses/{course:int}/outcome.{kind}": "instructor",
    "POST /settings/coaching-only": "owner",
    "POST /courses/{course:int}/rounds": "instructor",
    "POST /courses/{course:int}/rounds/reveal": "instructor",
    "POST /courses/{course:int}/rounds/close": "instructor",
    "POST /courses/{course:int}/rounds/agree": ANNAS,
    "POST /courses/{course:int}/rounds/mark": ANNAS,
}
OF_WHAT_IS_SHARED = {
    "GET /attempts/{id}",
    "GET /attempts/{id}/watch",
    "GET /attempts/{id}/{turn:int}/{which}.flac",
    "GET /attempts/{id}/replay",
    "GET /attempts/{id}/replay.wav",
    "GET /attempts/{id}/replay.bin",
    "GET /attempts/{id}/compare",
    "GET /attempts/{id}/comments",
    "POST /attempts/{id}/comments",
    "POST /attempts/{id}/comments/spoken",
    "GET /attempts/{id}/comments/{number:int}.flac",
    "POST /attempts/{id}/notes",
    "POST /attempts/{id}/{turn:int}/overrule",
    "POST /attempts/{id}/{turn:int}/exemplary",
    "POST /attempts/{id}/{which}/{number:int}/withdraw",
}
"""What a coach and an instructor may do with an attempt that is shared, and nothing else with it."""
WORDS = {"text": "Well done.", "reason": "It was calm.", "rule": "apologise", "state": "said"}
ASKED = {"trainee": "Anna", "scenario": "talkative", "due": "2999-12-31", "least": "1", "goal": ""}
FORMS = {
    "POST /consent": {"name": "Anna", "agree": "yes"},
    "POST /links": {"name": "Ewa", "role": "coach"},
    "POST /assignments": ASKED,
    "POST /links/teach": {"name": "Jan"},
    "POST /courses": {"title": "Monday"},
    "POST /courses/{course:int}/programme": {"scenario": "late-delivery", "does": "push"},
    "POST /courses/{course:int}/rounds": {"person": "Anna", "scenario": "late-delivery"},
}
"""What a form needs, to be more than a bad one."""
SPOKEN = b"\x00\x10" * 16_000
NOTHING_YET = (
    "GET /attempts/{id}/comments/{number:int}.flac",
    "GET /attempts/{id}/{turn:int}/again.flac",
    "POST /attempts/{id}/{which}/{number:int}/withdraw",
    "POST /attempts/{id}/{turn:int}/overrule",
    "POST /courses/{course:int}/rounds/agree",
    "POST /courses/{course:int}/rounds/mark",
)
"""Nothing was said again, written or found: those who may do this are told that there is nothing."""
COMES_IN: dict[str, Callable[[Path], TestClient]] = {
    "nobody": stranger,
    "owner": trainee,
    "anna": lambda root: by_link(root, "trainee", "Anna"),
    "piotr": lambda root: by_link(root, "trainee", "Piotr"),
    "coach": lambda root: by_link(root, "coach", "Ewa"),
    "instructor": lambda root: by_link(root, "instructor", "Jan"),
}


@pytest.fixture(autouse=True)
def _nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """No customer's voice and no demo call: here it matters who may ask for them."""
    monkeypatch.setattr(Desk, "expect", lambda self, scenario: None)
    monkeypatch.setattr(Demo, "make", lambda self, desk: None)


def test_every_route_has_a_row() -> None:
    assert {f"{method} {route.path}" for route in ROUTES for method in methods(route)} == set(TABLE)


@pytest.mark.parametrize("who", ["coach", "instructor", "piotr"])
@pytest.mark.parametrize("row", [one for one in TABLE if "/attempts/{id}" in one])
def test_sharing_opens_to_those_who_listen_what_listening_needs_and_no_more(site: "Site", row: str, who: str) -> None:
    Sharing(Database(site.root)).say("Anna", True, AT, site.attempt)
    try:
        assert asked(site, row, who) == (row in OF_WHAT_IS_SHARED and who != "piotr")
    finally:
        Sharing(Database(site.root)).say("Anna", False, AT, site.attempt)


def methods(route: Route) -> set[str]:
    return (route.methods or set()) - {"HEAD"}


@pytest.mark.parametrize("who", COMES_IN)
@pytest.mark.parametrize("row", [one for one in TABLE if one.startswith("GET")])
def test_a_page_is_there_for_those_of_its_row_and_for_nobody_else(site: "Site", row: str, who: str) -> None:
    assert asked(site, row, who) == (who in TABLE[row].split())


@pytest.mark.parametrize("row", [one for one in TABLE if one.startswith("POST")])
def test_what_a_form_does_is_done_for_those_of_its_row_and_for_nobody_else(site: "Site", row: str) -> None:
    assert {who for who in COMES_IN if asked(site, row, who)} == set(TABLE[row].split())


@pytest.mark.parametrize("who", COMES_IN)
def test_only_who_rehearses_has_a_microphone(site: "Site", who: str) -> None:
    try:
        with site.client(who).websocket_connect(f"ws://localhost:{PORT}/wire", headers={"origin": HOME}) as socket:
            socket.send_json({**HELLO, "type": "hello", "sitting": "none-such"})
            code = socket.receive()["code"]
    except WebSocketDisconnect as refused:
        code = refused.code
    assert code == (REFUSED if who == "nobody" else wire.UNKNOWN if who in SPEAKERS.split() else wire.AGAINST_THE_RULES)


@pytest.mark.parametrize("who", COMES_IN)
def test_only_who_holds_a_course_or_takes_part_in_it_follows_it(site: "Site", who: str) -> None:
    path = f"ws://localhost:{PORT}/courses/{site.course}/live"
    try:
        with site.client(who).websocket_connect(path, headers={"origin": HOME}) as socket:
            message = socket.receive()
            code = message.get("code", 0)
    except WebSocketDisconnect as refused:
        code = refused.code
    assert code == (REFUSED if who == "nobody" else 0 if who in ("owner", "anna", "instructor") else NOT_HERE)


class Site:
    """A site with a call of Anna's, and everybody at its door."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.links = Links(Database(root))
        self.courses = Courses(Database(root))
        self._attempt = ""
        self._known: dict[str, TestClient] = {}

    def client(self, who: str) -> TestClient:
        if who not in self._known:
            self._known[who] = COMES_IN[who](self.root)
        return self._known[who]

    @property
    def course(self) -> int:
        """A course of Jan's in which Anna takes part: a new one each time, since somebody closes it."""
        made = self.courses.open("Monday", "Jan", AT)
        self.courses.join(made, "Anna", AT)
        return made

    def closed(self, number: int) -> str:
        self.courses.close(number, AT)
        return str(number)

    @property
    def code(self) -> str:
        return self.courses.get(self.course).code

    @property
    def attempt(self) -> str:
        """A call of Anna's; a new one where somebody has just removed it."""
        if self._attempt not in Attempts(self.root).ids():
            self._attempt = kept_call(self.root, "Anna").attempt
        return self._attempt

    def left(self, who: str) -> None:
        """They are somebody else from now on."""
        self._known.pop(who, None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("site"))


def asked(site: Site, row: str, who: str) -> bool:
    """Whether a route let somebody in: no refusal, no "not there", and not sent to the door of those who rehearse."""
    method, path = row.split()
    headers = {"origin": HOME} if method == "POST" else {}
    form = {"code": site.code, "name": f"Zoe {site.course}"} if row == "POST /join" else FORMS.get(row, WORDS)
    carried = {"content": SPOKEN} if path.endswith("/spoken") else {"data": form}
    answer = site.client(who).request(method, address(site, path), headers=headers, **carried)  # type: ignore[arg-type]
    if row in ("POST /leave", "POST /in/{secret}", "POST /join", "POST /links/teach"):
        site.left(who)
    if answer.status_code == 404:
        return row in NOTHING_YET and (who in TABLE[row].split() or shared(site, row, who))
    assert answer.status_code < 500 and answer.status_code != 400
    return answer.status_code != 403 and answer.headers.get("location") != "/consent"


def shared(site: Site, row: str, who: str) -> bool:
    said = Sharing(Database(site.root)).of("Anna")
    return row in OF_WHAT_IS_SHARED and who in LISTENERS.split() and said.covers(site.attempt)


def address(site: Site, path: str) -> str:
    """The address of a route, about Anna's call, or about a link that was just made."""
    values = {"{turn:int}": "1", "{which}": "answer", "{name}": "trainer.css"}
    if path.startswith("/clips/"):
        clips = Clips(Database(site.root))
        clips.mark(site.attempt, "Anna", 1, Person("coach", "Ewa"), AT, "Calm.")
        clips.agree(clips.of(site.attempt)[1].id, "")
        values["{number:int}"] = str(clips.of(site.attempt)[1].id)
    if path.startswith("/assignments"):
        site.links.make("trainee", "Anna", AT)
        given = Assignments(Database(site.root))
        given.give(Person("coach", "Ewa"), AT, "Anna", "talkative", "2999-12-31", 1)
        values["{number:int}"] = str(given.of("Anna")[-1].id)
    values["{id}"] = site.attempt if "/attempts" in path else "late-delivery"
    if "{secret}" in path or path.startswith("/links/"):
        values["{secret}"] = site.links.make("coach", "Ola", AT)
        values["{number:int}"] = str(site.links.all()[0].id)
    values.setdefault("{number:int}", "99")
    values |= {"{course:int}": str(site.course), "{code}": "ABC"} if path.startswith(("/courses", "/join")) else {}
    if "/outcome" in path:
        values |= {"{course:int}": site.closed(site.course), "{kind}": "csv"}
    for place, value in values.items():
        path = path.replace(place, value)
    return path


def test_who_came_in_by_a_link_is_who_the_link_says_whatever_their_browser_says(tmp_path: Path) -> None:
    kept = kept_call(tmp_path, "Anna")
    client = by_link(tmp_path, "trainee", "Piotr")
    client.cookies.set("trainer-person", "Anna")
    assert client.get(f"/attempts/{kept.attempt}").status_code == 404
    done = client.post("/consent", data={"name": "Anna", "agree": "yes"}, headers={"origin": HOME})
    assert done.status_code == 303 and client.get(f"/attempts/{kept.attempt}").status_code == 404


def test_whether_somebody_else_has_rehearsed_is_told_to_nobody(tmp_path: Path) -> None:
    kept = kept_call(tmp_path, "Anna")
    client = by_link(tmp_path, "coach", "Ewa")
    answers = [client.get(f"/attempts/{name}") for name in (kept.attempt, "latest", "2", "never-was")]
    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1 and kept.attempt not in answers[0].text


def test_a_link_that_is_taken_back_lets_nobody_in_from_that_moment_on(tmp_path: Path) -> None:
    owner, coach = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    assert coach.get("/https").status_code == 200
    assert owner.post("/links/1/revoke", headers={"origin": HOME}).status_code == 303
    assert coach.get("/https").status_code == 403
    with (
        pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)),
        coach.websocket_connect(f"ws://localhost:{PORT}/wire", headers={"origin": HOME}),
    ):
        pass
    assert "taken back" in owner.get("/links").text
    assert owner.post("/links/1/revoke", headers={"origin": HOME}).status_code == 404


def test_a_secret_is_shown_once_and_kept_nowhere(tmp_path: Path) -> None:
    owner = trainee(tmp_path)
    made = owner.post("/links", data={"name": "Ewa", "role": "coach"}, headers={"origin": HOME}).text
    shown = made.split("/in/")[1].split("<")[0]
    assert len(shown) >= 43  # 256 bits in base64
    assert shown not in owner.get("/links").text
    assert all(shown.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert stranger(tmp_path).get(f"/in/{shown}").status_code == 200
    assert stranger(tmp_path).get(f"/in/{shown[:-1]}").status_code == 404


@pytest.mark.parametrize("form", [{}, {"name": "Ewa", "role": "owner"}, {"name": " ", "role": "coach"}])
def test_no_link_is_made_for_the_owner_or_for_nobody(tmp_path: Path, form: dict[str, str]) -> None:
    owner = trainee(tmp_path)
    assert owner.post("/links", data=form, headers={"origin": HOME}).status_code == 400
    assert "Ewa" not in owner.get("/links").text


def test_a_link_can_be_opened_out_of_a_mail_but_only_its_own_button_comes_in(tmp_path: Path) -> None:
    owner = trainee(tmp_path)
    made = owner.post("/links", data={"name": "Ewa", "role": "coach"}, headers={"origin": HOME}).text
    path = "/in/" + made.split("/in/")[1].split("<")[0]
    client, elsewhere = stranger(tmp_path), {"sec-fetch-site": "cross-site"}
    opened = client.get(path, headers=elsewhere)
    assert opened.status_code == 200 and "Ewa" in opened.text and "set-cookie" not in opened.headers
    assert client.post(path, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post(path, headers={"origin": HOME, **elsewhere}).status_code == 403
    came = client.post(path, headers={"origin": HOME})
    assert "HttpOnly" in came.headers["set-cookie"] and "SameSite=strict" in came.headers["set-cookie"]


def test_the_owner_can_look_in_as_a_coach_and_be_the_owner_again(tmp_path: Path) -> None:
    owner = visitor(tmp_path)
    made = owner.post("/links", data={"name": "Ewa", "role": "coach"}, headers={"origin": HOME}).text
    owner.post("/in/" + made.split("/in/")[1].split("<")[0], headers={"origin": HOME})
    assert owner.get("/links").status_code == 403
    owner.post("/leave", headers={"origin": HOME})
    assert owner.get("/links").status_code == 200


def test_a_forgotten_person_has_no_link_any_more(tmp_path: Path) -> None:
    coach = by_link(tmp_path, "coach", "Ewa")
    assert Attempts(tmp_path).forget_person("Ewa") == ["Ewa"]
    assert coach.get("/https").status_code == 403
