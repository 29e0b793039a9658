"""The bench of the voices: what counts as a lost word, and what its gates say. The measuring itself is run by hand."""

import pytest

from bench import voices
from bench.spelling import lost
from bench.voices import Heard


@pytest.mark.parametrize(
    ("text", "recognised", "words"),
    [
        ("I will not wait any more.", "I'll not wait anymore", 0),
        ("At eleven o'clock, all right?", "At 11 o'clock. Alright.", 0),
        ("A hundred and eighty pounds at twenty to twelve.", "180 pounds at 20 to 12", 0),
        ("I haven't asked; they'll call, it's late.", "I have not asked they will call it is late", 0),
        ("Nobody came on Monday.", "Nobody came Monday", 1),
        ("Nobody came.", "Nobody came at all", 2),
        ("The van was late.", "The fan was late.", 1),
        ("Nobody came.", "", 2),
    ],
)
def test_a_word_is_lost_when_it_is_not_written_whatever_the_spelling(text: str, recognised: str, words: int) -> None:
    assert lost(text, recognised) == words


def _line(*rates: float, lost_last: int = 0, praat_hz: float = 200.0) -> list[Heard]:
    every = [Heard((rate, rate, rate, rate), 200.0, praat_hz, (0, 0), 100) for rate in rates]
    last = every[-1]
    return [*every[:-1], Heard(last.measures, last.pitch_hz, last.praat_hz, (lost_last, 0), last.words)]


def _missed(lines: list[list[Heard]]) -> list[str]:
    return [figure.name for figure in voices._figures({"heart": lines}) if figure.missed]


def test_a_voice_that_rises_and_loses_nothing_meets_every_gate() -> None:
    assert _missed([_line(1.0, 2.0, 1.5, 3.0, 4.0)] * 10) == []


def test_a_line_that_does_not_rise_misses_the_gate_of_each_measure() -> None:
    missed = _missed([*[_line(1.0, 2.0)] * 9, _line(2.0, 1.0)])
    assert missed == [f"{name} higher at anger 1 than at 0" for name in voices.QUANTITIES]


def test_more_than_one_word_in_a_hundred_lost_misses_the_gate() -> None:
    assert _missed([_line(1.0, 2.0, lost_last=1)] * 10) == []
    assert "heart, plain: words lost more at anger 1" in _missed([_line(1.0, 2.0, lost_last=2)] * 10)


def test_a_voice_with_few_words_is_judged_with_the_others_alone() -> None:
    names = [figure.name for figure in voices._figures({"heart": [_line(1.0, 2.0)] * 9})]
    assert not any("words lost" in name for name in names)


def test_a_pitch_that_lies_an_octave_off_is_caught() -> None:
    assert _missed([*[_line(1.0, 2.0)] * 9, _line(1.0, 2.0, praat_hz=100.0)]) == [
        "sounds whose pitch lies another octave by Praat"
    ]


def test_a_line_too_short_to_be_measured_misses_no_gate() -> None:
    short = _line(float("nan"), float("nan"))
    assert _missed([*[_line(1.0, 2.0)] * 9, short, short]) == []
