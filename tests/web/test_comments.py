"""Coach and trainee talk about a call: at a moment, in threads, both seeing the same; the findings stay as they are."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.held import held
from tests.web.site import HOME, by_link, trainee
from tests.web.test_pages import EVIL, kept_call
from trainer import corrections
from trainer.access import Person
from trainer.errors import BadInput, NotFound
from trainer.records import Finding, Report
from trainer.store import Attempts
from trainer.store.comments import Comments, threads
from trainer.store.database import Database
from trainer.store.notes import Notes
from trainer.store.sharing import Sharing
from trainer.web.comments import clock, when

pytestmark = pytest.mark.usefixtures("both_databases")

AT = "2026-11-24T10:00:00+00:00"
ANNA, EWA, JAN = Person("trainee", "Anna"), Person("coach", "Ewa"), Person("instructor", "Jan")
BROKEN = Finding("apologise", ("af",), "broken", None, None, False, None, None, (), "Say that you are sorry.")


def shared_call(root: Path) -> Report:
    """A call of Anna's that is shared, and in which a rule was found broken."""
    report = kept_call(root, "Anna")
    turn = replace(report.turns[0], findings=(BROKEN,))
    Attempts(root).finish(Path(report.folder), replace(report, turns=(turn,)))
    Sharing(Database(root)).say("Anna", True, AT, report.attempt)
    return report


def post(client: TestClient, path: str, **form: str) -> int:
    return client.post(path, data=form, headers={"origin": HOME}).status_code


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [("", "", None), ("1:02.5", "", 62.5), ("62,5", " ", 62.5), ("0:10", "0:12.5", (10.0, 12.5)), ("5", "5", 5.0),
     ("10", "900", (10.0, 90.0))],
)  # fmt: skip
def test_a_moment_is_typed_as_it_is_shown(start: str, end: str, found: object) -> None:
    assert when(start, end, 90.0) == found


@pytest.mark.parametrize(
    ("start", "end"),
    [("x", ""), ("-1", ""), ("91", ""), ("5", "4"), ("1:2:3", ""), ("nan", ""), ("5", "inf"), ("²", "")],
)
def test_what_is_no_moment_of_the_call_is_not_taken(start: str, end: str) -> None:
    with pytest.raises(BadInput):
        when(start, end, 90.0)


@pytest.mark.parametrize(("at_s", "shown"), [(0.0, "0:00.0"), (59.96, "1:00.0"), (62.5, "1:02.5"), (605.04, "10:05.0")])
def test_a_moment_is_shown_to_the_tenth(at_s: float, shown: str) -> None:
    assert clock(at_s) == shown
    assert abs(float(when(shown, "", 1e4)) - at_s) <= 0.05  # type: ignore[arg-type]


def test_threads_stand_by_their_moment_and_those_on_the_whole_last(tmp_path: Path) -> None:
    comments = Comments(Database(tmp_path))
    whole = comments.say("a", EWA, AT, "Well done.")
    late = comments.say("a", EWA, AT, "Here you waited.", (30.0, 34.0))
    early = comments.say("a", ANNA, AT, "I was unsure here.", 4.0)
    answer = comments.say("a", ANNA, AT, "Thank you.", 99.0, answers=late)
    again = comments.say("a", EWA, AT, "Gladly.", answers=answer)  # an answer to an answer stands in the same thread
    comments.say("b", EWA, AT, "Another call.")
    found = threads(comments.of("a"))
    assert [one.first.id for one in found] == [early, late, whole]
    assert [(one.id, one.start_s) for one in found[1].answers] == [(answer, None), (again, None)]
    with pytest.raises(NotFound):
        comments.say("b", ANNA, AT, "Thank you.", answers=late)


def test_what_is_taken_back_is_gone_and_its_place_in_the_thread_stays(tmp_path: Path) -> None:
    comments = Comments(Database(tmp_path))
    first = comments.say("a", EWA, AT, "Unforgettable words.", 4.0)
    comments.say("a", ANNA, AT, "Thank you.", answers=first)
    comments.withdraw(first)
    assert [len(one.answers) for one in threads(comments.of("a"))] == [1]
    assert b"Unforgettable" not in held(tmp_path)
    comments.withdraw(first + 1)
    assert threads(comments.of("a")) == []


