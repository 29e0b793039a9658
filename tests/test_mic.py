"""The headset at a sound card: names, what is missing, and real streams on a virtual card."""

import functools
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.virtual_sound import RATE_HZ as CARD_HZ
from tests.virtual_sound import VirtualSound
from trainer import mic, sound
from trainer.errors import NoDevice
from trainer.headset import BLOCK
from trainer.mic.streams import Line
from trainer.records import RATE_HZ, Block
from trainer.tts import telephone

HEADSET = {"name": "Headset (Jabra Evolve2)", "max_input_channels": 1, "max_output_channels": 2}
ARRAY = {"name": "Microphone Array (Realtek)", "max_input_channels": 2, "max_output_channels": 0}
SPEAKERS = {"name": "Speakers (Realtek)", "max_input_channels": 0, "max_output_channels": 2}


class Refused(Exception):
    """What PortAudio raises."""


class FakeStream:
    """A stream that runs at 48 kHz only, and is driven by hand."""

    opened: list["FakeStream"]
    latency = 0.05
    active = True

    def __init__(self, samplerate: int, blocksize: int, callback: Any, **options: Any) -> None:
        if samplerate != 48_000:
            raise Refused("Invalid sample rate\nmore of it")
        self.samplerate, self.blocksize, self.callback, self.options = samplerate, blocksize, callback, options
        self.closed = False
        FakeStream.opened.append(self)

    def start(self) -> None:
        if "prime_output_buffers_using_stream_callback" not in self.options:
            self.capture(np.zeros(self.blocksize, np.int16), 0.0)

    def capture(self, pcm: Any, at_s: float) -> None:
        times = SimpleNamespace(inputBufferAdcTime=at_s, currentTime=at_s)
        self.callback(pcm.tobytes(), len(pcm), times, SimpleNamespace(input_overflow=False))

    def render(self, at_s: float) -> Any:
        out = bytearray(2 * self.blocksize)
        times = SimpleNamespace(outputBufferDacTime=at_s, currentTime=at_s)
        self.callback(memoryview(out), self.blocksize, times, SimpleNamespace())
        return np.frombuffer(bytes(out), np.int16)

    def abort(self, ignore_errors: bool = False) -> None:
        self.active = False

    def close(self, ignore_errors: bool = False) -> None:
        self.closed = True


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """sounddevice with the devices that a test puts into ``listed``."""
    FakeStream.opened = []
    made = SimpleNamespace(
        listed=[], default=SimpleNamespace(device=[0, 0]), PortAudioError=Refused, RawInputStream=FakeStream
    )
    made.RawOutputStream = FakeStream
    made.query_devices = lambda: [{"hostapi": 0, "default_samplerate": 48_000.0} | one for one in made.listed]
    monkeypatch.setitem(sys.modules, "sounddevice", made)
    return made


def test_importing_the_room_does_not_touch_the_sound_card() -> None:
    code = "import sys, trainer.mic, trainer.headset; sys.exit('sounddevice' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_devices_say_their_channels_and_which_is_the_default(system: SimpleNamespace) -> None:
    system.listed = [HEADSET, ARRAY, SPEAKERS]
    assert [str(one) for one in mic.devices()] == [
        "Headset (Jabra Evolve2) (1 in, 2 out) *",
        "Microphone Array (Realtek) (2 in)",
        "Speakers (Realtek) (2 out)",
    ]


def test_a_part_of_the_name_in_any_case_is_enough_and_only_devices_of_that_way_count(system: SimpleNamespace) -> None:
    system.listed = [HEADSET, ARRAY, SPEAKERS]
    assert mic.find("jabra", "input").index == 0
    assert mic.find("realtek", "input").index == 1
    assert mic.find("REALTEK", "output").index == 2


def test_without_a_name_it_is_the_default_and_else_the_first_that_can(system: SimpleNamespace) -> None:
    system.listed = [SPEAKERS, ARRAY, HEADSET]
    system.default.device = [2, -1]
    assert mic.find(None, "input").index == 2
    assert mic.find(None, "output").index == 0


