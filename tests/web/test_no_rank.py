"""People are never ranked: no sentence does it, and where several people stand, results do not move anybody."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.calls import answer, turns
from tests.coaching.test_progress import normal
from tests.web.site import by_link
from tests.web.test_pages import kept_call
from trainer import library, shipped
from trainer.access import Person
from trainer.coaching.call import verdict
from trainer.store import Attempts
from trainer.store.assignments import Assignments
from trainer.store.database import Database
from trainer.store.sharing import Sharing

AT, LATER = "2026-11-24T09:00:00+00:00", "2999-12-31"
RANKS = re.compile(
    r"\b(rank\w*|leader ?board|winner|percentile|top \d+|(better|worse|faster|slower) than (other|the others|most)|"
    r"ranking\w*|zwycięzc\w*|(lepiej|gorzej|lepsz\w+|gorsz\w+) (niż|od) (inni|innych|pozosta\w+))\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", sorted(shipped.folder("texts").glob("*/*.yaml")), ids=lambda path: path.stem)
def test_no_sentence_ranks_people(path: Path) -> None:
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [text for text in said.values() if RANKS.search(str(text))] == []


def called(root: Path, who: str, rate: float, ends_at: float) -> None:
    """A shared call of somebody's, answered at that tempo, at whose end the customer has that anger."""
    report = kept_call(root, who)
    said = tuple(replace(turn, anger_after=ends_at) for turn in turns(*[answer(rate=rate)] * 3))
    call = verdict(said, normal(), library.rules(), "")
    Attempts(root).finish(Path(report.folder), replace(report, turns=said, call=call, baseline=normal()))
    Sharing(Database(root)).say(who, True, AT)
    Assignments(Database(root)).give(Person("coach", "Ewa"), AT, who, "late-delivery", LATER, 2, "customer-comes-down")


def order(root: Path, results: dict[str, tuple[float, float]]) -> list[str]:
    """In which order a coach finds people, with these results of theirs."""
    for who, (rate, ends_at) in results.items():
        called(root, who, rate, ends_at)
    page = by_link(root, "coach", "Ewa").get("/coaching").text
    return re.findall(r"(Anna|Bela|Cyryl): ", page)


def test_results_move_nobody_in_what_a_coach_sees_of_several_people(tmp_path: Path) -> None:
    good, bad = (4.5, 0.1), (8.0, 0.9)
    one = order(tmp_path / "one", {"Anna": good, "Bela": bad, "Cyryl": good})
    other = order(tmp_path / "other", {"Anna": bad, "Bela": good, "Cyryl": bad})
    assert sorted(one) == sorted(other) and one[3:] == other[3:] == ["Anna", "Bela", "Cyryl"]
