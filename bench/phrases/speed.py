"""How long one core takes to judge the words of an answer (CPU seconds), and what it takes to be ready for it."""

import time

import numpy as np

from bench.gates import Figure, child, table
from bench.memory import resident
from bench.phrases.fit import NAMES
from trainer import library, meaning
from trainer.coaching import spoken
from trainer.coaching.utterance import judged

ANSWERS = {
    "en": "I understand that you are angry, Mrs Kowalska, and I am really sorry that the machine did not come. I will "
    "call the warehouse myself, and I will ring you back before five o'clock, so that we find a day together.",
    "pl": "Rozumiem, że jest pani zła, pani Kowalska, i naprawdę bardzo przepraszam, że pralka znowu do pani nie "
    "dojechała. Sama zadzwonię zaraz do magazynu i oddzwonię do pani jeszcze dzisiaj przed piątą, żebyśmy razem "
    "znaleźli taki dzień, który będzie pani naprawdę odpowiadał.",
}
TIMES = 30
LONGEST_S = 0.06


def run(language: str = "en") -> None:
    """Print the figures, each measured in a process of its own."""
    ready_s, grown_mb, median_s, slowest_s = child("bench.phrases.speed", BENCH_LANGUAGE=language)
    figures = [
        Figure(f"to judge an answer of {len(ANSWERS[language].split())} words", median_s, "s", LONGEST_S),
        Figure("    the slowest of thirty", slowest_s, "s"),
        Figure("to be ready for the first", ready_s, "s"),
        Figure("memory that stays", grown_mb, "MB"),
    ]
    print(table(f"The words: speed and memory ({language})", figures))


def _measured(language: str) -> list[float | None]:
    before, _ = resident()
    began_s = time.perf_counter()
    spoken.ready(language)
    rules = [rule for rule in library.rules().values() if rule.kind == "said"]
    judged(ANSWERS[language], rules, NAMES[language], language)
    ready_s = time.perf_counter() - began_s
    took_s = []
    for _ in range(TIMES):
        meaning.forget()
        began_s = time.process_time()
        judged(ANSWERS[language], rules, NAMES[language], language)
        took_s.append(time.process_time() - began_s)
    after, _ = resident()
    grown = None if before is None or after is None else after - before
    return [ready_s, grown, float(np.median(took_s)), max(took_s)]


if __name__ == "__main__":
    import json
    import os

    print(json.dumps(_measured(os.environ["BENCH_LANGUAGE"])))