def test_an_unknown_name_lists_the_devices_there_are(system: SimpleNamespace) -> None:
    system.listed = [HEADSET, ARRAY, SPEAKERS]
    with pytest.raises(NoDevice, match=r"'Sennheiser'.*Jabra.*Microphone Array") as raised:
        mic.find("Sennheiser", "input")
    assert "\n" not in str(raised.value)


def test_a_name_of_several_lists_only_those_and_an_exact_name_decides(system: SimpleNamespace) -> None:
    system.listed = [HEADSET, HEADSET | {"name": "Headset (Jabra Evolve2) 2"}, ARRAY]
    with pytest.raises(NoDevice, match="may mean several") as raised:
        mic.find("jabra", "input")
    assert "Realtek" not in str(raised.value)
    assert mic.find("headset (jabra evolve2)", "input").index == 0


def test_one_device_known_to_several_parts_of_the_system_is_one_device(system: SimpleNamespace) -> None:
    """Windows lists each device once for each of its ways to sound, and cuts its name in the oldest."""
    cut = HEADSET | {"name": "Headset (Jabra Evo", "hostapi": 0}
    system.listed = [cut, HEADSET | {"hostapi": 1}, HEADSET | {"hostapi": 2}]
    system.default.device = [1, 1]
    assert mic.find("jabra", "input").index == 1
    assert mic.find("Evolve2", "output").index == 1


@pytest.mark.parametrize(
    ("listed", "missing", "known"),
    [([], "microphone", "none at all"), ([SPEAKERS], "microphone", "Realtek"), ([ARRAY], "headphones", "Realtek")],
)
def test_no_device_is_said_with_those_there_are_and_what_works_without_one(
    system: SimpleNamespace, listed: Any, missing: str, known: str
) -> None:
    system.listed = listed
    with pytest.raises(NoDevice, match=f"{missing}.*{known}.*trainer demo"):
        mic.SoundCard()


