"""One line by pyttsx3, in a process of its own: an order as JSON on standard input, a sound file at its path."""

import json
import sys
import time
from pathlib import Path
from typing import Any

RATE_WORDS_PER_MIN = 170
APPEAR_LIMIT_S = 10.0
_SETTLED_S = 0.2


def chosen(voices: list[Any], speaker: str, language: str) -> str | None:
    """Id of the voice to use: the speaker by id or name, else the first of the language, else the engine's own."""
    for voice in voices:
        if speaker and speaker in (voice.id, voice.name):
            return str(voice.id)
    for voice in voices:
        codes = [code.decode(errors="replace") if isinstance(code, bytes) else str(code) for code in voice.languages]
        if any(code.strip("\x00\x01\x02\x03\x04\x05").lower().startswith(language) for code in codes):
            return str(voice.id)
    return None


def wait_for(path: Path, limit_s: float = APPEAR_LIMIT_S) -> None:
    """Wait until the file is there and grows no more. Raises TimeoutError when it never appears.

    pyttsx3 comes back from ``runAndWait`` while espeak's thread still has the file to write (seen in 1 of 20 lines
    on a busy machine), and would take the thread down with the process.
    """
    until, seen, since = time.monotonic() + limit_s, 0, time.monotonic()
    while seen == 0 or time.monotonic() - since < _SETTLED_S:
        now = time.monotonic()
        size = path.stat().st_size if path.exists() else 0
        if size != seen:
            seen, since = size, now
        elif size == 0 and now > until:
            raise TimeoutError("it wrote no sound")
        time.sleep(0.02)


def main() -> None:
    """Say the order on standard input; an error ends the process with its text on standard error."""
    order = json.loads(sys.stdin.buffer.read())
    try:
        import pyttsx3

        engine = pyttsx3.init()
        engine.setProperty("rate", RATE_WORDS_PER_MIN)
        voice = chosen(engine.getProperty("voices") or [], order["speaker"], order["language"])
        if voice is not None:
            engine.setProperty("voice", voice)
        engine.save_to_file(order["text"], order["path"])
        engine.runAndWait()
        wait_for(Path(order["path"]))
    except Exception as problem:  # whatever a driver raises: the parent says it in one line
        sys.exit(" ".join(str(problem).split()) or type(problem).__name__)


if __name__ == "__main__":
    main()
