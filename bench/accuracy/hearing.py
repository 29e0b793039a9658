"""What our chain measures in a clip, with the words of the default recogniser, which are kept by content."""

import dataclasses
import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path

from trainer import analyse, asr, sound
from trainer.records import Clip, Measures, Transcript, Word

RECOGNISER = "base"


def folder() -> Path:
    """Where transcripts are kept: TRAINER_BENCH_CACHE, or a folder of the system's temporary files."""
    chosen = Path(os.environ.get("TRAINER_BENCH_CACHE") or Path(tempfile.gettempdir()) / "trainer-accuracy")
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def measures(clip: Clip, language: str) -> Measures:
    """All measures of what a 16-bit file would keep of ``clip``."""
    pcm = sound.to_pcm(clip)
    written = sound.from_pcm(pcm)
    return analyse.measure(written, _transcript(pcm.tobytes(), written, language))


def _transcript(content: bytes, clip: Clip, language: str) -> Transcript:
    key = hashlib.sha256(content + f"{RECOGNISER} {language}".encode()).hexdigest()
    path = folder() / f"{key[:32]}.json"
    if path.is_file():
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Transcript(language, kept["text"], tuple(Word(**word) for word in kept["words"]))
    found = _recogniser(language).recognise(clip)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(dataclasses.asdict(found)), encoding="utf-8")
    part.replace(path)
    return found


@cache
def _recogniser(language: str) -> asr.Recogniser:
    return asr.engine(RECOGNISER, language)


def wordless(clip: Clip, language: str) -> Measures:
    """The measures that need no words, which is all but the rate; no recogniser is asked."""
    return analyse.measure(sound.from_pcm(sound.to_pcm(clip)), Transcript(language, "", ()))
