"""What a coach says of the words: kept with the attempt beside what the program found, and fit to measure by."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.phrases import corpus
from tests.calls import answer, turns
from trainer import attempt, cli, corrections, documents, store
from trainer.coaching.call import verdict
from trainer.exports import page, sentences
from trainer.records import Finding, Report

SAID = "I'm sorry, that was us. One moment please."


@pytest.fixture
def kept(tmp_path: Path) -> store.Attempts:
    """An attempt of one turn, in which an apology was not found."""
    attempts = store.Attempts(tmp_path)
    folder = attempts.new("late-delivery", "Anna")
    (folder / attempt.HEADER).write_text('{"format": 1, "scenario": "late-delivery", "trainee": "Anna"}', "utf-8")
    (turn,) = turns(replace(answer(), text=SAID))
    found = Finding("apologise", ("af",), "not_called_for", None, None, False, None, None, (), "")
    turn = replace(turn, findings=(found,))
    call = verdict([turn], None, {}, "")
    report = Report(folder.name, "late-delivery", str(folder), ("af",), "Anna", "", None, (turn,), call, "over")
    attempts.finish(folder, report)
    return attempts


def test_a_correction_stays_with_the_attempt_and_both_views_are_shown(
    kept: store.Attempts, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(kept.root)]
    assert cli.run(["attempts", "correct", "latest", "1", "apologise", "was", "--note", "plainly", *data]) == 0
    sentence = "Turn 1, Apologise: it was said (found by the program: not called for): plainly"
    assert capsys.readouterr().out.strip() == sentence
    assert cli.run(["report", "latest", *data]) == 0
    assert "What a coach says" in capsys.readouterr().out
    report = kept.load("latest")
    assert [sentences.correction(one) for one in report.corrections] == [sentence]
    assert report.turns[0].findings[0].state == "not_called_for"
    assert sentence in page.html(report, {})
    assert documents.plain(report)["corrections"][0]["was"] is True


def test_a_second_thought_takes_the_place_of_the_first(kept: store.Attempts) -> None:
    corrections.keep(kept.load("latest"), 1, "apologise", True)
    corrections.keep(kept.load("latest"), 1, "no-jokes", False)
    corrections.keep(kept.load("latest"), 1, "apologise", False)
    assert [(one.rule, one.was) for one in kept.load("latest").corrections] == [
        ("apologise", False),
        ("no-jokes", False),
    ]


def test_what_was_corrected_can_be_measured_by_and_the_rest_of_the_answer_is_neither_right_nor_wrong(
    kept: store.Attempts, capsys: pytest.CaptureFixture[str]
) -> None:
    corrections.keep(kept.load("latest"), 1, "apologise", True)
    corrections.keep(kept.load("latest"), 1, "no-jokes", False)
    assert cli.run(["attempts", "corrections", "--data", str(kept.root)]) == 0
    codes, text = capsys.readouterr().out.strip().split("|")
    read = corpus.utterance(codes.split(), text)
    assert (read.text, read.rules, read.like) == (SAID, {"apologise"}, {"no-jokes"})
    assert read.unclear == set(corpus.CODES.values()) - {"apologise", "no-jokes"}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["9", "apologise", "was"], 1),
        (["1", "speak-slowly", "was"], 1),
        (["1", "apologise", "perhaps"], 2),
        (["one", "apologise", "was"], 2),
    ],
)
def test_only_a_rule_of_the_words_in_a_turn_of_the_call_can_be_corrected(
    kept: store.Attempts, arguments: list[str], status: int
) -> None:
    assert cli.run(["attempts", "correct", "latest", *arguments, "--data", str(kept.root)]) == status
    assert kept.load("latest").corrections == ()


def test_a_label_that_two_people_do_not_agree_on_is_neither_scored_nor_learnt() -> None:
    read = corpus.utterance(["AP", "EM?", "-OW"], "sorry about that")
    assert (read.rules, read.like, read.unclear) == ({"apologise"}, {"own-it"}, {"empathise"})


def test_corrections_go_with_the_attempt(kept: store.Attempts) -> None:
    report = kept.load("latest")
    corrections.keep(report, 1, "apologise", True)
    assert json.loads((Path(report.folder) / corrections.FILE).read_text("utf-8"))["version"] == 1
    kept.forget("latest")
    assert not Path(report.folder).exists()
