"""The page as a headset: acknowledged is what is kept, and a line is heard when the page says so."""

import json
from typing import Any

import numpy as np
import pytest

from trainer.errors import NoDevice
from trainer.headset import BLOCK
from trainer.records import RATE_HZ
from trainer.web import wire
from trainer.web.headset import PageHeadset, Waits

LINE = np.full(RATE_HZ, 0.25, np.float32)
AT_ONCE = Waits(0.0, 0.0, 0.0)
HELLO = wire.Hello(1, "call", RATE_HZ, microphone="Jabra")


class Sent(list[Any]):
    """What was sent to the page: events, and sounds as (number, samples)."""

    def __call__(self, message: str | bytes) -> None:
        if isinstance(message, str):
            self.append(json.loads(message))
        else:
            self.append((int.from_bytes(message[:4], "little"), np.frombuffer(message, "<i2", -1, 4)))

    def kept(self) -> int:
        return max((one["frames"] for one in self if isinstance(one, dict) and one["type"] == "kept"), default=0)


def headset(waits: Waits = AT_ONCE) -> tuple[PageHeadset, Sent]:
    sent = Sent()
    return PageHeadset(HELLO, sent, waits), sent


def fed(to: PageHeadset, count: int) -> None:
    for _ in range(count):
        to.take(to.next, np.full(BLOCK, to.next, np.int16))


def test_a_frame_is_acknowledged_when_the_next_one_is_asked_for_and_not_before() -> None:
    page, sent = headset()
    fed(page, 3)
    for number in range(3):
        block = page.read()
        assert block.number == number and block.samples[0] == number
        assert sent.kept() <= number
    with pytest.raises(NoDevice):
        page.read()
    assert sent.kept() == 3


def test_frames_that_come_again_are_passed_over_and_missing_ones_refused() -> None:
    page, _ = headset()
    fed(page, 5)
    page.take(2, np.full(BLOCK, 99, np.int16))
    with pytest.raises(wire.Refused):
        page.take(6, np.zeros(BLOCK, np.int16))
    assert [page.read().samples[0] for _ in range(5)] == [0, 1, 2, 3, 4]
    assert page.next == 5


def test_a_line_sounds_in_exactly_the_blocks_in_which_the_page_says_it_is_heard() -> None:
    page, sent = headset()
    page.play(LINE)
    number, samples = sent[-1]
    assert np.array_equal(samples, np.full(RATE_HZ, 8192))
    assert page.playing
    page.told(wire.Starts(number, 10 * BLOCK + 7))
    fed(page, 80)
    sounding = [block.number for block in (page.read() for _ in range(80)) if block.customer_sounds]
    assert sounding == list(range(10, 61))
    assert not page.playing


def test_a_line_that_is_stopped_is_heard_until_the_page_says_it_was_silent() -> None:
    page, sent = headset()
    page.play(LINE)
    page.told(wire.Starts(1, 0))
    fed(page, 5)
    for _ in range(5):
        page.read()
    page.stop()
    assert sent[-1] == {"type": "stop", "line": 1}
    page.told(wire.Ends(1, 8 * BLOCK))
    fed(page, 5)
    assert [page.read().customer_sounds for _ in range(5)] == [True, True, True, False, False]


def test_a_line_that_the_page_never_begins_does_not_hold_up_the_call() -> None:
    page, _ = headset()
    page.play(LINE)
    fed(page, 301)
    for _ in range(301):
        page.read()
    assert not page.playing


def test_a_page_that_comes_back_gets_the_line_that_it_has_not_heard_at_its_own_rate() -> None:
    page, _ = headset()
    page.play(LINE)
    page.here(False)
    page.here(True, wire.Hello(1, "call", 2 * RATE_HZ))
    unheard = page.unheard
    assert unheard is not None
    assert unheard[0] == 1 and len(unheard[1]) == 4 + 2 * 2 * RATE_HZ
    page.told(wire.Starts(1, 0))
    fed(page, 60)
    for _ in range(60):
        page.read()
    assert page.unheard is None


def test_hanging_up_is_the_interrupt_that_keeps_everything() -> None:
    page, _ = headset(Waits())
    fed(page, 1)
    page.told(wire.HangUp())
    with pytest.raises(KeyboardInterrupt):
        page.read()


@pytest.mark.parametrize(
    ("told", "there", "said"),
    [(None, False, "away"), (None, True, "no sound"), (wire.MicrophoneLost(), True, "Jabra")],
)
def test_a_page_that_is_gone_and_a_microphone_that_is_gone_are_told_apart(told: Any, there: bool, said: str) -> None:
    page, _ = headset()
    page.here(there)
    if told:
        page.told(told)
    with pytest.raises(NoDevice, match=said):
        page.read()


def test_nothing_is_taken_after_the_call_is_closed() -> None:
    page, sent = headset()
    fed(page, 3)
    page.read()
    page.close()
    fed(page, 0)
    page.take(3, np.zeros(BLOCK, np.int16))
    assert page.next == 3 and sent.kept() == 1


def test_a_line_that_is_raised_goes_on_under_its_number_and_what_rests_has_none() -> None:
    page, sent = headset()
    page.go_on_as(LINE)
    assert not sent
    page.rest(LINE[:BLOCK])
    page.play(LINE)
    page.go_on_as(LINE * 2)
    assert [number for number, _ in sent] == [0, 1, 1]
    assert sent[2][1][0] == 2 * sent[1][1][0]
    page.rest(LINE[:0])
    assert len(sent[-1][1]) == 0
