"""The sound devices of the system, by name."""

from dataclasses import dataclass
from typing import Any, Literal

from trainer.errors import NoDevice
from trainer.records import RATE_HZ
from trainer.words import say

Kind = Literal["input", "output"]


@dataclass(frozen=True)
class Device:
    """A sound device as the system names it, with its channels."""

    index: int
    name: str
    inputs: int
    outputs: int
    is_default: bool
    rate_hz: int = RATE_HZ
    system: int = 0
    """Which of the system's ways to sound it belongs to: on Windows each device is there once for each way."""

    def __str__(self) -> str:
        ways = [f"{count} {way}" for count, way in ((self.inputs, "in"), (self.outputs, "out")) if count]
        return f"{self.name} ({', '.join(ways)}){' *' if self.is_default else ''}"


def library() -> Any:
    """sounddevice, when PortAudio is there. Raises NoDevice."""
    try:
        import sounddevice
    except Exception as problem:  # OSError without the library, its own error where it does not start
        raise NoDevice(say("mic.no_portaudio")) from problem
    return sounddevice


def devices() -> list[Device]:
    """Every sound device. Raises NoDevice without PortAudio."""
    found = library()
    chosen = set(found.default.device)
    return [
        Device(
            index=place,
            name=str(one["name"]),
            inputs=int(one["max_input_channels"]),
            outputs=int(one["max_output_channels"]),
            is_default=place in chosen,
            rate_hz=round(one["default_samplerate"]),
            system=int(one["hostapi"]),
        )
        for place, one in enumerate(found.query_devices())
    ]


def find(name: str | None, kind: Kind) -> Device:
    """The device with ``name`` in its name, or the system's default. Raises NoDevice with those there are."""
    there = devices()
    able = [one for one in there if (one.inputs if kind == "input" else one.outputs)]
    if not able:
        known = "; ".join(str(one) for one in there) or say("mic.none_at_all")
        raise NoDevice(say(f"mic.no_{kind}", known=known))
    default_index = library().default.device[0 if kind == "input" else 1]
    default = next((one for one in able if one.index == default_index), able[0])
    if name is None:
        return default
    exact = [one for one in able if one.name.casefold() == name.casefold()]
    found = exact or [one for one in able if name.casefold() in one.name.casefold()]
    if not found:
        raise NoDevice(say("mic.unknown", name=name, known="; ".join(one.name for one in able)))
    system = min((one.system for one in found), key=lambda one: (one != default.system, one))
    found = [one for one in found if one.system == system]
    if len({one.name for one in found}) > 1:
        raise NoDevice(say("mic.several", name=name, known="; ".join(one.name for one in found)))
    return found[0]
