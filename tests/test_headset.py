"""Recorded answers in place of a microphone: every sample stands where it was promised."""

from collections.abc import Iterator

import numpy as np
import pytest

from trainer.headset import BLOCK, Manners, PlayedHeadset
from trainer.records import RATE_HZ, Block, Clip

LINE = np.full(RATE_HZ + 7, 0.1, np.float32)
"""Not a whole number of blocks."""


def tone(samples: int, level: float = 0.3) -> Clip:
    return np.asarray(level * np.sin(np.arange(samples) * 0.3), np.float32)


def heard(headset: PlayedHeadset, blocks: int) -> list[Block]:
    return [headset.read() for _ in range(blocks)]


def capture(answers: list[Clip], manners: Manners, blocks: int) -> np.ndarray:
    headset = PlayedHeadset(iter(answers), manners)
    headset.play(LINE)
    return np.concatenate([block.samples for block in heard(headset, blocks)]).astype(int)


@pytest.mark.parametrize("after_s", [0.6, 0.0, 0.0123, -0.5, -0.98])
def test_an_answer_begins_at_its_very_sample_after_or_before_the_end_of_the_line(after_s: float) -> None:
    manners = Manners(begins_after_s=after_s)
    answer = tone(5000)
    difference = capture([answer], manners, 120) - capture([], manners, 120)
    begins = len(LINE) + round(after_s * RATE_HZ)
    assert not difference[:begins].any()
    assert not difference[begins + len(answer) :].any()
    # the room and the answer are each rounded once, together: a difference of two roundings is within one step
    assert np.abs(difference[begins : begins + len(answer)] - answer * 32768.0).max() <= 1.0


def test_an_answer_cannot_begin_before_the_line_does() -> None:
    manners = Manners(begins_after_s=-60.0)
    difference = capture([tone(500)], manners, 10) - capture([], manners, 10)
    assert np.abs(difference[:500]).max() > 9000
    assert not difference[500:].any()


def test_blocks_are_numbered_pcm16_of_20_ms() -> None:
    blocks = heard(PlayedHeadset(iter([])), 5)
    assert [block.number for block in blocks] == [0, 1, 2, 3, 4]
    assert all(block.samples.dtype == np.int16 and block.samples.shape == (BLOCK,) for block in blocks)


def test_the_customer_sounds_in_exactly_the_blocks_that_the_line_touches() -> None:
    headset = PlayedHeadset(iter([]))
    before = heard(headset, 3)
    headset.play(LINE)
    assert headset.playing
    after = heard(headset, 60)
    assert not any(block.customer_sounds for block in before)
    sounding = [block.number - 3 for block in after if block.customer_sounds]
    assert sounding == list(range(-(-len(LINE) // BLOCK)))
    assert not headset.playing


def test_a_stopped_line_is_heard_no_more_and_the_answer_still_comes() -> None:
    headset = PlayedHeadset(iter([tone(BLOCK)]), Manners(begins_after_s=0.0))
    headset.play(LINE)
    heard(headset, 2)
    headset.stop()
    assert not headset.playing
    rest = heard(headset, 60)
    assert not any(block.customer_sounds for block in rest)
    assert max(int(np.abs(block.samples).max()) for block in rest) > 9000


def test_answers_are_made_one_at_a_time_when_their_line_is_played() -> None:
    made: list[int] = []

    def answers() -> Iterator[Clip]:
        for number in range(2):
            made.append(number)
            yield tone(BLOCK)

    headset = PlayedHeadset(answers())
    heard(headset, 3)
    assert made == []
    headset.play(LINE)
    assert made == [0] and not headset.exhausted
    headset.play(LINE)
    assert made == [0, 1] and not headset.exhausted
    headset.play(LINE)
    assert headset.exhausted


def test_an_empty_recording_is_an_answer_too() -> None:
    headset = PlayedHeadset(iter([np.zeros(0, np.float32)]))
    headset.play(LINE)
    assert not headset.exhausted


def test_the_room_is_as_loud_as_promised_and_the_same_for_the_same_seed() -> None:
    rooms = [capture([], Manners(noise_dbfs=-60.0, seed=seed), 500) for seed in (1, 1, 2)]
    assert np.array_equal(rooms[0], rooms[1])
    assert not np.array_equal(rooms[0], rooms[2])
    level = 20 * np.log10(np.sqrt(np.mean((rooms[0] / 32768.0) ** 2)))
    assert level == pytest.approx(-60.0, abs=0.1)  # 160 000 samples: the standard error is 0.02 dB


def test_an_answer_over_full_scale_is_clipped_and_never_wraps() -> None:
    loud = capture([np.full(BLOCK * 3, 3.0, np.float32)], Manners(begins_after_s=0.0), 60)
    assert loud.max() == 32767 and loud.min() > -100


def test_an_answer_that_pauses_goes_on_whatever_the_customer_says_meanwhile() -> None:
    answer = np.concatenate((tone(BLOCK * 10), np.zeros(BLOCK * 50, np.float32), tone(BLOCK * 10)))
    headset = PlayedHeadset(iter([answer, tone(BLOCK)]), Manners(begins_after_s=0.0))
    headset.play(LINE)
    heard(headset, len(LINE) // BLOCK + 30)  # in its pause
    headset.play(LINE)
    rest = heard(headset, 50)
    loud = [block.number for block in rest if int(np.abs(block.samples).max()) > 9000]
    assert len(loud) >= 10 and loud[-1] - loud[0] == len(loud) - 1
    headset.play(LINE)  # now it is over, but for its quiet end: the next one is given
    assert max(int(np.abs(block.samples).max()) for block in heard(headset, 60)) > 9000


def test_who_was_about_to_answer_a_line_that_broke_off_waits_for_its_end() -> None:
    headset = PlayedHeadset(iter([tone(BLOCK)]), Manners(begins_after_s=0.1))
    headset.play(LINE)
    heard(headset, 10)
    headset.stop()
    heard(headset, 5)
    headset.play(LINE[BLOCK * 10 :])
    rest = heard(headset, 60)
    first = next(place for place, block in enumerate(rest) if int(np.abs(block.samples).max()) > 9000)
    assert first == (len(LINE) - BLOCK * 10 + round(0.1 * RATE_HZ)) // BLOCK