def test_the_trainee_sees_exactly_what_the_coach_saw_and_wrote(tmp_path: Path) -> None:
    about = f"/attempts/{shared_call(tmp_path).attempt}"
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    assert post(ewa, f"{about}/comments", text="Here you waited.", start="0:01.5", end="0:03") == 303
    assert post(ewa, f"{about}/notes", well="The greeting.", wrong="", better="Wait longer.") == 303
    number = re.search(r'name="answers" value="(\d+)"', anna.get(f"{about}/comments").text)
    assert number and post(anna, f"{about}/comments", text="I was thinking.", answers=number[1]) == 303
    for client in (anna, ewa):
        page = client.get(f"{about}/comments").text
        for words in (
            "Here you waited.",
            "Ewa (coach)",
            "0:01.5–0:03.0",
            "I was thinking.",
            "The greeting.",
            "/replay#t=1.5",
        ):
            assert words in page, words
    assert "Comments (2)" in anna.get(about).text


def test_what_is_written_is_never_markup(tmp_path: Path) -> None:
    about = f"/attempts/{shared_call(tmp_path).attempt}"
    ewa = by_link(tmp_path, "coach", "Ewa")
    post(ewa, f"{about}/comments", text=EVIL)
    post(ewa, f"{about}/notes", well=EVIL)
    post(ewa, f"{about}/1/overrule", rule="apologise", state="said", reason=EVIL)
    post(ewa, f"{about}/1/exemplary", reason=EVIL)
    page = ewa.get(f"{about}/comments").text
    assert page.count("&lt;script&gt;") >= 4 and "<script>alert" not in page and "<img src=x" not in page


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"text": "  "},
        {"text": "x" * 2001},
        {"text": "x\0"},
        {"text": "x", "start": "soon"},
        {"text": "x", "start": "9999"},
    ],
)
def test_a_comment_that_cannot_be_one_is_told_in_a_sentence(tmp_path: Path, form: dict[str, str]) -> None:
    about = f"/attempts/{shared_call(tmp_path).attempt}"
    anna = trainee(tmp_path)
    assert post(anna, f"{about}/comments", **form) == 400
    assert "Comments (0)" in anna.get(about).text


@pytest.mark.parametrize("number", ["99", "9" * 30, "-1", "x", "²"])
def test_what_is_about_nothing_that_there_is_is_answered_so(tmp_path: Path, number: str) -> None:
    about = f"/attempts/{shared_call(tmp_path).attempt}"
    anna = trainee(tmp_path)
    assert post(anna, f"{about}/comments", text="Thank you.", answers=number) == 404
    for path in (f"{about}/comments/{number}/withdraw", f"/clips/{number}/agree", f"/links/{number}/revoke"):
        assert post(anna, path) == 404


def test_nobody_takes_back_what_another_wrote(tmp_path: Path) -> None:
    about = f"/attempts/{shared_call(tmp_path).attempt}"
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    post(ewa, f"{about}/comments", text="Here you waited.")
    post(ewa, f"{about}/1/overrule", rule="apologise", state="said", reason="She did.")
    others = (anna, by_link(tmp_path, "coach", "Ola"), by_link(tmp_path, "instructor", "Ewa"))
    for what in ("comments/1", "overrulings/1"):
        assert [post(one, f"{about}/{what}/withdraw") for one in others] == [404, 404, 404]
        assert post(ewa, f"{about}/{what}/withdraw") == 303
    page = ewa.get(f"{about}/comments").text
    assert "Here you waited." not in page and "She did." not in page


