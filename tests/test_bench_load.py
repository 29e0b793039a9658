"""The load client: what it takes for lost is lost, and what it takes for the end of an answer is its last speech."""

from pathlib import Path

import numpy as np

from bench import load, trainee
from tests.signals import silence, tone
from trainer import attempt, sound
from trainer.headset import BLOCK


def test_frames_that_were_recorded_otherwise_or_not_at_all_are_lost(tmp_path: Path) -> None:
    sent = [np.full(BLOCK, number, np.int16) for number in range(200)]
    kept = np.concatenate(sent[:140])
    kept[5 * BLOCK + 3] += 1
    sound.write_flac(tmp_path / attempt.CAPTURE, sound.from_pcm(kept))
    assert load.lost(tmp_path, trainee.Called(sent=sent[:140])) == 1
    assert load.lost(tmp_path, trainee.Called(sent=sent)) == 1 + 60 - load.LATE_FRAMES


def test_the_quiet_at_the_end_of_an_answer_is_not_its_end() -> None:
    spoken = tone(200.0, 1.0)
    assert len(trainee.trimmed(np.concatenate((spoken, silence(0.5))))) == len(spoken)


def test_an_answer_without_a_reply_a_lost_frame_and_a_late_customer_miss_their_gates() -> None:
    one, late = trainee.Called(gaps_s=[1.0, 1.0]), trainee.Called(gaps_s=[2.0])
    assert [figure.name for figure in load.figures(one, [one, one], 900.0, 0) if figure.missed] == []
    missed = [figure.name for figure in load.figures(one, [one, late], 1400.0, 3) if figure.missed]
    assert len(missed) == 4
