"""Real speech: a telephone prompt read by a person, compared with itself and with copies that were changed."""

import json
from pathlib import Path

import numpy as np
import pytest

from trainer import cli, sound
from trainer.records import RATE_HZ, Clip

PROMPTS = Path("/usr/share/asterisk/sounds")
PROMPT = "demo-congrats.wav"
pytestmark = pytest.mark.speech


@pytest.fixture(scope="module")
def prompt() -> Clip:
    """A prompt of Debian's asterisk-core-sounds-en-wav."""
    found = next(PROMPTS.glob(f"en*/{PROMPT}"), None)
    if found is None:
        pytest.skip("no telephone prompts here (Debian: apt install asterisk-core-sounds-en-wav)")
    return sound.read(found, 60)[: 12 * RATE_HZ]  # more than the 8 s from which thresholds hold, and quick


def compared(
    folder: Path, before: Clip, after: Clip, capsys: pytest.CaptureFixture[str]
) -> dict[str, dict[str, object]]:
    sound.write_wav(folder / "before.wav", before)
    sound.write_wav(folder / "after.wav", after)
    assert cli.run(["compare", str(folder / "before.wav"), str(folder / "after.wav"), "--json"]) == 0
    found: dict[str, dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_recording_is_like_itself(tmp_path: Path, prompt: Clip, capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(tmp_path, prompt, prompt, capsys)
    for quantity in ("rate", "pitch", "volume", "effort"):
        assert found[quantity]["verdict"] == "no_clear_change"


def test_gain_changes_volume_alone(tmp_path: Path, prompt: Clip, capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(tmp_path, prompt, prompt * np.float32(0.25), capsys)
    assert found["volume"]["change_db"] == pytest.approx(-12.0, abs=0.2)  # 20 · log10(1/4)
    assert found["volume"]["verdict"] == "clearly_lower"
    for quantity in ("rate", "pitch", "effort"):
        assert found[quantity]["verdict"] == "no_clear_change"


@pytest.mark.parametrize("times", [0.8, 1.25])
def test_a_stretched_recording_is_slower_and_a_squeezed_one_faster(
    tmp_path: Path, prompt: Clip, capsys: pytest.CaptureFixture[str], times: float
) -> None:
    import librosa

    found = compared(tmp_path, prompt, librosa.effects.time_stretch(prompt, rate=times, n_fft=512), capsys)
    change = found["rate"]["change_percent"]
    assert isinstance(change, float) and (change > 0) == (times > 1)
    assert found["rate"]["verdict"] in (("slower", "clearly_slower") if times < 1 else ("faster", "clearly_faster"))
    assert found["pitch"]["verdict"] == "no_clear_change"