@pytest.mark.parametrize(
    "problem", [OSError("PortAudio library not found"), RuntimeError("Error initializing PortAudio")]
)
def test_without_portaudio_the_package_that_brings_it_is_named(
    monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    class Broken:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                raise problem

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(NoDevice, match=r"libportaudio2.*trainer demo"):
        mic.devices()


def test_a_device_that_refuses_is_named_in_one_line_and_nothing_stays_open(system: SimpleNamespace) -> None:
    system.listed = [HEADSET, SPEAKERS | {"default_samplerate": 44_100.0}]
    with pytest.raises(NoDevice, match=r"Speakers.*Invalid sample rate") as raised:
        mic.SoundCard(speaker="speakers")
    assert "\n" not in str(raised.value)
    assert all(stream.closed for stream in FakeStream.opened)


def test_a_device_of_another_rate_is_resampled_in_both_directions(system: SimpleNamespace) -> None:
    system.listed = [HEADSET]
    card = mic.SoundCard()
    captures, plays = FakeStream.opened
    tone = np.sin(2 * np.pi * 440.0 * np.arange(48_000) / 48_000)
    for number, part in enumerate(np.split((tone * 8192).astype(np.int16), 50)):
        captures.capture(part, 10.0 + number * 0.02)
    blocks = []
    card._microphone.forget = lambda: None  # type: ignore[method-assign]
    for _ in range(45):  # the filter of the resampler keeps the last few milliseconds
        blocks.append(card.read().samples)
    heard = np.concatenate(blocks)[RATE_HZ // 10 :] / 8192
    t = np.arange(len(heard)) / RATE_HZ
    basis = np.stack([np.sin(2 * np.pi * 440.0 * t), np.cos(2 * np.pi * 440.0 * t)], 1)
    fitted, *_ = np.linalg.lstsq(basis, heard, rcond=None)
    assert np.hypot(*fitted) == pytest.approx(1.0, abs=0.005)
    assert np.sqrt(np.mean((heard - basis @ fitted) ** 2)) < 0.005  # one tone without a break, and 13 bits of it
    card.play(np.full(RATE_HZ, 0.25, np.float32))
    assert len(plays.render(11.0)) == 960
    assert plays.render(11.02)[-1] == pytest.approx(8192, abs=100)


class At48:
    """A sound card with both streams driven by hand; blocks of zeros with a dither of one step."""

    def __init__(self, system: SimpleNamespace) -> None:
        system.listed = [HEADSET]
        FakeStream.opened = []
        self.card = mic.SoundCard()
        self.captures, self.plays = FakeStream.opened
        self.card._microphone._resampler = None
        self.card._microphone.forget = lambda: None  # type: ignore[method-assign]

    def read(self, at_s: float, level: int = 1) -> Block:
        self.captures.capture(np.full(BLOCK, level, np.int16), at_s)
        return self.card.read()


def test_the_customer_sounds_from_when_a_line_is_heard_not_handed_over(system: SimpleNamespace) -> None:
    at = At48(system)
    assert not at.card.playing
    at.card.play(np.full(BLOCK * 3, 0.5, np.float32))
    assert at.card.playing
    for number in range(5):
        at.plays.render(1.1 + number * 0.02)  # heard 100 ms after the block captured meanwhile
    sounds = [at.read(1.0 + number * 0.02).customer_sounds for number in range(12)]
    assert [number for number, one in enumerate(sounds) if one] == [5, 6, 7]
    assert not at.card.playing


def test_a_line_replaced_or_replaced_again_before_it_began_is_over(system: SimpleNamespace) -> None:
    at = At48(system)
    clip = np.full(BLOCK * 2, 0.5, np.float32)
    at.card.play(np.full(RATE_HZ, 0.5, np.float32))
    at.plays.render(1.0)
    at.card.play(np.full(RATE_HZ, 0.5, np.float32))
    at.card.play(clip)
    for number in range(1, 4):
        at.plays.render(1.0 + number * 0.02)
    sounds = [at.read(1.0 + number * 0.02).customer_sounds for number in range(6)]
    assert sounds == [True, True, True, False, False, False]
    assert not at.card.playing


def test_stop_fades_to_nothing_within_20_ms(system: SimpleNamespace) -> None:
    at = At48(system)
    at.card.play(np.full(RATE_HZ, 0.5, np.float32))
    at.plays.render(1.0)
    at.plays.render(1.02)
    at.card.stop()
    faded, silent = at.plays.render(1.04), at.plays.render(1.06)
    assert (np.diff(faded.astype(int)) <= 0).all()
    assert faded[0] == pytest.approx(16384, abs=100) and faded[-1] == 0
    assert not silent.any()
    sounds = [at.read(1.0 + number * 0.02).customer_sounds for number in range(5)]
    assert sounds == [True, True, True, False, False]


def test_between_the_lines_the_quiet_of_the_telephone_goes_on(system: SimpleNamespace) -> None:
    at = At48(system)
    assert not at.plays.render(0.98).any()
    at.card.rest(telephone.quiet(RATE_HZ))
    assert not at.card.playing
    heard = np.concatenate([at.plays.render(1.0 + number * 0.02) for number in range(120)]) / 32768.0
    for part in np.split(heard, 24):
        assert 10 * np.log10(np.mean(part**2)) == pytest.approx(-65.0, abs=1.5)
    sounds = [at.read(1.0 + number * 0.02).customer_sounds for number in range(5)]
    assert not any(sounds)
    at.card.rest(np.zeros(0, np.float32))
    assert not at.plays.render(4.0).any()


def test_zeros_make_it_suspicious_after_5_s_and_the_device_gone_after_30(system: SimpleNamespace) -> None:
    at = At48(system)
    at.read(0.0)
    for number in range(249):
        at.read(number * 0.02, level=0)
    assert not at.card.suspicious
    at.read(5.0, level=0)
    assert at.card.suspicious
    with pytest.raises(NoDevice, match=r"Jabra.*silence for 30 s"):
        for number in range(1250):
            at.read(5.0 + number * 0.02, level=0)
    at.read(31.0)
    assert not at.card.suspicious


def test_a_device_that_went_away_gives_all_it_had_and_is_then_named(
    system: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.mic.streams.GONE_AFTER_S", 0.01)
    at = At48(system)
    at.captures.capture(np.full(BLOCK + 100, 7, np.int16), 1.0)
    at.captures.active = False
    assert (at.card.read().samples == 7).all()
    rest = at.card.read().samples
    assert (rest[:100] == 7).all() and not rest[100:].any()
    with pytest.raises(NoDevice, match=r"Jabra.*has gone away"):
        at.card.read()


def test_headphones_that_take_nothing_any_more_are_named(
    system: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = At48(system)
    at.card.play(np.full(RATE_HZ, 0.5, np.float32))
    at.plays.render(1.0)
    at.read(1.0)
    monkeypatch.setattr("trainer.mic.streams.GONE_AFTER_S", -1.0)
    with pytest.raises(NoDevice, match="headphones have gone away"):
        at.card._speaker.check()


def test_a_line_gives_every_sample_once() -> None:
    pcm = np.arange(1, 1001, dtype=np.int16)
    line = Line(pcm.tobytes(), None)
    parts = [line.take(2 * BLOCK, number * 0.02) for number in range(4)]
    assert np.array_equal(np.frombuffer(b"".join(parts), np.int16), pcm)
    assert line.starts_s == 0.0
    assert line.ends_s == pytest.approx(1000 / RATE_HZ)


@pytest.mark.parametrize(("level", "dbfs"), [(32767, 0.0), (3277, -20.0), (0, -96.0)])
def test_the_level_of_a_block_is_its_root_mean_square(level: int, dbfs: float) -> None:
    samples = np.full(BLOCK, level, np.int16)
    assert mic.level_dbfs(Block(0, samples, False)) == pytest.approx(dbfs, abs=0.01)


# -- on a virtual card -----------------------------------------------------------------------------------------

device = pytest.mark.device


def card_wav(path: Path, samples: Any) -> Path:
    import soundfile

    soundfile.write(path, samples, CARD_HZ, subtype="PCM_16")
    return path


def tone_at_card(seconds: float, hz: float, level: float) -> Any:
    return level * np.sin(2 * np.pi * hz * np.arange(round(seconds * CARD_HZ)) / CARD_HZ)


def noise(seconds: float, seed: int) -> Any:
    """Noise of 200 to 5000 Hz, as a clip: its correlation has one sharp peak."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(size=round(seconds * RATE_HZ)))
    hz = np.fft.rfftfreq(round(seconds * RATE_HZ), 1 / RATE_HZ)
    spectrum[(hz < 200) | (hz > 5000)] = 0
    made = np.fft.irfft(spectrum)
    return np.asarray(0.5 * made / np.abs(made).max(), np.float32)


def found(needle: Any, haystack: Any) -> tuple[int, float]:
    """Where ``needle`` lies in ``haystack``, and their correlation there."""
    size = 1 << (len(needle) + len(haystack)).bit_length()
    product = np.fft.rfft(haystack, size) * np.conj(np.fft.rfft(needle, size))
    place = int(np.argmax(np.fft.irfft(product, size)[: len(haystack)]))
    part = np.asarray(haystack[place : place + len(needle)], np.float64)
    part = np.pad(part, (0, len(needle) - len(part)))
    return place, float(np.dot(part, needle) / np.sqrt(np.dot(part, part) * np.dot(needle, needle) + 1e-12))


def tone_in(captured: Any) -> tuple[float, float, float]:
    """Frequency in Hz, level in dBFS and what else there is in dB below it, of the middle of the longest sound."""
    loud = np.flatnonzero(np.abs(captured) > 0.02)
    middle = captured[loud[0] + RATE_HZ // 4 : loud[-1] - RATE_HZ // 4]
    window = np.hanning(len(middle))
    power = np.abs(np.fft.rfft(middle * window, 1 << 19))
    hz = float(np.argmax(power)) * RATE_HZ / (1 << 19)
    t = np.arange(len(middle)) / RATE_HZ
    basis = np.stack([np.sin(2 * np.pi * hz * t), np.cos(2 * np.pi * hz * t)], 1)
    fitted, *_ = np.linalg.lstsq(basis, middle, rcond=None)
    rest = np.sqrt(np.mean((middle - basis @ fitted) ** 2))
    level = 20 * np.log10(np.sqrt(np.mean(middle**2)))
    return hz, float(level), float(20 * np.log10(np.hypot(*fitted) / np.sqrt(2) / max(rest, 1e-9)))


def undisturbed(test: Any) -> Any:
    """Three tries: a machine that is too busy for its sound card drops sound; a defect fails each time."""

    @functools.wraps(test)
    def repeated(*arguments: Any, **named: Any) -> None:
        for tries_left in (2, 1, 0):
            try:
                return test(*arguments, **named)  # type: ignore[no-any-return]
            except AssertionError:
                if not tries_left:
                    raise

    return repeated


def attend(child: "subprocess.Popen[str]", out: Path) -> Any:
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 0, errors
    return np.load(out)


@device
@undisturbed
def test_what_is_said_into_the_microphone_is_captured_whole(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    spoken = card_wav(tmp_path / "tone.wav", tone_at_card(5.0, 1000.0, 0.1))
    child = virtual_sound.child(tmp_path / "out.npz", {"blocks": 350})
    assert virtual_sound.say(spoken).wait(60) == 0
    got = attend(child, tmp_path / "out.npz")
    captured = got["samples"] / 32768.0
    hz, level, clean = tone_in(captured)
    assert hz == pytest.approx(1000.0, abs=1.0)
    assert level == pytest.approx(20 * np.log10(0.1 / np.sqrt(2)), abs=0.2)
    assert clean > 40.0  # a lost block turns the phase by 20 periods and a fraction, and leaves far more than -40 dB
    loud = np.flatnonzero(np.abs(captured) > 0.02)
    assert (loud[-1] - loud[0]) / RATE_HZ == pytest.approx(5.0, abs=0.01)
    assert got["overflows"] == 0 and not got["error"] and not got["sounds"].any()


@device
@undisturbed
def test_the_customer_is_heard_as_rendered(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    line = noise(3.0, seed=1)
    np.save(tmp_path / "line.npy", line)
    with virtual_sound.hearing(CARD_HZ) as heard:
        child = virtual_sound.child(tmp_path / "out.npz", {"blocks": 230, "play": [[20, str(tmp_path / "line.npy")]]})
        got = attend(child, tmp_path / "out.npz")
    _, likeness = found(sound.resample(line, RATE_HZ, CARD_HZ), heard[0] / 32768.0)
    assert likeness >= 0.99
    assert got["sounds"].sum() * BLOCK / RATE_HZ == pytest.approx(3.0, abs=0.06)
    assert not got["playing"][-1]


@device
@undisturbed
def test_both_speak_at_once_and_neither_is_heard_in_the_other(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    line, answer = noise(4.0, seed=2), noise(2.0, seed=3)
    np.save(tmp_path / "line.npy", line)
    waits = np.zeros(CARD_HZ, np.float32)
    spoken = card_wav(tmp_path / "answer.wav", np.concatenate((waits, sound.resample(answer, RATE_HZ, CARD_HZ))))
    with virtual_sound.hearing(CARD_HZ) as heard:
        child = virtual_sound.child(tmp_path / "out.npz", {"blocks": 300, "play": [[0, str(tmp_path / "line.npy")]]})
        assert virtual_sound.say(spoken).wait(60) == 0
        got = attend(child, tmp_path / "out.npz")
    captured = sound.resample(sound.from_pcm(got["samples"]), RATE_HZ, CARD_HZ)
    place, answered = found(sound.resample(answer, RATE_HZ, CARD_HZ), captured)
    _, said = found(sound.resample(line, RATE_HZ, CARD_HZ), heard[0] / 32768.0)
    assert answered >= 0.99 and said >= 0.99
    block = place * RATE_HZ // CARD_HZ // BLOCK
    assert got["sounds"][block : block + 50].all()  # the trainee has begun in the middle of the customer's line


@device
@undisturbed
def test_a_block_knows_that_the_customer_sounds_to_60_ms(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    """The microphone hears the headphones here: what it captures is what it should know of."""
    np.save(tmp_path / "line.npy", noise(1.0, seed=4))
    line = str(tmp_path / "line.npy")
    plan = {"blocks": 400, "play": [[100, line], [200, line], [300, line]], "stop": [320]}
    got = attend(virtual_sound.child(tmp_path / "out.npz", plan, PULSE_SOURCE="phones.monitor"), tmp_path / "out.npz")
    power = np.abs(got["samples"].reshape(-1, BLOCK).astype(int)).max(axis=1) > 100
    for first in (100, 200, 300):
        heard = np.flatnonzero(power[first : first + 95])
        known = np.flatnonzero(got["sounds"][first : first + 95])
        assert len(heard) and len(known)
        assert abs(heard[0] - known[0]) <= 3 and abs(heard[-1] - known[-1]) <= 3
    assert np.flatnonzero(power[300:])[-1] <= 20 + 1 + 10  # 200 ms after they stopped, the customer is silent


@device
def test_a_microphone_that_is_taken_away_is_noticed_in_6_s_and_nothing_is_lost(
    virtual_sound: VirtualSound, tmp_path: Path
) -> None:
    spoken = card_wav(tmp_path / "tone.wav", tone_at_card(2.0, 1000.0, 0.1))
    child = virtual_sound.child(tmp_path / "out.npz", {"blocks": 1000, "until_suspicious": True})
    assert virtual_sound.say(spoken).wait(60) == 0
    virtual_sound.unplug()
    noticed(attend(child, tmp_path / "out.npz"))


@device
def test_a_stream_that_is_moved_silently_is_noticed_too(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    """PulseAudio of a desktop moves the stream to another source, which has nothing to give."""
    virtual_sound.pactl("load-module", "module-rescue-streams")
    spoken = card_wav(tmp_path / "tone.wav", tone_at_card(2.0, 1000.0, 0.1))
    child = virtual_sound.child(tmp_path / "out.npz", {"blocks": 1000, "until_suspicious": True})
    assert virtual_sound.say(spoken).wait(60) == 0
    virtual_sound.unplug()
    noticed(attend(child, tmp_path / "out.npz"))


@device
def test_a_sound_server_that_dies_is_noticed_and_the_device_can_be_closed(
    virtual_sound: VirtualSound, tmp_path: Path
) -> None:
    spoken = card_wav(tmp_path / "tone.wav", tone_at_card(2.0, 1000.0, 0.1))
    child = virtual_sound.child(tmp_path / "out.npz", {"blocks": 1000})
    assert virtual_sound.say(spoken).wait(60) == 0
    virtual_sound.break_down()
    got = attend(child, tmp_path / "out.npz")
    noticed(got)
    assert "has gone away" in str(got["error"])


def noticed(got: Any) -> None:
    """The tone is there, whole; not more than 6 s after its end something was said."""
    captured = got["samples"] / 32768.0
    loud = np.flatnonzero(np.abs(captured) > 0.02)
    assert (loud[-1] - loud[0]) / RATE_HZ == pytest.approx(2.0, abs=0.01)
    assert got["suspicious"] or "has gone away" in str(got["error"])
    assert (len(captured) - loud[-1]) / RATE_HZ < 6.0
    assert got["closing_s"] < 2.0


@device
@undisturbed
def test_a_clip_is_played_to_its_end(virtual_sound: VirtualSound, tmp_path: Path) -> None:
    line = noise(1.0, seed=5)
    np.save(tmp_path / "line.npy", line)
    code = f"import numpy, trainer.mic; trainer.mic.play(numpy.load({str(tmp_path / 'line.npy')!r}))"
    with virtual_sound.hearing(CARD_HZ) as heard:
        command = [sys.executable, "-c", code]
        subprocess.run(command, env=virtual_sound.env, check=True, timeout=60)
    assert found(sound.resample(line, RATE_HZ, CARD_HZ), heard[0] / 32768.0)[1] >= 0.99


def test_a_line_that_is_raised_goes_on_from_the_sample_it_had_reached() -> None:
    line = Line(b"\1\0" * 640, None)
    before = line.take(640, 1.0)
    line.pcm = b"\2\0" * 640
    after = line.take(640, 1.02)
    assert (before, after) == (b"\1\0" * 320, b"\2\0" * 320)
    assert (line.starts_s, line.ends_s) == (1.0, pytest.approx(1.04))
