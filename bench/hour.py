"""An hour of recording through all measures, without recognising it: by how much the memory grows meanwhile."""

import json
import tempfile
from itertools import islice
from pathlib import Path

import numpy as np

from bench.answers import answers
from bench.gates import Figure, child
from bench.memory import resident
from trainer import analyse, sound
from trainer.records import RATE_HZ, Transcript

LARGEST_MB = 100.0
HOUR_S = 3600.0


def run() -> list[Figure]:
    before, after = child("bench.hour")
    grown = None if before is None or after is None else after - before
    return [Figure("growth of the peak over what the process holds after start", grown, "MB", LARGEST_MB)]


def _recorded(path: Path) -> None:
    """An hour of answers, one after the other, written block by block."""
    import soundfile

    spoken = np.concatenate([answer.clip for answer in answers(4)])
    with soundfile.SoundFile(path, "w", RATE_HZ, 1, "PCM_16", format="FLAC") as file:
        for _ in range(round(HOUR_S * RATE_HZ / len(spoken))):
            file.write(sound.to_pcm(spoken))


def _grown() -> tuple[float | None, float | None]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        path = Path(folder) / "hour.flac"
        _recorded(path)
        analyse.warm_up("en")
        minute = np.concatenate(list(islice(sound.blocks(path, 2 * HOUR_S), 200)))
        analyse.measure(minute, Transcript("en", "a word", ()))
        del minute
        before = resident()[0]
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak counts from here
        analyse.measure_stream(lambda: sound.blocks(path, 2 * HOUR_S), Transcript("en", "a word", ()))
        return before, resident()[1]


if __name__ == "__main__":
    print(json.dumps(_grown()))
