"""The one door for audio: bad files are refused in a line that says what would work, good ones keep their sound."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import badsound
from tests.signals import tone
from trainer import sound
from trainer.errors import BadSound

CHILD = """
import sys
from pathlib import Path
from trainer import sound
from trainer.errors import BadSound
try:
    sound.read(Path(sys.argv[1]), float(sys.argv[2]))
except BadSound as problem:
    print(problem)
status = Path("/proc/self/status")
if status.exists():
    print(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1])
else:
    print(0)
"""


@pytest.mark.parametrize("name", badsound.REFUSED)
def test_a_bad_file_is_refused_in_one_line_that_names_it(tmp_path: Path, name: str) -> None:
    path = badsound.make(tmp_path, name, badsound.REFUSED[name])
    with pytest.raises(BadSound) as refused:
        sound.read(path, 60)
    said = str(refused.value)
    assert path.name in said and "\n" not in said and len(said) < 400


@pytest.mark.parametrize("name", badsound.READ)
def test_an_odd_file_that_holds_sound_is_read(tmp_path: Path, name: str) -> None:
    clip = sound.read(badsound.make(tmp_path, name, badsound.READ[name]), sound.ANSWER_LONGEST_S)
    assert clip.dtype == np.float32 and clip.ndim == 1 and len(clip) > 0
    assert np.isfinite(clip).all()


def test_a_file_that_was_cut_off_gives_what_it_holds(tmp_path: Path) -> None:
    clip = sound.read(badsound.make(tmp_path, "cut", badsound.READ["30 a FLAC whose writer was killed"]), 60)
    assert 1.0 < len(clip) / 16000 <= 3.0


@pytest.mark.parametrize(
    ("name", "maker"), [("bomb", badsound.flac_bomb), ("one hertz", badsound.REFUSED["11 rate 1 Hz"])]
)
def test_a_small_file_that_asks_for_much_is_refused_within_memory(
    tmp_path: Path, name: str, maker: badsound.Maker
) -> None:
    path = badsound.make(tmp_path, name, maker)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), "60"], capture_output=True, text=True, timeout=60, check=True
    )
    said, peak_kb = done.stdout.splitlines()
    assert "longer than 1 minute" in said or "sampled at 1 Hz" in said
    assert int(peak_kb) < 1_000_000


def test_eight_hours_in_a_small_file_are_refused_before_they_are_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = badsound.make(tmp_path, "long", lambda: badsound.encoded("ogg", "libopus", seconds=20.0))
    with pytest.raises(BadSound, match="longer than"):
        sound.read(path, 10.0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, Path("/dev/zero"), Path("-"), tmp_path / "absent.wav"):
        with pytest.raises(BadSound):
            sound.read(path, 60)


def test_a_name_that_is_not_utf8_is_read_or_named(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.wav"))
    with pytest.raises(BadSound) as refused:
        sound.read(odd, 60)
    str(refused.value).encode("utf-8")


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 44100, 48000, 96000])
def test_resampling_keeps_level_and_frequency(rate: int) -> None:
    t = np.arange(2 * rate) / rate
    clip = sound.resample((0.5 * np.sin(2 * np.pi * 1000 * t)).astype(np.float32), rate)
    middle = clip[8000:24000]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) == pytest.approx(1000, abs=1)
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.005)  # 0.04 dB


def test_what_16_khz_cannot_hold_is_gone_and_does_not_fold_back() -> None:
    t = np.arange(48000) / 48000
    clip = sound.resample((0.5 * np.sin(2 * np.pi * 11_000 * t)).astype(np.float32), 48000)
    assert np.sqrt(np.mean(clip[2000:-2000] ** 2)) < 0.5e-3  # -60 dB


def test_stereo_is_averaged(tmp_path: Path) -> None:
    import soundfile

    both = np.stack([tone(440, 1.0), np.zeros(16000, np.float32)], axis=1)
    soundfile.write(tmp_path / "stereo.wav", both, 16000)
    clip = sound.read(tmp_path / "stereo.wav", 60)
    assert np.allclose(clip, tone(440, 1.0) / 2, atol=1e-4)


@given(st.lists(st.integers(-32768, 32767), min_size=1, max_size=300))
def test_pcm_survives_the_round_trip(samples: list[int]) -> None:
    pcm = np.array(samples, np.int16)
    assert np.array_equal(sound.to_pcm(sound.from_pcm(pcm)), pcm)


def test_a_clip_survives_flac_and_wav(tmp_path: Path) -> None:
    clip = sound.from_pcm(sound.to_pcm(tone(200, 1.0)))
    sound.write_flac(tmp_path / "a.flac", clip)
    sound.write_wav(tmp_path / "a.wav", clip)
    assert np.array_equal(sound.read(tmp_path / "a.flac", 60), clip)
    assert np.array_equal(sound.read(tmp_path / "a.wav", 60), clip)
    assert [path.name for path in tmp_path.glob(".*")] == []
