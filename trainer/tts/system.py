"""The speech engine of the operating system by pyttsx3: SAPI5, NSSpeech, espeak-ng.

pyttsx3 hangs on a second line and off the main thread, so every line has a process of its own with a time limit
(``system_child.py``), which writes a sound file for us.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from trainer import sound
from trainer.errors import BadInput, NoEngine
from trainer.records import Clip, Voice
from trainer.words import say

START_LIMIT_S = 20.0
LETTER_LIMIT_S = 0.05
"""A driver that plays while it writes needs about 0.07 s a letter at most at our rate; ours all write faster."""

CHILD = "trainer.tts.system_child"


class SystemSpeaker:
    """Says a text with the speech engine of this system."""

    repeatable = False

    def synthesise(self, voice: Voice, text: str) -> Clip:
        """The text at 16 kHz. Raises NoEngine when there is no engine, or it hangs or dies."""
        limit_s = START_LIMIT_S + LETTER_LIMIT_S * len(text)
        with tempfile.TemporaryDirectory(prefix="trainer-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "line.wav"
            _run({"text": text, "speaker": voice.speaker, "language": voice.language, "path": str(path)}, limit_s)
            try:
                return sound.read(path, sound.ANSWER_LONGEST_S)
            except (BadInput, OSError) as problem:
                raise NoEngine(say("tts.system_died", problem="it wrote no sound")) from problem


def _run(order: dict[str, str], limit_s: float) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-m", CHILD],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=limit_s,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as problem:
        raise NoEngine(say("tts.system_hangs", limit_s=limit_s)) from problem
    except OSError as problem:
        raise NoEngine(say("tts.system_died", problem=problem)) from problem
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoEngine(say("tts.system_died", problem=lines[-1] if lines else f"exit status {done.returncode}"))
