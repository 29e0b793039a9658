"""The customers' voices: each says the shipped lines at five angers, and is measured and recognised.

python -m bench.voices [--quick] [--voice ID …]      writes docs/voices.md; exit status 1 when a gate is missed

--quick: each voice says five of the lines, each voice others, and words are counted at anger 0 and 1 alone (20
minutes; the whole is a night's work). Everything is measured in the sound as the customer's own lines are in a call;
Praat, whose pitch knows nothing of ours, catches a voice an octave off. Words are lost when the recogniser of the
program (base) does not write them; spellings ("any more", "I'm", "11 o'clock") are no loss. Sounds are made in a
folder that is removed afterwards.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from bench.accuracy.report import Section, gates, markdown
from bench.answers import nothing_rendered
from bench.gates import ROOT, Figure
from bench.spelling import lost
from trainer import analyse, asr, library, tts
from trainer.lines import plain
from trainer.records import RATE_HZ, Clip, Measures, Transcript, Voice
from trainer.tts import telephone

PAGE = ROOT / "docs" / "voices.md"
ANGERS = (0.0, 0.25, 0.5, 0.75, 1.0)
QUICK_LINES = 5
MOST_LOST_PERCENT = 1.0
LEAST_WORDS = 1000
"""With fewer a single word weighs more than the gate can bear: such a voice is judged with all others alone."""
OCTAVE_ST = 6.0
"""Farther apart than this, two pitch trackers are nearer to another octave than to each other."""
QUANTITIES = ("rate", "pitch", "level", "effort")
CHANNELS = ("plain", "telephone")
HEAD = """# The customers' voices

Made by `{command}`: each voice says {said} at anger 0, 0.25, 0.5, 0.75 and 1. Nobody listened: these are measurements,
by the same measures as a trainee's. {lines} lines in all.
"""


@dataclass(frozen=True)
class Heard:
    """A line at one anger: our measures, Praat's pitch in Hz, words lost on each channel, and words in all."""

    measures: tuple[float, ...]
    pitch_hz: float
    praat_hz: float
    lost: tuple[int, ...]
    """Empty where nobody counted."""
    words: int


Lines = list[list[Heard]]
"""Of each line, what was heard at each anger."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.voices", description="The customers' voices, measured.")
    parser.add_argument("--quick", action="store_true", help="each voice says five other lines")
    parser.add_argument("--voice", nargs="*", default=[], metavar="ID", help="these voices alone, without the page")
    chosen = parser.parse_args(arguments)
    customers = [voice for voice in library.voices().values() if voice.id in chosen.voice or _customer(voice, chosen)]
    found: dict[str, Lines] = {}
    _recogniser()  # its parts are joined in the folder of the cache, so it is loaded before that is another
    for number, voice in enumerate(customers):
        texts = _some(number) if chosen.quick else lines()
        with nothing_rendered():
            found[voice.id] = [_angers(voice, text, chosen.quick) for text in texts]
        print(
            markdown(_words([(voice.id, found[voice.id])])), markdown(_rises([(voice.id, found[voice.id])])), flush=True
        )
    sections = list(_sections(found))
    command = "python -m bench.voices" + (" --quick" if chosen.quick else "")
    said = f"{QUICK_LINES} other lines" if chosen.quick else "every shipped line"
    page = "\n".join([HEAD.format(command=command, said=said, lines=len(lines())), *map(markdown, sections)])
    print(page)
    if not chosen.voice:
        PAGE.write_text(page, encoding="utf-8")
    missed = [figure for section in sections for figure in section.figures if figure.missed]
    return 1 if missed else 0


def lines() -> list[str]:
    """Every wording of every beat of every shipped scenario, with its marks."""
    beats = (beat for scenario in library.scenarios().values() for beat in scenario.beats)
    return [text for beat in beats for band in sorted(beat.lines) for text in beat.lines[band]]


def _some(number: int) -> list[str]:
    """Lines from everywhere in the scenarios, others for each voice."""
    apart = len(lines()) // QUICK_LINES
    return lines()[(7 * number) % apart :: apart][:QUICK_LINES]


def _customer(voice: Voice, chosen: argparse.Namespace) -> bool:
    return not chosen.voice and voice.engine in ("hibari", "piper") and voice.id != "stand-in"


def _angers(voice: Voice, text: str, quick: bool) -> list[Heard]:
    """A line at each anger, made from one neutral take."""
    tts.prepare(voice, text)
    return [_heard(voice, text, anger, not quick or anger in (ANGERS[0], ANGERS[-1])) for anger in ANGERS]


def _heard(voice: Voice, text: str, anger: float, with_words: bool) -> Heard:
    clip = tts.speak(voice, text, tts.delivery(anger, voice))
    told = plain(text)
    measured = analyse.measure(clip, Transcript(voice.language, told, ()))
    channels = (clip, telephone.over(clip)) if with_words else ()
    gone = tuple(lost(told, _recogniser().recognise(heard).text) for heard in channels)
    return Heard(_numbers(measured), measured.pitch.median_hz or np.nan, _praat_hz(clip), gone, len(told.split()))


@cache
def _recogniser() -> asr.Recogniser:
    return asr.engine("base", "en")


def _numbers(found: Measures) -> tuple[float, ...]:
    values = (
        found.rate.articulation_syllables_per_s,
        found.pitch.median_hz,
        found.level.active_dbfs,
        found.effort.alpha_ratio_db,
    )
    return tuple(np.nan if value is None else value for value in values)


def _praat_hz(clip: Clip) -> float:
    """The median pitch by Praat's autocorrelation, from 50 to 800 Hz."""
    import parselmouth

    track = parselmouth.Sound(clip.astype(np.float64), RATE_HZ).to_pitch_ac(pitch_floor=50.0, pitch_ceiling=800.0)
    f0_hz = track.selected_array["frequency"]
    return float(np.median(f0_hz[f0_hz > 0])) if (f0_hz > 0).any() else np.nan


