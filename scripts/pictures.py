"""Draw the pictures of docs/measures.md by our own code: `python -m scripts.pictures [NAME …]`.

The voice is synthesised, so that no recording is needed; the measures in them are those that the program finds.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from scripts.drawing import INK, MUTED, OTHER, SHADE, VOICE, WARM_SHADE, Panel, Picture
from trainer import analyse, library, signals, syllables, tts
from trainer.coaching.course import course
from trainer.coaching.thresholds import Quantity, clear_limit, limit, shipped_thresholds
from trainer.loudness import MARGIN_DB
from trainer.prosody import effort, fillers, nuclei, pitch, quality
from trainer.prosody.frames import Analysed
from trainer.records import RATE_HZ, Clip, Delivery, Measures, Transcript
from trainer.selftest import recording
from trainer.selftest.spoken import ROOM_DBFS, recorded, seen_in
from trainer.selftest.tempo import uh
from trainer.tts.render import render
from trainer.turns.timing import Limits, Timing, timing, total_s
from trainer.voicing import HOP, HOP_S

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SENTENCE = "I am sorry about that, Mrs Kowalska. I will take care of this myself, and call you back today."
LEFT, WIDE = 52, 680


@cache
def _line() -> Clip:
    """A sentence in our own voice, in a quiet room."""
    clip = tts.speak(library.voices()["heart"], SENTENCE, Delivery())
    return recorded(clip + signals.noise(len(clip) / RATE_HZ, ROOM_DBFS)[: len(clip)])


def _moved(delivery: Delivery) -> Clip:
    return render(_line(), library.voices()["heart"], replace(delivery, level_dbfs=-26.0))


def _seconds(seen: Analysed) -> list[float]:
    return [frame * HOP_S for frame in range(len(seen.energy_db))]


def _smooth(energy_db: "np.typing.NDArray[np.float64]") -> list[float]:
    """Energy over five frames: a curve that can be read."""
    power = np.convolve(10.0 ** (energy_db / 10.0), np.full(5, 0.2), "same")
    return [float(db) for db in 10.0 * np.log10(np.maximum(power, 1e-12))]


def _energy_panel(picture: Picture, seen: Analysed, top: float, height: float, name: str, room_s: float = 0.0) -> Panel:
    """Axes for the energy of a sound, its speech shaded; ``room_s`` beyond its end is for words."""
    end_s = len(seen.energy_db) * HOP_S + room_s
    panel = Panel(picture, LEFT, top, WIDE, height, (0.0, end_s), (-80.0, -5.0))
    for start, end in seen.spans:
        panel.shade((start, end), SHADE)
    panel.axes(range(int(end_s) + 1), (-80, -60, -40, -20), "seconds", name)
    return panel


def tempo() -> Picture:
    """Speech, pauses, syllable nuclei and a filled pause."""
    plain = seen_in(_line())
    begins = round((plain.spans[1][0] - 0.05) * RATE_HZ)
    clip = _line()
    seen = seen_in(recorded(signals.joined(clip[:begins], uh(pitch.median_and_span(plain)), clip[begins:])))
    picture = Picture("Speech and pauses, syllable nuclei and a filled pause", 330)
    panel = _energy_panel(picture, seen, 72, 200, "level, dBFS")
    for start, end in fillers.filled_pauses(seen):
        panel.shade((start, end), WARM_SHADE)
        panel.say((start + end) / 2, -68, "“uh”", OTHER)
    panel.curve(_seconds(seen), _smooth(seen.energy_db), VOICE)
    for start, end in seen.pauses:
        panel.say((start + end) / 2, -78, f"{end - start:.1f} s", MUTED)
    for at_s in nuclei.times_s(seen):
        picture.dot(panel.at_x(at_s), panel.at_y(-5), INK, 2.5)
    count, spoken = syllables.count(SENTENCE, "en"), plain.speech_s
    picture.words(
        LEFT, 24, f"{count} syllables / {spoken:.1f} s of speech = {count / spoken:.1f} syllables per second", bold=True
    )
    picture.words(
        LEFT,
        42,
        "green: speech · between: pauses · brown: a filled pause, not counted above · dots: syllable nuclei",
        MUTED,
    )
    return picture


def height() -> Picture:
    """Pitch curves of one sentence in two heights, with median and span."""
    picture = Picture("Pitch of one sentence, spoken low and high", 340)
    both = [(seen_in(_moved(Delivery(pitch_st=shift))), colour) for shift, colour in ((1e-6, OTHER), (-4.0, VOICE))]
    end_s = len(both[0][0].energy_db) * HOP_S + 1.0
    panel = Panel(picture, LEFT, 60, WIDE, 230, (0.0, end_s), (110.0, 311.0), log_y=True)
    low, high = np.percentile(both[1][0].f0_hz[both[1][0].voiced], [10, 90])
    panel.shade(panel.x, SHADE, (float(low), float(high)))
    panel.axes(
        range(int(end_s) + 1),
        (110, 131, 156, 185, 220, 262, 311),
        "seconds",
        "pitch, Hz (each line is 3 semitones)",
    )
    medians = []
    for seen, colour in both:
        found = pitch.median_and_span(seen)
        assert found
        medians.append(found[0])
        for start, end in _runs(seen.voiced):
            panel.curve(np.arange(start, end) * HOP_S, seen.f0_hz[start:end], colour, 2.2)
        panel.across(found[0], colour, f"median {found[0]:.0f} Hz")
    change = pitch.semitones(medians[1], medians[0])
    picture.words(
        LEFT, 24, f"12 · log2({medians[1]:.0f} / {medians[0]:.0f}) = {change:.1f} semitones: lower", bold=True
    )
    picture.words(LEFT + WIDE, 24, "shaded: span, 10th to 90th percentile", MUTED, "end")
    return picture


def _runs(mask: "np.typing.NDArray[np.bool_]") -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))).reshape(-1, 2)
    return [(start, end) for start, end in edges.tolist() if end - start > 2]


def volume() -> Picture:
    """Active level against the mean of everything."""
    seen, clip = seen_in(_line()), _line()
    gain_db = -23.0 - (seen.loud.active_dbfs or 0.0)
    picture = Picture("Active speech level", 330)
    panel = _energy_panel(picture, seen, 72, 200, "level, dBFS", room_s=2.0)
    panel.curve(_seconds(seen), _smooth(seen.energy_db - gain_db), VOICE)
    active, mean = seen.loud.active_dbfs or 0.0, 10.0 * np.log10(np.mean(np.square(clip, dtype=np.float64)))
    panel.across(active, INK, f"active level {active:.1f} dBFS")
    panel.across(active - MARGIN_DB, MUTED, f"{MARGIN_DB} dB lower: the limit")
    panel.across(seen.loud.peak_dbfs, OTHER, f"peak {seen.loud.peak_dbfs:.1f} dBFS")
    picture.words(
        LEFT, 24, f"Active level {active:.1f} dBFS; with its pauses counted in it would be {mean:.1f}", bold=True
    )
    picture.words(LEFT, 42, "shaded: speech; what stays under the limit for longer than 0.2 s is not counted", MUTED)
    return picture


def pressed() -> Picture:
    """Spectra of a relaxed and a pressed voice."""
    picture = Picture("Spectra of a relaxed and of a pressed voice", 340)
    panel = Panel(picture, LEFT, 72, WIDE, 210, (50.0, 5000.0), (-60.0, 5.0), log_x=True)
    panel.shade(effort.LOW_HZ, SHADE)
    panel.shade(effort.HIGH_HZ, WARM_SHADE)
    panel.axes((50, 100, 200, 500, 1000, 2000, 5000), (-60, -40, -20, 0), "Hz", "level, dB of the strongest")
    for shelf_db, colour, name in ((0.0, VOICE, "relaxed"), (9.0, OTHER, "pressed")):
        clip = _moved(Delivery(pitch_st=1e-6, shelf_db=shelf_db))
        hz, level_db = _spectrum(clip, seen_in(clip))
        panel.curve(hz, level_db, colour, 2)
        ratio = effort.alpha_ratio_db(seen_in(clip)) or 0.0
        y = 90 if shelf_db else 108
        picture.words(LEFT + WIDE - 8, y, f"{name}: alpha ratio {ratio:.1f} dB", colour, "end", bold=True)
    picture.words(LEFT, 24, "Alpha ratio: power of 1000 to 5000 Hz over that of 50 to 1000 Hz", bold=True)
    picture.words(LEFT, 42, "the same words at the same level; no gain of a microphone changes it", MUTED)
    return picture


def _spectrum(clip: Clip, seen: Analysed) -> tuple[list[float], list[float]]:
    """Mean spectrum of the voiced frames in sixth octaves, in dB of its strongest."""
    starts = np.flatnonzero(seen.voiced) * HOP - HOP
    starts = starts[(starts >= 0) & (starts + 4 * HOP <= len(clip))]
    windows = clip[starts[:, None] + np.arange(4 * HOP)] * np.hanning(4 * HOP)
    power = np.mean(np.abs(np.fft.rfft(windows, axis=1)) ** 2, axis=0)
    hz = np.fft.rfftfreq(4 * HOP, 1 / RATE_HZ)
    middles = 50.0 * 2.0 ** (np.arange(0, 41) / 6)
    bands = [np.interp(np.linspace(m * 2 ** (-1 / 12), m * 2 ** (1 / 12), 20), hz, power).mean() for m in middles]
    level_db = 10.0 * np.log10(bands)
    inside = middles <= effort.HIGH_HZ[1]
    return middles[inside].tolist(), (level_db - level_db.max())[inside].tolist()


def fitness() -> Picture:
    """A steady microphone and one that changes its own gain."""
    plain = seen_in(_line())
    middle = round(sum(plain.pauses[0]) / 2 * RATE_HZ)
    longer = np.insert(_line(), middle, signals.silence(1.0))
    clip = recorded(
        np.tile(longer, 2) + signals.noise(2 * len(longer) / RATE_HZ, ROOM_DBFS + 15.0, 5)[: 2 * len(longer)]
    )
    steady = seen_in(clip)
    riding = seen_in(recorded(clip * recording.riding_gain(steady, len(clip))))
    picture = Picture("A steady gain and one that rides", 430)
    for seen, top, name in ((steady, 62, "A steady gain"), (riding, 262, "A gain that rises when nobody speaks")):
        panel = _energy_panel(picture, seen, top, 110, "dBFS")
        panel.curve(_seconds(seen), _smooth(seen.energy_db), VOICE)
        heard = "heard" if quality.gain_riding(seen) else "not heard"
        snr = quality.snr_db(seen) or 0.0
        picture.words(LEFT, top - 26, f"{name}: signal to noise {snr:.0f} dB, gain control {heard}", bold=True)
    return picture


def turns() -> Picture:
    """When a line and its answers sound, and what is told from it."""
    line = (0.5, 4.0)
    cases = {
        "a breath first": ((4.6, 7.0),),
        "“mm-hm”, then an answer": ((2.2, 2.6), (4.9, 7.4)),
        "cutting in": ((3.1, 6.6),),
        "dead air": ((7.3, 8.6),),
    }
    picture = Picture("Answers on the clock of the call", 300)
    panel = Panel(picture, 190, 40, 540, 210, (0.0, 10.5), (0.0, 5.0))
    panel.shade(line, WARM_SHADE)
    panel.axes(range(11), (), "seconds of the call", "")
    _bar(panel, line, 4.5, OTHER)
    picture.words(20, panel.at_y(4.5) + 4, "the customer's line", OTHER, bold=True)
    for row, (name, speech) in enumerate(cases.items()):
        y = 3.5 - row
        after = [span for span in speech if span[1] > line[1]]
        found = timing(line, (after[0][0], after[-1][1]), speech, after[-1][1], Limits(0.6, 3.0))
        for span in speech:
            _bar(panel, span, y, VOICE)
        picture.words(20, panel.at_y(y) + 4, name, INK)
        panel.say(speech[-1][1] + 0.1, y - 0.1, _told(found), MUTED, "start")
    return picture


def _told(found: Timing) -> str:
    overlap_s = total_s(found.overlaps)
    return f"overlap {overlap_s:.1f} s" if overlap_s else f"latency {found.latency_s:.1f} s"


def _bar(panel: Panel, span: tuple[float, float], y: float, colour: str) -> None:
    left = panel.at_x(span[0])
    panel.picture.box(left, panel.at_y(y) - 8, panel.at_x(span[1]) - left, 16, colour, 4)


def curve() -> Picture:
    """The pitch of the stand-in's answers over a call, against its own normal."""
    script = library.stand_in("late-delivery")
    voice = library.voices()[script.voice]

    def heard(text: str, delivery: Delivery) -> Measures:
        return analyse.measure(tts.speak(voice, text, delivery), Transcript("en", text, ()))

    normal = heard(script.spontaneous, Delivery())
    answers = [heard(speech.text, speech.delivery) for speech in script.coming_down[:7]]
    found = course("pitch", answers, normal)
    numbers = list(range(1, len(answers) + 1))
    picture = Picture("Pitch of the answers over a call", 330)
    panel = Panel(picture, LEFT, 72, WIDE, 200, (0.5, len(answers) + 0.5), (130.0, 240.0), log_y=True)
    own = normal.pitch.median_hz or 0.0
    band = 2.0 ** (limit("pitch", shipped_thresholds().last_speech_s) / 12.0)
    panel.shade(panel.x, SHADE, (own / band, own * band))
    panel.axes(numbers, (130, 160, 200, 240), "turn", "pitch, Hz")
    panel.across(own, MUTED, "own normal")
    values = [answer.pitch.median_hz or own for answer in answers]
    panel.curve(numbers, values, VOICE, 2.2)
    for number, value in zip(numbers, values, strict=True):
        picture.dot(panel.at_x(number), panel.at_y(value), VOICE, 4.5)
    change = found.change.change if found.change else 0.0
    outcome = found.outcome.replace("_", " ")
    picture.words(
        LEFT,
        24,
        f"First answer to the last: {change:+.1f} semitones, since turn {found.since_turn}: {outcome}",
        bold=True,
    )
    picture.words(LEFT, 42, "shaded: what two recordings spoken alike may differ by", MUTED)
    return picture


