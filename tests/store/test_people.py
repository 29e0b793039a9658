"""A person's sound checks are kept beside each other, by device, until they are forgotten."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.coaching.test_compare import voice
from tests.signals import tone
from trainer import sound, store
from trainer.errors import BadInput
from trainer.records import Baseline

FIRST = Baseline("Zoë", "Jabra", "2026-11-24T08:00:00+00:00", voice(), voice(), False, True, ())
LATER = replace(FIRST, taken_at="2026-11-24T09:00:00+00:00")
ELSEWHERE = replace(FIRST, device="Laptop", taken_at="2026-11-24T10:00:00+00:00")


def test_the_newest_of_the_device_counts_and_where_there_is_none_the_newest(tmp_path: Path) -> None:
    people = store.Attempts(tmp_path).people
    assert people.baseline("Zoë", "Jabra") is None
    for baseline in (LATER, ELSEWHERE, FIRST):  # the order of keeping says nothing
        people.keep(baseline, {})
    assert people.baseline("Zoë", "Jabra") == LATER
    assert people.baseline("Zoë", "a headset never seen") == ELSEWHERE
    assert people.baselines("Zoë") == (ELSEWHERE, LATER, FIRST)
    assert people.baseline("Zoe", "Jabra") is None  # another name is another person


def test_one_that_is_retaken_in_the_same_second_takes_nothing_away(tmp_path: Path) -> None:
    people = store.Attempts(tmp_path).people
    again = replace(FIRST, warnings=("too_quiet",))
    people.keep(FIRST, {"reading": tone(200.0, 0.1), "spontaneous": tone(200.0, 0.2)})
    people.keep(again, {"reading": tone(300.0, 0.3), "spontaneous": tone(300.0, 0.4)})
    assert people.baselines("Zoë") == (again, FIRST)
    kept = sorted(len(sound.read(path, 1.0)) for path in people.folder("Zoë").glob("*.flac"))
    assert kept == [1600, 3200, 4800, 6400]


def test_a_tempo_switched_off_stays_off_through_new_sound_checks_until_it_is_switched_on(tmp_path: Path) -> None:
    people = store.Attempts(tmp_path).people
    assert not people.person("Zoë").without_rate
    people.prefer("Zoë", without_rate=True)
    people.keep(FIRST, {})
    assert store.Attempts(tmp_path).people.person("Zoe\u0308 ").without_rate  # however the name was typed
    people.prefer("Zoë", without_rate=False)
    assert not people.person("Zoë").without_rate


@pytest.mark.parametrize("text", ["{", "[]", '{"person": "Zoë"}'])
def test_a_damaged_sound_check_is_an_error_that_names_its_file(tmp_path: Path, text: str) -> None:
    people = store.Attempts(tmp_path).people
    people.keep(FIRST, {})
    (file,) = people.folder("Zoë").glob("baseline-*.json")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=file.stem):
        people.baseline("Zoë", "Jabra")


def test_a_moment_that_is_none_is_damage_too(tmp_path: Path) -> None:
    people = store.Attempts(tmp_path).people
    for moment in ("yesterday", "2026-11-24T08:00:00"):
        people.keep(replace(FIRST, taken_at=moment), {})
        with pytest.raises(BadInput, match="damaged"):
            people.baselines("Zoë")
        store.Attempts(tmp_path).forget_person("Zoë")


def test_forgetting_a_person_removes_their_choice_and_every_sound_check(tmp_path: Path) -> None:
    kept = store.Attempts(tmp_path)
    kept.people.prefer("Zoë", without_rate=True)
    kept.people.keep(FIRST, {"reading": tone(200.0, 0.1)})
    assert kept.forget_person("Zoë") == ["Zoë"]
    assert not list((tmp_path / "people").iterdir())
    assert kept.people.person("Zoë").without_rate is False
