"""The warm-up: what the guides say about one's own state of mind, and nothing of it scored or kept."""

from pathlib import Path

import pytest

from tests.web.program import Program, browser, come_in, watched
from tests.web.site import trainee
from trainer import library, words
from trainer.web import warmup


@pytest.mark.parametrize("language", words.languages())
def test_each_card_says_one_thing_and_which_guides_say_it(language: str) -> None:
    with words.reading(language):
        cards = warmup.cards()
    assert len({card.title for card in cards}) == len(cards) == len(warmup.CARDS)
    assert {len(card.lines) for card in cards} == {1, 6}
    assert {guide for guides in warmup.CARDS.values() for guide in guides} == set(library.guides())


def test_whoever_has_no_script_sees_all_cards_and_the_way_to_the_call(tmp_path: Path) -> None:
    client = trainee(tmp_path)
    assert 'href="/call/late-delivery/warmup"' in client.get("/call/late-delivery").text
    page = client.get("/call/late-delivery/warmup").text
    assert all(card.title in page for card in warmup.cards()) and 'href="/call/late-delivery"' in page
    assert client.get("/call/nobody/warmup").status_code == 404
    assert not (tmp_path / "attempts").exists()


@pytest.mark.browser
def test_the_cards_come_one_at_a_time_by_the_keyboard(program: Program) -> None:
    with browser() as chromium:
        page = chromium.new_page()
        wrong = watched(page)
        come_in(page, program)
        page.goto(program.address.split("?")[0] + "call/short-call/warmup")
        page.locator("#next").wait_for()
        titles = []
        for _ in warmup.CARDS:
            assert page.locator("#cards > li:visible").count() == 1
            titles.append(page.locator("#cards h2:visible").inner_text())
            if page.locator("#next").is_visible():
                page.locator("#next").focus()
                page.keyboard.press("Enter")
        assert titles == [card.title for card in warmup.cards()]
        page.locator("#skip").click()
        page.wait_for_url("**/call/short-call")
    assert wrong == []
