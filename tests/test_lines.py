"""Marks in a line: what is emphasised, where the customer pauses, and what a reader sees of it."""

from pathlib import Path

import pytest

from trainer import library, lines
from trainer.errors import BadContent
from trainer.lines import Part


def test_a_line_without_marks_is_one_part() -> None:
    assert lines.parse("Nobody called me back.").pieces == (Part("Nobody called me back."),)


def test_emphasised_words_and_pauses_are_found_in_their_order() -> None:
    found = lines.parse("(question) Where is it? I took _two_ days off. (lull) _Two_! And _nobody's_ here.")
    assert found.pieces == (
        "question",
        Part("Where is it? I took two days off.", (5,)),
        "lull",
        Part("Two! And nobody's here.", (0, 2)),
    )


def test_a_reader_sees_no_mark() -> None:
    assert lines.plain("(question) I took _two_ days off. (lull) “_Two_!”") == "I took two days off. “Two!”"


def test_brackets_around_several_words_are_text() -> None:
    assert lines.plain("It came (late as ever) again.") == "It came (late as ever) again."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I wait. (lul) And wait.", r'no mark "\(lul\)"; the marks are \(lull\), \(question\)'),
        ("I took _two days off.", 'partner in "_two"'),
        ("I took _two days_ off.", 'partner in "_two"'),
        ("I took two_ days off.", 'partner in "two_"'),
        ("snake_case", 'partner in "snake_case"'),
        ("Two __ days", 'partner in "__"'),
    ],
)
def test_a_wrong_mark_is_named_with_what_would_work(text: str, said: str) -> None:
    with pytest.raises(BadContent, match=said):
        lines.parse(text)


def test_a_wrong_mark_in_a_scenario_is_named_with_its_line_and_key(tmp_path: Path) -> None:
    from trainer import shipped

    text = (shipped.folder("scenarios") / "late-delivery.yaml").read_text(encoding="utf-8")
    path = tmp_path / "late-delivery.yaml"
    path.write_text(text.replace("- Finally! I", "- Finally! (lul) I", 1), encoding="utf-8")
    (problem,) = library.check("scenarios", path)
    assert problem.startswith("late-delivery.yaml:")
    assert "beats.0.lines.high.0" in problem and "(lull)" in problem
    path.write_text(text.replace("- Finally! I", "- _Finally_! (lull) I", 1), encoding="utf-8")
    assert library.check("scenarios", path) == []
