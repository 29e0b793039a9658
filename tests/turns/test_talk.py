"""How the turns of a call were taken: shown in figures, and withheld where the ear is late."""

from dataclasses import replace

import pytest

from tests.calls import answer, turns
from trainer.turns.talk import talk


def test_talk_share_is_the_trainees_speaking_time_over_that_of_both() -> None:
    found = talk(turns(answer(speech_s=10.0), answer(speech_s=5.0)), None, 0.0, 0.0)
    assert found.share == pytest.approx(15.0 / 25.0)  # each line has 5 s of speech


def test_without_the_speaking_time_of_a_line_there_is_no_share() -> None:
    call = turns(answer())
    call = [replace(turn, line=replace(turn.line, speech_s=None)) for turn in call]
    assert talk(call, None, 0.0, 0.0).share is None
    assert talk([], None, 0.0, 0.0).share is None


def test_overlaps_back_channels_dead_air_and_filled_pauses_are_counted() -> None:
    one = replace(
        answer(words=50, overlaps=((2.0, 3.5), (4.0, 4.3))),
        back_channels=((1.0, 1.3),),
        customer_overlaps=((0.0, 0.4),),
        silences=((6.0, 10.0),),
        dead_air_s=4.0,
    )
    one = replace(one, rate=replace(one.rate, filled_pauses=((7.0, 7.4), (8.0, 8.3))))
    found = talk(turns(one, answer(words=50, latency_s=1.1)), None, 0.0, 0.02)
    assert (found.overlaps, found.overlap_s) == (2, pytest.approx(1.8))
    assert (found.customer_overlaps, found.back_channels, found.silences, found.dead_air_s) == (1, 1, 1, 4.0)
    assert found.median_latency_s == pytest.approx(0.9)
    assert found.filled_pauses_per_100_words == pytest.approx(2.0)
    assert found.reason is None


def test_on_a_headset_of_unknown_delay_short_overlaps_and_latencies_are_withheld_and_dead_air_is_not() -> None:
    one = replace(answer(overlaps=((2.0, 3.5), (4.0, 4.3))), silences=((6.0, 10.0),), dead_air_s=4.0)
    found = talk(turns(one), None, 0.5, None)
    assert (found.overlaps, found.median_latency_s, found.reason) == (1, None, "late_ear")
    assert (found.silences, found.dead_air_s) == (1, 4.0)
