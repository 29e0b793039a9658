"""The sentences of a report, on calls whose figures are known."""

from dataclasses import replace

import pytest

from tests.calls import answer, turns
from trainer.coaching.call import verdict
from trainer.exports import sentences
from trainer.records import CallState, Finding, Following, Line, Talk

TALK = Talk(0.5, 0.8, 0, 0.0, 0, 0, 0, 0.0, None, None)


def test_a_call_without_incidents_is_told_in_one_line() -> None:
    assert sentences.talk(TALK) == (
        "You spoke 50 % of the time; half of your answers began within 0.8 s; "
        "never into the customer's words; no long silence."
    )


def test_what_happened_is_counted_and_a_late_ear_is_named() -> None:
    said = sentences.talk(Talk(None, None, 2, 3.5, 1, 4, 1, 5.0, 2.5, "late_ear"))
    for part in ("words: 2 (3.5 s)", "yours: 1", "listening: 4", "silences: 1 (5.0 s)", "100 words: 2.5", "Bluetooth"):
        assert part in said


def test_an_outburst_names_its_turn_and_what_it_was_held_against() -> None:
    call = replace(
        verdict(turns(*[answer()] * 6), None, {}, ""),
        keep_composure=CallState("broken", None, "others", "pitch", 5.2, "st", 3),
    )
    said = sentences.rules_over_call(call)[1]
    assert said == (
        "Keep your voice to the end: to mend (pitch +5.2 st against the median of your other answers, in turn 3)"
    )


def test_following_is_one_plain_sentence_or_the_reason_why_not() -> None:
    assert sentences.following(Following("rate", "followed", 0.91, 0.4, 8, None)).startswith("Your tempo followed")
    assert "did not go up and down" in sentences.following(Following("level", "did_not_follow", 0.1, 0.0, 8, None))
    assert "hardly changed" in sentences.following(Following("pitch", "not_measurable", None, None, 8, "line_steady"))


def test_what_could_not_be_told_of_anything_is_said_once() -> None:
    same = [Following(one, "not_measurable", None, None, 2, "too_short_a_call") for one in ("rate", "pitch", "level")]
    assert len(sentences._followings(same)) == 1
    assert len(sentences._followings([*same[:2], replace(same[2], reason="line_steady")])) == 3


def test_a_finding_over_several_answers_says_so_and_what_was_overdone_has_its_advice() -> None:
    found = Finding("lower-voice", (), "kept", "baseline", None, False, -2.6, "st", (), "Stay there.", "pitch", 3)
    assert "over 3 answers" in sentences.finding(found)
    assert sentences.hint(found) == ""
    overdone = replace(found, reason="too_soft", advice="A little more voice.")
    assert sentences.hint(overdone) == "A little more voice."


@pytest.mark.parametrize("kind", ["interrupted", "silence", "monologue"])
def test_what_the_customer_said_in_the_middle_of_a_turn_is_told_with_its_words(kind: str) -> None:
    line = Line("Let me finish!", 0.8, 3.0, 4.0, "heart", kind)
    assert sentences.reaction(line).endswith(": Let me finish!")
