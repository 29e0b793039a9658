"""From a voice and a text to a line: engines, the cache, and what cannot be said."""

import logging
import os
import shutil
import sys
import threading
import urllib.request
from collections import OrderedDict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from trainer import models, shipped, tts
from trainer.errors import BadInput, NoEngine, NotFound, WrongCall
from trainer.records import RATE_HZ, Clip, Delivery, Voice
from trainer.tts import cache, render, system
from trainer.tts.system_child import chosen, wait_for

VOICE = Voice("tone", "scripted", "", "en", "", "", {}, 160.0, 5.0)
HEART = Voice("heart", "hibari", "heart", "en", "", "", models.sha256("hibari-heart"), 196.0, 5.6)
SYSTEM = replace(VOICE, id="system", engine="system")
CALM = tts.delivery(0.0)


@pytest.fixture(autouse=True)
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRAINER_CACHE", str(tmp_path))
    return tmp_path / "lines"


class _Counting:
    """A speaker that says noise and counts how often it was asked."""

    def __init__(self, repeatable: bool) -> None:
        self.repeatable = repeatable
        self.asked = 0

    def synthesise(self, voice: Voice, text: str) -> Clip:
        self.asked += 1
        return np.random.default_rng(self.asked).normal(0, 0.1, RATE_HZ // 2).astype(np.float32)


def _engine(monkeypatch: pytest.MonkeyPatch, speaker: object) -> None:
    monkeypatch.setattr(tts, "engine", lambda _: speaker)


def test_an_unknown_engine_lists_the_known_ones() -> None:
    with pytest.raises(WrongCall, match="hibari, piper, system, scripted"):
        tts.engine("festival")


@pytest.mark.parametrize("anger", [-0.1, 1.1, float("nan")])
def test_anger_stays_between_its_limits(anger: float) -> None:
    with pytest.raises(WrongCall, match=r"0 \(calm\) to 1 \(shouting\)"):
        tts.delivery(anger)


@pytest.mark.parametrize("text", ["", "  \n", "…!?", "😀😀", "\x00\x07"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="nothing to say"):
        tts.speak(VOICE, text, CALM)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(BadInput, match="100000 characters is too long"):
        tts.speak(VOICE, "a" * 100_000, CALM)


def test_control_characters_and_line_ends_are_not_said() -> None:
    assert np.array_equal(tts.speak(VOICE, "one\x00 two\n", CALM), tts.speak(VOICE, "one two", CALM))


def test_a_line_is_made_once_and_is_the_same_from_the_cache(monkeypatch: pytest.MonkeyPatch, lines: Path) -> None:
    speaker = _Counting(repeatable=True)
    _engine(monkeypatch, speaker)
    first = tts.speak(VOICE, "Hello", CALM)
    assert first.dtype == np.float32
    assert np.array_equal(first, tts.speak(VOICE, "Hello", CALM))
    assert speaker.asked == 1
    assert [path.suffix for path in lines.iterdir()] == [".flac"]


def test_the_take_of_an_engine_that_varies_is_kept_for_other_deliveries(monkeypatch: pytest.MonkeyPatch) -> None:
    speaker = _Counting(repeatable=False)
    _engine(monkeypatch, speaker)
    calm = tts.speak(VOICE, "Hello", CALM)
    loud = tts.speak(VOICE, "Hello", replace(CALM, level_dbfs=CALM.level_dbfs + 6.0))
    tts.speak(replace(VOICE, shift_st=2.0), "Hello", CALM)
    assert speaker.asked == 1
    assert np.allclose(loud / 2.0, calm, atol=0.02)


@pytest.mark.parametrize(
    "other", [replace(VOICE, seed=1), replace(VOICE, shift_st=1.0), replace(VOICE, sha256={"a": "b"})]
)
def test_another_voice_text_or_delivery_is_another_line(other: Voice) -> None:
    names = {
        cache.key("line", VOICE, "a", CALM),
        cache.key("line", other, "a", CALM),
        cache.key("line", VOICE, "b", CALM),
        cache.key("line", VOICE, "a", Delivery()),
        cache.key("take", VOICE, "a"),
    }
    assert len(names) == 5


def test_what_does_not_sound_does_not_change_the_line() -> None:
    assert cache.key("line", HEART, "a", CALM) == cache.key("line", replace(HEART, about="x", id="y"), "a", CALM)


@pytest.mark.parametrize("damage", [b"", b"fLaC", b"not sound at all"])
def test_a_damaged_line_in_the_cache_is_made_again(lines: Path, damage: bytes) -> None:
    first = tts.speak(VOICE, "Hello", CALM)
    (path,) = lines.iterdir()
    path.write_bytes(damage)
    assert np.array_equal(tts.speak(VOICE, "Hello", CALM), first)


@pytest.mark.parametrize("damage", [None, b"", b"PK", b"not numbers at all"])
def test_a_line_in_another_delivery_needs_no_second_analysis_unless_it_was_damaged(
    monkeypatch: pytest.MonkeyPatch, lines: Path, damage: bytes | None
) -> None:
    made: list[Clip] = []
    analysed = render.analysed
    monkeypatch.setattr(render, "analysed", lambda clip: made.append(clip) or analysed(clip))
    tts.speak(VOICE, "Hello", tts.delivery(0.3))
    (kept,) = lines.glob("*.npz")
    if damage is not None:
        kept.write_bytes(damage)
    raised = tts.speak(VOICE, "Hello", tts.delivery(0.8))
    assert len(made) == (1 if damage is None else 2)
    shutil.rmtree(lines)
    assert np.array_equal(tts.speak(VOICE, "Hello", tts.delivery(0.8)), raised)


def test_a_cache_that_cannot_be_written_costs_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_bytes(b"")
    monkeypatch.setenv("TRAINER_CACHE", str(blocked))
    assert tts.speak(VOICE, "Hello", CALM).size


def test_the_cache_is_bounded_and_the_line_not_used_for_longest_goes_first(
    lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, RATE_HZ).astype(np.float32)
    for age, name in enumerate(["old", "older", "oldest"]):
        cache.put(name, noise)
        os.utime(lines / f"{name}.flac", (1e9 - age, 1e9 - age))
    assert cache.get("oldest") is not None  # and so it is the youngest now
    monkeypatch.setattr(cache, "LARGEST_BYTES", int(3.2 * (lines / "old.flac").stat().st_size))
    cache.put("new", noise)
    assert sorted(path.stem for path in lines.iterdir()) == ["new", "oldest"]


def test_a_voice_with_other_checksums_than_the_model_is_refused() -> None:
    with pytest.raises(NotFound, match=r"correct the voice file"):
        tts.engine("hibari").synthesise(replace(HEART, sha256={"hibari.onnx": "0" * 64}), "Hello")


def test_hibari_has_no_speaker_that_it_would_have_to_fetch() -> None:
    with pytest.raises(NoEngine, match="use heart"):
        tts.engine("hibari").synthesise(replace(HEART, speaker="emma"), "Hello")


def test_hibari_loads_nothing_from_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    from hibari import voices

    def forbidden(*_: object, **__: object) -> None:
        pytest.fail("the network was asked")

    monkeypatch.setattr(voices, "download", forbidden)
    monkeypatch.setattr(urllib.request, "urlopen", forbidden)
    assert tts.engine("hibari").synthesise(HEART, "Hello.").size


def test_an_absent_hibari_gives_way_to_the_engine_of_the_system(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Gone:
        repeatable = True

        def synthesise(self, voice: Voice, text: str) -> Clip:
            raise models.Absent("model hibari-heart is not installed")

    monkeypatch.setattr(tts, "engine", lambda name: Gone() if name == "hibari" else _Counting(repeatable=False))
    with caplog.at_level(logging.WARNING):
        assert tts.speak(HEART, "Hello", CALM).size
    assert "takes its place" in caplog.text


def test_without_the_extra_piper_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from trainer.tts import piper

    monkeypatch.setitem(sys.modules, "piper", None)
    piper._loaded.cache_clear()
    joe = replace(VOICE, engine="piper", speaker="joe", sha256=models.sha256("piper-joe"))
    with pytest.raises(NoEngine, match=r"pip install .voice-roleplay-trainer\[piper\]"):
        tts.engine("piper").synthesise(joe, "Hello")


def _child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    (tmp_path / "stand_in_child.py").write_text(program)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(system, "CHILD", "stand_in_child")


def test_a_system_engine_that_hangs_is_ended_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _child(tmp_path, monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(system, "START_LIMIT_S", 0.3)
    with pytest.raises(NoEngine, match="gave no sound within"):
        tts.engine("system").synthesise(SYSTEM, "Hello")


@pytest.mark.parametrize(
    ("program", "said"),
    [("import sys; sys.exit('no voice here')", "no voice here"), ("import os; os._exit(9)", "9"), ("", "no sound")],
)
def test_a_system_engine_that_dies_or_says_nothing_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    _child(tmp_path, monkeypatch, program)
    with pytest.raises(NoEngine, match=said) as caught:
        tts.engine("system").synthesise(SYSTEM, "Hello")
    assert "\n" not in str(caught.value)


def test_the_systems_voice_is_chosen_by_name_then_by_language() -> None:
    class Offered:
        def __init__(self, name: str, languages: list[bytes | str]) -> None:
            self.id, self.name, self.languages = f"id-{name}", name, languages

    offered = [Offered("Hans", ["de_DE"]), Offered("Anna", [b"\x05en-gb"]), Offered("Ewa", ["pl"])]
    assert chosen(offered, "Hans", "en") == "id-Hans"
    assert chosen(offered, "", "en") == "id-Anna"
    assert chosen(offered, "Nobody", "pl") == "id-Ewa"
    assert chosen(offered, "", "xx") is None


def test_the_child_stays_until_the_sound_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "line.wav"
    late = threading.Timer(0.05, lambda: path.write_bytes(b"RIFF"))
    late.start()
    wait_for(path)
    late.join()
    assert path.read_bytes() == b"RIFF"
    with pytest.raises(TimeoutError, match="no sound"):
        wait_for(tmp_path / "never.wav", limit_s=0.0)


@pytest.mark.parametrize("path", sorted(shipped.folder("voices").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_voice_is_named_as_its_file_and_carries_the_listed_checksums(path: Path) -> None:
    voice = Voice(**yaml.safe_load(path.read_text(encoding="utf-8")))
    assert voice.id == path.stem
    known = {"hibari": models.sha256("hibari-heart"), "piper": models.sha256("piper-joe"), "system": {}}
    assert voice.sha256 == known[voice.engine]
    assert voice.licence and voice.about


def test_calls_that_go_on_at_once_do_not_take_the_lines_from_each_other_that_are_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: OrderedDict[str, object] = OrderedDict()
    monkeypatch.setattr(tts, "_ready", kept)
    monkeypatch.setattr(tts, "_analysed", lambda voice, part: part)
    texts = ["Nobody called" + ", again" * number for number in range(2 * tts.MOST_READY + 1)]
    tts.attend(2)
    try:
        for text in texts:
            tts.prepare(VOICE, text)
        assert len(kept) == 2 * tts.MOST_READY
    finally:
        tts.attend(-2)
    tts.prepare(VOICE, "Nobody.")
    assert len(kept) == tts.MOST_READY


def test_a_line_that_was_prepared_sounds_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRAINER_CACHE", str(tmp_path / "one"))
    plain = tts.speak(VOICE, "Nobody called me back.", tts.delivery(0.7))
    monkeypatch.setenv("TRAINER_CACHE", str(tmp_path / "two"))
    tts.prepare(VOICE, "Nobody called me back.")
    assert np.array_equal(tts.speak(VOICE, "Nobody called me back.", tts.delivery(0.7)), plain)
