"""(f) What withholds a verdict or warns: false alarms on clean recordings, hits where there is something to hear."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from bench.accuracy import corpus, hearing, pairs
from bench.accuracy.confusion import WORDS, Tally
from bench.accuracy.corpus import Speaker
from bench.accuracy.disturb import babble, pink, with_noise
from bench.accuracy.gaincontrol import Control, controlled
from bench.accuracy.report import Cell, Section, percent
from trainer.coaching.compare import compare
from trainer.records import RATE_HZ, Clip, Measures

STRETCHES, QUICK = 12, 4
LONG_S = 25.0
GAP_S = 0.5
WARNINGS = ("gain_control", "second_voice", "clipped", "noisy", "too_noisy")

Join = Callable[[list[Clip]], Clip]


def room(dbfs: float) -> Callable[[Clip, int], Clip]:
    return lambda clip, seed: np.asarray(clip + pink(len(clip), seed) * 10 ** (dbfs / 20), np.float32)


def gapped(clips: list[Clip]) -> Clip:
    """With digital silence between them."""
    gap = np.zeros(round(GAP_S * RATE_HZ), np.float32)
    return np.concatenate([part for clip in clips for part in (clip, gap)])


CONTROLS = {
    "release 1 s, at most 20 dB": Control(release_s=1.0, cap_db=20.0),
    "release 1.5 s, at most 25 dB": Control(),
    "release 2 s, at most 30 dB": Control(release_s=2.0, cap_db=30.0),
}
ROOMS_DBFS = (-70.0, -60.0, -50.0)


def run(quick: bool) -> Iterator[Section]:
    most = QUICK if quick else STRETCHES
    yield _refusals(most)
    yield _false_alarms(most)
    yield _hits(most)
    yield _volume_under_control(2 if quick else 3)


def _joined(speaker: Speaker, speech_s: float, most: int, join: Join) -> list[Clip]:
    """Stretches of at least so much speech, each joined from its utterances."""
    found: list[Clip] = []
    parts: list[Clip] = []
    got_s = 0.0
    for one in speaker.utterances():
        parts.append(one.clip)
        got_s += one.speech_s
        if got_s >= speech_s:
            found.append(join(parts))
            parts, got_s = [], 0.0
        if len(found) == most:
            break
    return found


def _false_alarms(most: int) -> Section:
    rows: list[list[Cell]] = []
    for name, speech_s in itertools.product(
        ("end to end", "digital silence between", "room tone"), (pairs.SPEECH_S, LONG_S)
    ):
        found: list[Measures] = []
        who: Counter[str] = Counter()
        for speaker in corpus.speakers():
            clips = _joined(speaker, speech_s, most, np.concatenate if name == "end to end" else gapped)
            if name == "room tone":
                clips = [room(-60.0)(clip, seed) for seed, clip in enumerate(clips)]
            heard = [hearing.wordless(clip, speaker.language) for clip in clips]
            found += heard
            who.update(speaker.name for one in heard if one.quality.warnings or one.pitch.reason == "trackers_disagree")
        rows.append([name, f"{speech_s:g} s", *_counts(found), _listed(who)])
    header = ["joined", "speech", *WARNINGS, "trackers disagree", "whose"]
    note = (
        "All of these are false, but the noise where a recording has some. Room tone: pauses, and -60 dBFS under all."
    )
    return Section("Clean recordings that are warned about", note, header, rows)


def _counts(found: list[Measures]) -> list[Cell]:
    warned = Counter(warning for one in found for warning in one.quality.warnings)
    cells: list[Cell] = [f"{warned[warning]} of {len(found)}" for warning in WARNINGS]
    apart = sum(one.pitch.reason == "trackers_disagree" for one in found)
    return [*cells, f"{apart} of {len(found)}"]


def _disturbances() -> Iterable[tuple[str, Callable[[Clip, int], Clip]]]:
    for dbfs, (name, control) in itertools.product(ROOMS_DBFS, CONTROLS.items()):
        yield f"gain control ({name}), room {dbfs:g} dBFS", _controlled(dbfs, control)
    for snr_db in (20.0, 15.0, 10.0):
        yield f"babble of five at {snr_db:g} dB", with_noise(babble, snr_db)
    for snr_db in (25.0, 20.0, 15.0):
        yield f"one other voice at {snr_db:g} dB", with_noise(_other_voice, snr_db)
    for snr_db in (30.0, 20.0):
        yield f"steady room noise at {snr_db:g} dB (a false alarm)", with_noise(pink, snr_db)


def _controlled(dbfs: float, control: Control) -> Callable[[Clip, int], Clip]:
    tone = room(dbfs)
    return lambda clip, seed: controlled(tone(clip, seed), control)


def _other_voice(count: int, seed: int) -> Clip:
    """Somebody else, who goes on talking; of power 1."""
    other = corpus.speakers()[seed % 4]
    voice = np.resize(corpus.stretches(other, 12.0, 1)[0], count)
    return np.asarray(voice / np.sqrt(np.mean(voice**2)), np.float32)


def _hits(most: int) -> Section:
    clips = [
        (speaker, clip)
        for speaker in corpus.speakers()[4:]
        for clip in _joined(speaker, 12.0, max(2, most // 3), gapped)
    ]
    rows: list[list[Cell]] = []
    for name, disturbance in _disturbances():
        found = [hearing.wordless(disturbance(clip, seed), who.language) for seed, (who, clip) in enumerate(clips)]
        rows.append([name, *_counts(found)])
    note = "12 s of speech with pauses of half a second; nobody of the other voices speaks here."
    return Section(
        "What is heard where there is something to hear", note, ["disturbance", *WARNINGS, "trackers disagree"], rows
    )


def _refusals(most: int) -> Section:
    """Reasons why a clean stretch, or a pair of them, got no number; every one is a false refusal."""
    rows: list[list[Cell]] = []
    for speaker in corpus.speakers():
        found = pairs.heard(pairs.natural(speaker, min(most, 10)), speaker)
        single = Counter(
            f"{name}: {measure.reason}"
            for one in found
            for name, measure in (
                ("rate", one.rate),
                ("pitch", one.pitch),
                ("level", one.level),
                ("effort", one.effort),
            )
            if measure.status == "not_measurable"
        )
        compared = [(compare(a, b)) for a, b in itertools.combinations(found, 2)]
        both = Counter(
            f"{name}: {change.reason}"
            for one in compared
            for name, change in (
                ("rate", one.rate),
                ("pitch", one.pitch),
                ("volume", one.volume),
                ("effort", one.effort),
            )
            if change.verdict == "not_measurable"
        )
        rows.append([speaker.name, len(found), _listed(single), len(compared), _listed(both)])
    return Section(
        "Clean stretches and pairs without a number", "", ["speaker", "stretches", "why", "pairs", "why"], rows
    )


def _listed(found: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in found.most_common()) or "–"


def _volume_under_control(most: int) -> Section:
    """Volume must be withheld or right: alike pairs claimed none, lowered pairs never higher, nor "none" for long."""
    rows: list[list[Cell]] = []
    for dbfs, (name, control) in itertools.product(ROOMS_DBFS, CONTROLS.items()):
        through = _controlled(dbfs, control)
        same, down = Tally(), Tally()
        for speaker in corpus.speakers():
            clips = pairs.natural(speaker, most, 12.0)
            twins = pairs.strong(clips, pairs.median_hz([hearing.wordless(clip, speaker.language) for clip in clips]))
            plain = [hearing.wordless(through(clip, n), speaker.language) for n, clip in enumerate(clips)]
            loud = [hearing.wordless(through(twin.loud, n), speaker.language) for n, twin in enumerate(twins)]
            soft = [hearing.wordless(through(twin.soft, n + 9), speaker.language) for n, twin in enumerate(twins)]
            for comparison in pairs.alike(plain):
                same.add(comparison.volume)
            for comparison in pairs.lowered(loud, soft):
                down.add(comparison.volume)
        label = f"{name}, room {dbfs:g} dBFS"
        rows.append([label, "alike", *same.row(), percent(same.verdicts["not_measurable"], same.pairs)])
        rows.append([label, "lowered", *down.row(), percent(down.verdicts["not_measurable"], down.pairs)])
    header = ["gain control", "pairs", *(word.replace("_", " ") for word in WORDS), "withheld"]
    return Section(
        "Volume under gain control",
        "12 s of speech each, end to end. Lowered by 10 to 23 dB before the control.",
        header,
        rows,
    )
