"""The progress page, and today's suggestion with its reason."""

from dataclasses import replace
from pathlib import Path

from tests.coaching.test_progress import call
from tests.web.site import trainee
from tests.web.test_pages import kept_call
from trainer import library, words
from trainer.store import Attempts
from trainer.web import trends
from trainer.web.suggestion import today

NEVER = dict.fromkeys(library.scenarios(), "")


def test_a_beginner_is_sent_to_a_plain_complaint_in_the_language_of_the_page() -> None:
    found = today(library.scenarios(), NEVER, [])
    assert found.scenario == "late-delivery" and "begin" in found.why
    with words.reading("pl"):
        assert today(library.scenarios(), NEVER, []).scenario == "late-delivery-pl"


def test_what_went_wrong_lately_is_practised_in_another_call_that_has_room_for_it() -> None:
    found = today(library.scenarios(), NEVER, [call(1, ("broken", "broken"), "silence-after-the-question")])
    assert "Silence after the question" in found.why and "2 times" in found.why
    lines = str([beat.lines for beat in library.scenarios()[found.scenario].beats])
    assert "(question)" in lines and found.scenario != "late-delivery"


def test_without_anything_to_mend_a_new_call_is_suggested_and_then_the_one_that_waited_longest() -> None:
    calls = [call(1, ("kept",))]
    assert "not had" in today(library.scenarios(), NEVER, calls).why
    last = dict.fromkeys(NEVER, "2026-02-01") | {"talkative": "2026-01-01"}
    found = today(library.scenarios(), last, calls)
    assert found.scenario == "talkative" and "longest ago" in found.why


def test_the_progress_page_shows_ones_own_calls_alone(tmp_path: Path) -> None:
    client = trainee(tmp_path)
    assert "After your first call" in client.get("/progress").text
    for number, pitch in ((1, 252.0), (2, 205.0)):
        mine = kept_call(tmp_path, "Anna")
        made = replace(call(number, ("broken", "kept"), pitch=pitch), attempt=mine.attempt, trainee="Anna")
        Attempts(tmp_path).finish(Path(mine.folder), made)
    theirs = kept_call(tmp_path, "Bela")
    page = client.get("/progress").text
    assert "+4.0 st" in page and "2 of 4 (15–85 %)" in page and "Apologise" in page
    assert theirs.attempt not in page and page.count("<svg") == 3
    assert "2 z 4 (15–85 %)" in client.get("/progress", headers={"accept-language": "pl"}).text


def test_a_picture_never_makes_a_small_change_look_large() -> None:
    pitch = next(one for one in trends.pictures([call(1, pitch=202.0), call(2)]) if one.name == "Pitch")
    assert abs(pitch.dots[0].y - pitch.zero) < 6.0 and not pitch.dots[0].beyond
    assert pitch.dots[0].top < pitch.dots[0].y < pitch.dots[0].bottom