def chance() -> Picture:
    """The limits of chance by seconds of speech."""
    picture = Picture("How large a change must be, by seconds of speech", 330)
    columns: tuple[tuple[str, tuple[Quantity, ...], float, tuple[int, ...]], ...] = (
        ("pitch, semitones", ("pitch",), 6.0, (0, 2, 4, 6)),
        ("tempo, %", ("rate",), 60.0, (0, 20, 40, 60)),
        ("volume and effort, dB", ("level", "effort"), 12.0, (0, 4, 8, 12)),
    )
    seconds = [float(s) for s in np.geomspace(2.0, 30.0, 40)]
    for place, (name, quantities, most, ticks) in enumerate(columns):
        panel = Panel(picture, LEFT + place * 246, 84, 190, 180, (2.0, 30.0), (0.0, most), log_x=True)
        panel.axes((2, 4, 8, 17, 30), ticks, "seconds of speech", name)
        for quantity, colour in zip(quantities, (VOICE, OTHER), strict=False):
            panel.curve(seconds, [_shown(quantity, limit(quantity, s)) for s in seconds], colour, 2.2)
            panel.curve(seconds, [_shown(quantity, clear_limit(quantity, s)) for s in seconds], colour, 1.4, "5 4")
    picture.words(LEFT, 24, "How large a change must be before it is claimed", bold=True)
    picture.words(LEFT, 42, "full: a change · dashed: a clear one · right: volume green, effort brown", MUTED)
    return picture


def _shown(quantity: Quantity, value: float) -> float:
    return 100.0 * float(np.expm1(value)) if quantity == "rate" else value


PICTURES: dict[str, Callable[[], Picture]] = {
    "tempo": tempo,
    "pitch": height,
    "volume": volume,
    "effort": pressed,
    "recording": fitness,
    "turns": turns,
    "course": curve,
    "chance": chance,
}


def main(names: list[str]) -> None:
    """Draw the pictures of these names; without any, all."""
    FOLDER.mkdir(exist_ok=True)
    for name in names or PICTURES:
        (FOLDER / f"{name}.svg").write_text(PICTURES[name]().svg(), encoding="utf-8", newline="\n")
        print(f"docs/pictures/{name}.svg")


if __name__ == "__main__":
    main(sys.argv[1:])
