"""The protocol of the one WebSocket (docs/wire.md): numbered frames of sound up, the customer's sound and small JSON
events down. Bytes and texts become records here, or are refused with a close code; nothing else parses them.
"""

import json
import math
import struct
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NoReturn

import numpy as np
from pydantic import Field

from trainer import documents
from trainer.errors import BadInput
from trainer.headset import BLOCK
from trainer.records import Difficulty
from trainer.sound import Pcm
from trainer.words import say

VERSION = 1
LONGEST_TEXT = 4096
FRAMES_PER_S = 50
REST = 0
"""The number of the line that sounds again and again where no other is played."""
_NUMBER = struct.Struct("<I")

# Close codes (RFC 6455, section 7.4; from 4000 on they are ours)
DONE, NOT_UNDERSTOOD, WRONG_KIND, AGAINST_THE_RULES = 1000, 1007, 1003, 1008
TAKEN_OVER, UNKNOWN, OUT_OF_ORDER, TOO_FAST, NO_ROOM = 4001, 4004, 4009, 4029, 4030

Count = Annotated[int, Field(ge=0, le=2**32 - 1, strict=True)]
Short = Annotated[str, Field(max_length=200)]


class Refused(BadInput):
    """What the page sent cannot be used: the socket is closed with this code and sentence."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(say(f"web.wire_{why}"))
        self.code = code


@dataclass(frozen=True)
class Granted:
    """What the browser says it does to the sound, though it was asked not to; None where it does not say."""

    echo: bool | None = None
    noise: bool | None = None
    gain: bool | None = None


@dataclass(frozen=True)
class Hello:
    """The first message: what is to go on at this headset, or (``sitting``) what goes on there already.

    ``rate_hz``: at which the page plays the customer's sound; ``line``: the last one that it has. ``half_duplex``: the
    headphones leak, so the page gives silence while the customer speaks. ``attempt`` and ``turn``: what is said again.
    """

    protocol: Literal[1]
    work: Literal["call", "soundcheck", "again"]
    rate_hz: Annotated[int, Field(ge=8000, le=192_000, strict=True)]
    sitting: Short = ""
    scenario: Short = ""
    difficulty: Difficulty = "normal"
    exam: bool = False
    half_duplex: bool = False
    microphone: Short = ""
    output_latency_s: Annotated[float, Field(ge=0.0, le=5.0)] | None = None
    granted: Granted = field(default_factory=Granted)
    line: Count = 0
    attempt: Short = ""
    turn: Count = 0


@dataclass(frozen=True)
class Starts:
    """The customer's line will be heard from this sample of the capture on."""

    line: Count
    sample: Count


@dataclass(frozen=True)
class Ends:
    """The customer's line is heard up to this sample of the capture, and no longer."""

    line: Count
    sample: Count


@dataclass(frozen=True)
class Pause:
    """Nothing is captured and nothing heard from now on, or again."""

    paused: bool


@dataclass(frozen=True)
class HangUp:
    """The trainee ends it."""


@dataclass(frozen=True)
class MicrophoneLost:
    """The microphone has gone away, and the page has none."""


Message = Hello | Starts | Ends | Pause | HangUp | MicrophoneLost
KINDS: dict[str, Any] = {
    "hello": Hello,
    "starts": Starts,
    "ends": Ends,
    "pause": Pause,
    "hang_up": HangUp,
    "microphone_lost": MicrophoneLost,
}


def message(text: str) -> Message:
    """The message in a text. Raises Refused."""
    if len(text) > LONGEST_TEXT:
        raise Refused(AGAINST_THE_RULES, "too_long")
    try:
        found = json.loads(text, parse_constant=_never, object_pairs_hook=_once)
        found = found if isinstance(found, dict) else {}
        kind = KINDS.get(str(found.pop("type", "")))
        if kind is None:
            raise Refused(NOT_UNDERSTOOD, "not_understood")
        text.encode()
        made: Message = documents.read(kind, found, "wire")
    except Refused:
        raise
    except (ValueError, RecursionError, BadInput) as problem:
        raise Refused(NOT_UNDERSTOOD, "not_understood") from problem
    return made


def frame(data: bytes) -> tuple[int, Pcm]:
    """Number and samples of a frame: uint32, then 320 of int16, all little-endian. Raises Refused."""
    if len(data) != _NUMBER.size + 2 * BLOCK:
        raise Refused(AGAINST_THE_RULES, "wrong_frame")
    return _NUMBER.unpack_from(data)[0], np.frombuffer(data, "<i2", BLOCK, _NUMBER.size).astype(np.int16)


def sound(line: int, pcm: Pcm) -> bytes:
    """A line of the customer on its way down: its number, and its samples at the page's rate."""
    return _NUMBER.pack(line) + pcm.astype("<i2").tobytes()


def text(kind: str, **data: Any) -> str:
    """An event on its way down."""
    return json.dumps({"type": kind, **data}, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _never(constant: str) -> NoReturn:
    raise ValueError(constant)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object without a key twice and without a number that is none."""
    if len({name for name, _ in pairs}) < len(pairs) or any(isinstance(v, float) and math.isinf(v) for _, v in pairs):
        raise ValueError("twice")
    for _, value in pairs:
        if isinstance(value, str):
            value.encode()  # a lone surrogate is no text
    return dict(pairs)