def _sections(found: dict[str, Lines]) -> Iterator[Section]:
    yield gates(list(_figures(found)))
    yield _rises(list(found.items()))
    yield _medians(list(found.items()))
    yield _words(list(found.items()))


def _figures(found: dict[str, Lines]) -> Iterator[Figure]:
    every = [line for of_voice in found.values() for line in of_voice]
    told = _measurable(every)
    for place, name in enumerate(QUANTITIES):
        rising = sum(line[-1].measures[place] > line[0].measures[place] for line in told)
        yield Figure(f"{name} higher at anger 1 than at 0", 100.0 * rising / len(told), "% of lines", 100.0, True)
    for voice, of_voice in {"all voices": every, **found}.items():
        if sum(line[0].words for line in of_voice) < LEAST_WORDS:
            continue
        for place, channel in enumerate(CHANNELS):
            more = _lost_percent(of_voice, -1, place) - _lost_percent(of_voice, 0, place)
            yield Figure(f"{voice}, {channel}: words lost more at anger 1", more, "% of words", MOST_LOST_PERCENT)
    octaves = sum(_apart_st(heard) > OCTAVE_ST for line in told for heard in line)
    yield Figure("sounds whose pitch lies another octave by Praat", float(octaves), "", 0.0)


def _measurable(of_voice: Lines) -> Lines:
    """The lines of which everything can be measured at every anger: a "Hello?" has too little speech for it."""
    return [line for line in of_voice if np.isfinite([heard.measures for heard in line]).all()]


def _apart_st(heard: Heard) -> float:
    return abs(12.0 * float(np.log2(heard.pitch_hz / heard.praat_hz)))


def _lost_percent(of_voice: Lines, level: int, channel: int) -> float:
    gone = sum(line[level].lost[channel] for line in of_voice)
    return 100.0 * gone / sum(line[level].words for line in of_voice)


def _rises(found: Sequence[tuple[str, Lines]]) -> Section:
    rows = []
    for voice, of_voice in found:
        cells, told = [], _measurable(of_voice)
        for place in range(len(QUANTITIES)):
            values = [[heard.measures[place] for heard in line] for line in told]
            steps = sum(all(after > before for before, after in pairwise(line)) for line in values)
            cells.append(f"{sum(line[-1] > line[0] for line in values)}, {steps} on every step")
        rows.append([voice, len(of_voice), len(told), *cells])
    note = "Lines that are higher at anger 1 than at 0, and those that rise on each of the four steps."
    return Section("What rises with anger", note, ["voice", "lines", "measurable", *QUANTITIES], rows)


def _medians(found: Sequence[tuple[str, Lines]]) -> Section:
    rows = []
    for voice, of_voice in found:
        told = _measurable(of_voice)
        middle = np.median([[heard.measures for heard in line] for line in told], axis=0)
        rate, pitch, level, effort = middle.T
        cells = [
            ", ".join(f"{value:.2f}" for value in rate),
            ", ".join(f"{value:.0f}" for value in pitch),
            ", ".join(f"{value:.1f}" for value in level),
            ", ".join(f"{value:.1f}" for value in effort),
        ]
        apart = float(np.median([_apart_st(heard) for line in told for heard in line]))
        rows.append([voice, *cells, f"{apart:.2f}"])
    header = ["voice", "syllables/s", "Hz", "dBFS", "effort, dB", "from Praat, st"]
    return Section("How it sounds at each anger", "Medians over the lines, at the five angers.", header, rows)


def _words(found: Sequence[tuple[str, Lines]]) -> Section:
    rows: list[list[str | int | None]] = []
    for voice, of_voice in found:
        for place, channel in enumerate(CHANNELS):
            counted = [all(line[level].lost for line in of_voice) for level in range(len(ANGERS))]
            gone = [
                sum(line[level].lost[place] for line in of_voice) if there else None
                for level, there in enumerate(counted)
            ]
            rows.append([voice, channel, sum(line[0].words for line in of_voice), *gone])
    header = ["voice", "channel", "words", *(f"anger {anger:g}" for anger in ANGERS)]
    return Section("Words lost", "By the recogniser base, of the words of the lines.", header, rows)


if __name__ == "__main__":
    sys.exit(main())
