"""At the headset, in a process of its own: python sound_card_child.py OUT.npz PLAN, where PLAN is JSON.

PLAN: ``blocks`` to read at most; ``play``: [[block, file.npy], …] begins a line when that block has been read;
``stop``: [block, …]; ``until_suspicious``: end when the capture is so. OUT has what was captured and what was known
of each block. It says "listening" when the first block has been read.
"""

import json
import sys
import time

import numpy as np

from trainer.errors import NoDevice
from trainer.mic import SoundCard


def main(out: str, plan: dict[str, object]) -> None:
    card = SoundCard()
    lines = {block: np.load(file) for block, file in plan.get("play", [])}  # type: ignore[attr-defined]
    samples, sounds, playing, error = [], [], [], ""
    try:
        while len(samples) < plan["blocks"]:  # type: ignore[operator]
            block = card.read()
            assert block.number == len(samples)
            samples.append(block.samples)
            sounds.append(block.customer_sounds)
            if block.number == 0:
                print("listening", flush=True)
            if block.number in lines:
                card.play(lines[block.number])
            if block.number in plan.get("stop", []):  # type: ignore[operator]
                card.stop()
            playing.append(card.playing)
            if plan.get("until_suspicious") and card.suspicious:
                break
    except NoDevice as problem:
        error = str(problem)
    ended = time.monotonic()
    card.close()
    np.savez(
        out,
        samples=np.concatenate(samples),
        sounds=sounds,
        playing=playing,
        overflows=card.overflows,
        suspicious=card.suspicious,
        latency_s=card.output_latency_s,
        closing_s=time.monotonic() - ended,
        error=error,
    )


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