def test_an_overruled_finding_and_the_overruling_stand_beside_each_other(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    about = f"/attempts/{report.attempt}"
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    before = (Path(report.folder) / "report.json").read_bytes()
    for reason in ("First thought.", "She said it in the greeting."):
        assert post(ewa, f"{about}/1/overrule", rule="apologise", state="said", reason=reason) == 303
    for client in (anna, ewa):
        page = client.get(f"{about}/comments").text
        assert "A coach says: it was said" in page and "She said it in the greeting." in page
        assert ("First thought." not in page and "Say that you are sorry." in page) or "✗" in page
    assert (Path(report.folder) / "report.json").read_bytes() == before


def test_what_a_coach_says_of_the_words_is_a_correction_to_measure_by_until_it_is_taken_back(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    path = f"/attempts/{report.attempt}/1/overrule"
    ewa, ola = by_link(tmp_path, "coach", "Ewa"), by_link(tmp_path, "coach", "Ola")
    post(ewa, path, rule="apologise", state="said", reason="In the greeting.")
    assert corrections.lines(Attempts(tmp_path).load(report.attempt)) == ["apologise *?|I will take care of it."]
    post(ola, path, rule="apologise", state="not_said", reason="That was none.")
    assert corrections.lines(Attempts(tmp_path).load(report.attempt)) == ["-apologise *?|I will take care of it."]
    assert post(ola, f"/attempts/{report.attempt}/overrulings/2/withdraw") == 303
    assert [one.note for one in Attempts(tmp_path).load(report.attempt).corrections] == ["In the greeting."]
    assert post(ewa, f"/attempts/{report.attempt}/overrulings/1/withdraw") == 303
    assert Attempts(tmp_path).load(report.attempt).corrections == ()


@pytest.mark.parametrize(
    ("turn", "form", "status"),
    [(1, {"rule": "apologise", "state": "said"}, 400), (1, {"rule": "none", "state": "said", "reason": "x"}, 404),
     (2, {"rule": "apologise", "state": "said", "reason": "x"}, 404),
     (1, {"rule": "apologise", "state": "kept", "reason": "x"}, 404)],
)  # fmt: skip
def test_a_finding_is_overruled_only_where_there_is_one_and_with_a_reason(
    tmp_path: Path, turn: int, form: dict[str, str], status: int
) -> None:
    about = f"/attempts/{shared_call(tmp_path).attempt}"
    assert post(by_link(tmp_path, "coach", "Ewa"), f"{about}/{turn}/overrule", **form) == status


def test_an_answer_is_an_example_for_others_only_while_its_speaker_agrees(tmp_path: Path) -> None:
    about = f"/attempts/{shared_call(tmp_path).attempt}"
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    piotr = by_link(tmp_path, "trainee", "Piotr")
    assert post(ewa, f"{about}/1/exemplary", reason="Slower, and still clear.") == 303
    for agrees in (False, True, False):
        if agrees or piotr.get("/clips/1/answer.flac").status_code == 200:
            assert post(anna, "/clips/1/agree", agree="yes" if agrees else "no") == 303
        for which in ("answer", "line"):
            assert piotr.get(f"/clips/1/{which}.flac").status_code == (200 if agrees else 404)
            assert anna.get(f"/clips/1/{which}.flac").status_code == 200
        page = piotr.get("/clips").text
        assert ("Slower, and still clear." in page) == agrees and "Anna" not in page
    assert post(ewa, "/clips/1/agree", agree="yes") == post(piotr, "/clips/1/agree", agree="yes") == 404
    assert "Piotr (trainee): 20" in anna.get("/sharing").text  # who heard it is on record


def test_a_clip_whose_call_was_removed_is_gone(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    post(ewa, f"/attempts/{report.attempt}/1/exemplary", reason="Clear.")
    post(anna, "/clips/1/agree", agree="yes")
    post(anna, f"/attempts/{report.attempt}/forget")
    assert ewa.get("/clips/1/answer.flac").status_code == 404 and "Clear." not in ewa.get("/clips").text


def test_what_a_coach_wrote_stays_with_the_trainee_when_sharing_is_taken_back(tmp_path: Path) -> None:
    about = f"/attempts/{shared_call(tmp_path).attempt}"
    anna, ewa = trainee(tmp_path), by_link(tmp_path, "coach", "Ewa")
    post(ewa, f"{about}/comments", text="Here you waited.")
    assert post(anna, f"{about}/share", shared="no") == 303
    assert ewa.get(f"{about}/comments").status_code == 404
    assert "Here you waited." in anna.get(f"{about}/comments").text


def test_forgetting_removes_what_a_coach_wrote_and_all_that_was_written_of_a_call(tmp_path: Path) -> None:
    report = shared_call(tmp_path)
    database = Database(tmp_path)
    comments, notes = Comments(database), Notes(database)
    first = comments.say(report.attempt, EWA, AT, "Here you waited.", 1.0)
    comments.say(report.attempt, ANNA, AT, "I was thinking.", answers=first)
    notes.keep(report.attempt, JAN, AT, {"well": "All of it."})
    Attempts(tmp_path).forget_person("Ewa")
    assert [(one.text, one.answers) for one in comments.of(report.attempt)] == [("I was thinking.", None)]
    Attempts(tmp_path).forget(report.attempt)
    assert comments.of(report.attempt) == [] and notes.of(report.attempt) == {}
    left = held(tmp_path)
    assert b"waited" not in left and b"thinking" not in left and b"All of it" not in left
