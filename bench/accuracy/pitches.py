"""(d) The pitch of every frame against a known F0, and on recordings of people where Praat and Harvest agree."""

import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bench.accuracy import corpus, hearing, oracle, pairs, report
from bench.accuracy.disturb import CONDITIONS
from bench.accuracy.kinds import KINDS, Known, Parts, parts
from bench.accuracy.report import Cell, Section, percent
from bench.gates import Figure
from trainer.prosody import frames
from trainer.records import Clip

STRETCHES, QUICK = 3, 1
GROSS = 0.2
OCTAVE_ST = 3.0
AGREED_CENTS = 100.0

Track = npt.NDArray[np.float64]


@dataclass
class Errors:
    """Frames compared: ours against the truth. Voicing errors count only where the truth can be said."""

    both: int = 0
    gross: int = 0
    octave: int = 0
    missed: int = 0
    false: int = 0
    voiced: int = 0
    unvoiced: int = 0
    cents: list[float] = field(default_factory=list)

    def add(self, ours_hz: Track, true_hz: Track) -> None:
        """Both shape (frames,); 0 is unvoiced, -1 in the truth is not counted."""
        true, ours = true_hz > 0, ours_hz > 0
        self.voiced += int(np.count_nonzero(true))
        self.unvoiced += int(np.count_nonzero(true_hz == 0))
        self.missed += int(np.count_nonzero(true & ~ours))
        self.false += int(np.count_nonzero((true_hz == 0) & ours))
        both = true & ours
        ratio = ours_hz[both] / true_hz[both]
        away_st = np.abs(12.0 * np.log2(ratio))
        self.both += len(ratio)
        self.gross += int(np.count_nonzero(np.abs(ratio - 1.0) > GROSS))
        self.octave += int(np.count_nonzero(np.abs(away_st - 12.0) < OCTAVE_ST))
        self.cents += (100.0 * away_st[np.abs(ratio - 1.0) <= GROSS]).tolist()

    def gate(self, name: str) -> Figure:
        """Octave errors are at most 0.5 % of the frames that both call voiced."""
        share = 100.0 * self.octave / self.both if self.both else None
        return Figure(f"octave errors, {name}", share, "%", 0.5)

    def row(self) -> list[Cell]:
        cents = statistics.median(self.cents) if self.cents else None
        cells = [percent(self.octave, self.both), percent(self.gross, self.both)]
        return [cents, *cells, percent(self.missed, self.voiced), percent(self.false, self.unvoiced)]


HEADER = ["median cents", "octave errors", "gross (> 20 %)", "voiced missed", "unvoiced called voiced"]


def run(quick: bool) -> Iterator[Section]:
    most = QUICK if quick else STRETCHES
    taken = [parts(clip) for speaker in corpus.speakers() for clip in pairs.natural(speaker, most)[:most]]
    yield from _known(taken)
    yield from _agreed(most)


def ours(clip: Clip) -> Track:
    """Our F0 of each frame in Hz, 0 unvoiced."""
    seen = frames.analyse(lambda: iter((clip,)))
    return np.where(seen.voiced, seen.f0_hz, 0.0)


def _known(taken: list[Parts]) -> list[Section]:
    rows: list[list[Cell]] = []
    octaves: list[Figure] = []
    for name, make in KINDS.items():
        mine, praat = Errors(), Errors()
        median_st: list[float] = []
        refused = 0
        for seed, of in enumerate(taken):
            known = make(of, seed)
            mine.add(_fit(ours(known.clip), known), known.f0_hz)
            praat.add(oracle.praat_f0(known.clip, oracle.at_s(known.clip)), known.f0_hz)
            pitch = hearing.wordless(known.clip, "en").pitch
            refused += pitch.median_hz is None
            if pitch.median_hz and (known.f0_hz > 0).any():
                median_st.append(12.0 * float(np.log2(pitch.median_hz / np.median(known.f0_hz[known.f0_hz > 0]))))
        octaves.append(mine.gate(name))
        worst = max(median_st, key=abs) if median_st else None
        rows.append([name, *mine.row(), worst, f"{refused} of {len(taken)}", *praat.row()[:3]])
    header = ["voice", *HEADER, "worst median, st", "refused", "Praat: cents", "Praat: octave", "Praat: gross"]
    note = (
        "Speech whose source is exchanged for one of known F0, taken at the beginning of our frames. "
        "Frames within 20 ms of an edge of voicing are not counted; refused are whole clips without a pitch."
    )
    return [report.gates(octaves), Section("Against known F0", note, header, rows)]


def _fit(found: Track, known: Known) -> Track:
    return found[: len(known.f0_hz)]


def _agreed(most: int) -> list[Section]:
    by_voice: dict[str, Errors] = defaultdict(Errors)
    by_condition: dict[str, Errors] = defaultdict(Errors)
    for speaker in corpus.speakers():
        for clip in pairs.natural(speaker, most):
            truth = agreed(clip)
            by_voice[speaker.name].add(ours(clip)[: len(truth)], truth)
            for name in ("telephone", "Opus 24 kbit/s", "room noise 20 dB", "babble 20 dB", "gain control"):
                disturbed = ours(CONDITIONS[name](clip, 0))
                count = min(len(truth), len(disturbed))
                by_condition[name].add(disturbed[:count], truth[:count])
    note = "Voiced is where Praat and Harvest agree within a semitone, unvoiced where neither finds a pitch."
    return [
        report.gates([errors.gate(name) for name, errors in (by_voice | by_condition).items()]),
        Section("Recordings, against Praat and Harvest", note, ["speaker", *HEADER], _rows(by_voice)),
        Section("The same, disturbed, against the clean truth", note, ["condition", *HEADER], _rows(by_condition)),
    ]


def _rows(found: dict[str, Errors]) -> list[list[Cell]]:
    return [[name, *errors.row()] for name, errors in found.items()]


def agreed(clip: Clip) -> Track:
    """F0 where Praat and Harvest agree, 0 where both find none, -1 elsewhere."""
    at_s = oracle.at_s(clip)
    praat, harvest = oracle.praat_f0(clip, at_s), oracle.harvest_f0(clip, at_s)
    both = (praat > 0) & (harvest > 0)
    cents = 1200.0 * np.abs(np.log2(np.where(both, praat, 1.0) / np.where(both, harvest, 1.0)))
    truth = np.where(both & (cents <= AGREED_CENTS), praat, -1.0)
    return np.where((praat == 0) & (harvest == 0), 0.0, truth)
