"""Pitch and tempo of every voice as it sounds at anger 0: what voices/*.yaml carry as ``measured_…``.

python -m bench.voices_profile [ID …]
"""

import sys
from dataclasses import replace

import numpy as np

from trainer import library, syllables, tts, voicing
from trainer.errors import TrainerError
from trainer.records import Voice
from trainer.tts import render

TEXTS = (
    "I have been waiting for three weeks, and nobody has called me back. What are you going to do about it?",
    "The driver left my parcel outside in the rain, and now the box is ruined.",
    "This is the second time that I have to explain the whole story to somebody new.",
    "You promised that it would be here on Monday. Today is Thursday, and I am still waiting.",
)


def profile(voice: Voice) -> tuple[float, float, float]:
    """Median pitch in Hz, syllables per second of speech (pauses of 0.15 s and the ends left out), speech in s."""
    pitches, spoken_s, count = [], 0.0, 0
    for text in TEXTS:
        clip = tts.speak(voice, text, replace(tts.delivery(0.0, voice), breath_s=0.0))
        track = voicing.pitch_track(clip)
        pitches.append(track.f0_hz[track.confidence > render.VOICED_CONFIDENCE])
        spoken_s += render.spoken_s(clip.astype(np.float64))
        count += syllables.count(text, voice.language)
    return float(np.median(np.concatenate(pitches))), count / spoken_s, spoken_s


def main() -> None:
    voices = library.voices()
    for name in sys.argv[1:] or sorted(voices):
        try:
            pitch_hz, rate, spoken_s = profile(voices[name])
        except TrainerError as problem:
            print(f"{name}: {problem}")
            continue
        print(f"{name}: measured_pitch_hz: {pitch_hz:.1f}  measured_syllables_per_s: {rate:.2f}  ({spoken_s:.1f} s)")


if __name__ == "__main__":
    main()
