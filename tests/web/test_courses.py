"""A course in the browser: joined by a code and a name, its calls pushed and assigned, where everybody is, shared."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient, WebSocketTestSession

from tests.web.site import HOME, PORT, by_link, stranger, trainee, visitor
from tests.web.test_pages import kept_call
from trainer.store.courses import Course, Courses
from trainer.store.database import Database
from trainer.store.sharing import Sharing
from trainer.web import addresses, joining
from trainer.web.guard import reached_by
from trainer.web.whereabouts import AWAY, Stage, Whereabouts, at_page
from trainer.web.wire import Hello

pytestmark = pytest.mark.usefixtures("both_databases")

AT = "2026-11-24T08:00:00+00:00"


def opened(root: Path, *members: str) -> Course:
    courses = Courses(Database(root))
    made = courses.open("Monday", "Jan", AT)
    for one in members:
        courses.join(made, one, AT)
    return courses.get(made)


def post(client: TestClient, path: str, **form: str) -> int:
    return client.post(path, data=form, headers={"origin": HOME}).status_code


def live(client: TestClient, course: Course) -> WebSocketTestSession:
    return client.websocket_connect(f"ws://localhost:{PORT}/courses/{course.id}/live", headers={"origin": HOME})


def beside(client: TestClient, other: TestClient) -> TestClient:
    """The same client at the program of another: what one does, the other sees at once."""
    made = TestClient(other.app, base_url=HOME, follow_redirects=False, raise_server_exceptions=False)
    made.cookies.update(client.cookies)
    return made


def parts(socket: WebSocketTestSession) -> dict[str, str]:
    found: dict[str, str] = json.loads(socket.receive_text())
    return found


def test_who_types_the_code_and_a_name_is_in_without_an_account(tmp_path: Path) -> None:
    course, client = opened(tmp_path), stranger(tmp_path)
    assert course.code in client.get(f"/join/{course.code}").text
    came = client.post("/join", data={"code": course.code.lower(), "name": "Zoë"}, headers={"origin": HOME})
    assert came.headers["location"] == f"/courses/{course.id}" and "HttpOnly" in came.headers["set-cookie"]
    page = client.get(f"/courses/{course.id}")
    assert page.status_code == 200 and "Zoë" in page.text and "The first call will appear here" in page.text
    assert client.get("/").headers["location"] == f"/courses/{course.id}"  # who types the address again is not lost


def test_who_is_known_here_joins_as_who_they_are(tmp_path: Path) -> None:
    course, anna = opened(tmp_path), trainee(tmp_path, "Anna")
    assert "You join as Anna" in anna.get("/join").text
    assert post(anna, "/join", code=course.code, name="Piotr") == 303
    assert Courses(Database(tmp_path)).get(course.id).members == ("Anna",)
    assert anna.get("/").status_code == 200


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "80"), (" ", "80"), ("A" * 81, "80"), ("A\x07", "80"), ("Stand-In", "called"), ("Anna", "called"),
     ("anna", "called")],
)  # fmt: skip
def test_a_name_is_asked_for_again_where_it_is_none_or_anothers(tmp_path: Path, name: str, said: str) -> None:
    course = opened(tmp_path)
    kept_call(tmp_path, "Anna")
    client = stranger(tmp_path)
    answer = client.post("/join", data={"code": course.code, "name": name}, headers={"origin": HOME})
    assert answer.status_code == 400 and said in answer.text and "set-cookie" not in answer.headers


def test_who_agreed_at_the_machine_itself_is_nobody_else_in_a_course(tmp_path: Path) -> None:
    trainee(tmp_path, "Anna")
    assert post(stranger(tmp_path), "/join", code=opened(tmp_path).code, name="Anna") == 400


def test_codes_cannot_be_tried_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "WRONG_A_MINUTE", 3)
    course, client = opened(tmp_path), stranger(tmp_path)
    assert [post(client, "/join", code="AAAAAA", name="Eve") for _ in range(4)] == [404, 404, 404, 429]
    assert post(client, "/join", code=course.code, name="Eve") == 429


def test_a_page_of_somebody_elses_cannot_join_for_anybody(tmp_path: Path) -> None:
    course, client = opened(tmp_path), stranger(tmp_path)
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert client.get(f"/join/{course.code}", headers=elsewhere).status_code == 200  # the camera of a telephone
    form = {"code": course.code, "name": "Eve"}
    assert client.post("/join", data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post("/join", data=form, headers={"origin": HOME, **elsewhere}).status_code == 403


def test_a_course_that_is_closed_is_joined_by_nobody_and_stays_readable(tmp_path: Path) -> None:
    course, jan = opened(tmp_path, "Anna"), by_link(tmp_path, "instructor", "Jan")
    assert post(jan, f"/courses/{course.id}/close") == 303
    assert post(stranger(tmp_path), "/join", code=course.code, name="Zoë") == 404
    assert course.code not in jan.get(f"/courses/{course.id}/board").text
    assert "closed" in trainee(tmp_path).get(f"/courses/{course.id}").text


def test_what_is_pushed_is_on_every_page_at_once_and_one_click_begins_it(tmp_path: Path) -> None:
    course, jan = opened(tmp_path, "Anna"), by_link(tmp_path, "instructor", "Jan")
    anna = beside(trainee(tmp_path), jan)
    with live(anna, course) as page:
        assert "/call/" not in parts(page)["given"]
        assert post(jan, f"/courses/{course.id}/programme", scenario="late-delivery", does="push") == 303
        told = parts(page)
        assert 'href="/call/late-delivery"' in told["given"] and 'href="/call/late-delivery"' in told["banner"]
        assert post(jan, f"/courses/{course.id}/programme", scenario="late-delivery", does="calm") == 303
        told = parts(page)
        assert 'id="begin"' not in told["given"] and 'id="call-late-delivery"' in told["given"]  # still on the list
    assert post(jan, f"/courses/{course.id}/programme", scenario="none", does="push") == 400


def test_the_board_follows_where_everybody_is_and_shows_no_result(tmp_path: Path) -> None:
    course, jan = opened(tmp_path, "Anna", "Piotr"), by_link(tmp_path, "instructor", "Jan")
    anna = beside(trainee(tmp_path), jan)
    with live(jan, course) as board:
        assert parts(board)["board"].count('data-stage="away"') == 2
        with live(anna, course) as page:
            page.send_text(f"/courses/{course.id}")
            told = parts(board)
            assert set(told) == {"board"} and told["board"].count('data-stage="waiting"') == 1
            page.send_text("ringing")
            assert 'data-stage="ringing"' in parts(board)["board"]


def test_who_does_not_belong_there_is_removed_and_their_page_told_nothing_more(tmp_path: Path) -> None:
    course, jan = opened(tmp_path, "Anna", "Piotr"), by_link(tmp_path, "instructor", "Jan")
    anna = beside(trainee(tmp_path), jan)
    with live(anna, course) as page:
        parts(page)
        assert post(jan, f"/courses/{course.id}/members", person="Anna") == 303
        assert page.receive()["code"] == 4404
    assert anna.get(f"/courses/{course.id}").status_code == 404
    assert "Anna" not in jan.get(f"/courses/{course.id}/board").text


def test_a_link_that_is_taken_back_is_told_nothing_more(tmp_path: Path) -> None:
    course, jan = opened(tmp_path), by_link(tmp_path, "instructor", "Jan")
    owner = beside(visitor(tmp_path), jan)
    with live(jan, course) as board:
        parts(board)
        assert post(owner, "/links/1/revoke") == 303
        owner.app.state.whereabouts.changed(course.id)  # type: ignore[attr-defined]
        assert board.receive()["code"] == 4404


def test_a_call_is_followed_from_the_ring_to_the_debrief() -> None:
    import asyncio

    where, hello = Whereabouts(), Hello(protocol=1, work="call", scenario="late-delivery", rate_hz=16_000)

    async def story() -> list[Stage]:
        seen = [where.of("Anna")]
        where.came("Anna", "page", at_page("/call/late-delivery"))
        for kind, data in (("ringing", {}), ("line", {}), ("phase", {}), ("turn", {"number": 1}), ("line", {}),
                           ("went_on", {}), ("turn", {"number": 1}), ("line", {}), ("over", {})):  # fmt: skip
            seen.append(where.of("Anna"))
            where.follow("Anna", hello, kind, data)
        return [*seen, where.of("Anna")]

    seen = asyncio.run(story())
    told = [(one.name, one.turn) for one in seen]
    assert seen[0] == AWAY
    assert told[1:4] == [("ready", 0), ("ringing", 0), ("turn", 1)]
    assert told[-3:] == [("turn", 1), ("turn", 2), ("debrief", 0)] and seen[-2].turns > 2


@pytest.mark.parametrize(
    ("place", "stage"),
    [("/courses/1", "waiting"), ("/soundcheck", "soundcheck"), ("/call/x", "ready"), ("/attempts/x", "debrief"),
     ("/", "waiting"), ("", "waiting"), ("ringing", "ringing")],
)  # fmt: skip
def test_a_page_is_a_stage(place: str, stage: str) -> None:
    assert at_page(place) == Stage(stage)


def test_all_of_a_course_is_shared_with_its_instructor_alone_and_taken_back(tmp_path: Path) -> None:
    course, anna = opened(tmp_path, "Anna"), trainee(tmp_path)
    inside, outside = kept_call(tmp_path, "Anna").attempt, kept_call(tmp_path, "Anna").attempt
    Courses(Database(tmp_path)).rehearsed("Anna", inside)
    jan, eva, ewa = (by_link(tmp_path, role, name) for role, name in
                     (("instructor", "Jan"), ("instructor", "Eva"), ("coach", "Ewa")))  # fmt: skip

    def heard() -> list[int]:
        clients = ((jan, inside), (jan, outside), (eva, inside), (ewa, inside))
        return [client.get(f"/attempts/{name}").status_code for client, name in clients]

    assert heard() == [404, 404, 404, 404]
    assert post(anna, f"/courses/{course.id}/share", shared="yes") == 303
    assert heard() == [200, 404, 404, 404]
    assert inside in jan.get("/coaching").text and inside not in ewa.get("/coaching").text
    shown = anna.get("/sharing").text
    assert "shared with Jan" in shown and "Jan (instructor): 20" in shown  # and who listened is on record, as ever
    assert "Jan, who holds the course" in anna.get(f"/attempts/{inside}").text
    assert post(anna, f"/attempts/{inside}/share", shared="no") == 303
    assert heard() == [404, 404, 404, 404]
    assert post(anna, f"/courses/{course.id}/share", shared="yes") == 303
    assert post(anna, "/sharing", shared="no") == 303
    assert heard() == [404, 404, 404, 404] and not Sharing(Database(tmp_path)).of("Anna").course(course.id)


def test_the_owner_of_the_machine_goes_on_as_an_instructor_with_one_button(tmp_path: Path) -> None:
    owner = visitor(tmp_path)
    assert post(owner, "/links/teach", name=" ") == 400
    assert post(owner, "/links/teach", name="Jan") == 303
    assert "Open a course" in owner.get("/courses").text
    assert post(owner, "/courses", title="Monday") == 303 and post(owner, "/courses", title=" ") == 400


def test_the_picture_and_the_address_lead_others_to_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "local", lambda: ["192.168.7.5"])
    course, jan = opened(tmp_path), by_link(tmp_path, "instructor", "Jan")
    assert "reached from this machine alone" in jan.get(f"/courses/{course.id}/board").text
    jan.app.state.entry = reached_by("0.0.0.0", "x", PORT)  # type: ignore[attr-defined]
    page = jan.get(f"/courses/{course.id}/board").text
    assert f"192.168.7.5:{PORT}/join" in page and "<svg" in page
    assert f"QR code for http://192.168.7.5:{PORT}/join/{course.code}" in page
