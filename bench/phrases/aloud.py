"""The round trip: an utterance in a voice of the library, over the telephone, recognised, and judged as it was heard.

Beside it the same utterances as they were written. A synthetic voice is no person: it tells how much the judgement
bears, not how well people are recognised. Every few utterances one, since each takes a second.
"""

from bench import spelling
from bench.phrases import corpus, measure
from bench.phrases.corpus import Utterance
from trainer import asr, library, tts
from trainer.records import Delivery
from trainer.tts import telephone

MOST = 240
VOICES = {"en": "heart", "pl": "system-pl"}


def run(split: str = "dev", language: str = "en") -> None:
    """Print the word error rate and the figures of what was written and of what was heard."""
    every = corpus.read(language, split)
    known = every[:: max(1, len(every) // MOST)]
    heard = _heard(known, language)
    words = sum(len(spelling.words(one.text)) for one in known)
    lost = sum(spelling.lost(one.text, text) for one, text in zip(known, heard, strict=True))
    low, high = measure.interval(lost, words)
    print(f"{len(known)} utterances ({language}, {split}) in the voice {VOICES[language]}, over the telephone")
    print(f"words wrong: {lost} of {words}, {lost / words:.3f} ({low:.3f}-{high:.3f})")
    spoken = [
        Utterance(text, one.rules, one.like, one.situation, one.part, one.unclear)
        for one, text in zip(known, heard, strict=True)
    ]
    for name, said in (("as written", known), ("as heard", spoken)):
        print(f"{name}:")
        measure.table(measure.figures(said, measure.ours(language)(said)))


def _heard(known: list[Utterance], language: str) -> list[str]:
    voice, recogniser = library.voices()[VOICES[language]], asr.engine("base", language)
    clips = (telephone.over(tts.speak(voice, one.text, Delivery())) for one in known)
    return [recogniser.recognise(clip).text for clip in clips]
