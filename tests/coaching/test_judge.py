"""What is said about one answer: against whom, alone or with its neighbours, not too far, and not with a late ear."""

from dataclasses import replace

import pytest

from tests.calls import answer
from tests.coaching.test_compare import voice
from trainer import library
from trainer.coaching import judge as judges
from trainer.coaching.voice import judge
from trainer.dialogue import opening, reply
from trainer.records import Answer, AtMark, Finding, MarkKind, Measures, Span, Word

NORMAL = voice(5.0, 200.0, -25.0, -15.0, speech_s=20.0)


def findings(
    said: Answer,
    earlier: tuple[Answer, ...] = (),
    ear_s: float | None = 0.0,
    normal: Measures = NORMAL,
    at_marks: tuple[AtMark, ...] = (),
) -> dict[str, Finding]:
    context = judges.Context(normal, earlier, "Mrs Kowalska", ear_s, at_marks)
    return {found.rule: found for found in judges.judge(said, context, library.rules())}


def test_a_short_answer_that_shows_nothing_is_judged_with_the_short_ones_before_it() -> None:
    short = [answer(pitch=236.0, speech_s=3.0, start_s=20.0 * place) for place in range(3)]
    assert judge("pitch", short[0], NORMAL, []).state == "kept"  # 2.9 st may be chance in 3 s of speech
    found = judge("pitch", short[2], NORMAL, short[:2])
    assert (found.state, found.against, found.pooled_with) == ("broken", "baseline", (1,))


def test_a_finding_that_rests_on_several_answers_names_all_their_moments() -> None:
    short = [answer(rate=6.2, pitch=240.0, speech_s=2.5, start_s=20.0 * place) for place in range(-1, 3)]
    found = findings(short[3], tuple(short[:3]))["lower-voice"]
    assert (found.state, found.answers, found.against) == ("broken", 3, "baseline")
    assert found.spans == ((0.0, 2.5), (20.0, 22.5), (40.0, 42.5))


def test_at_most_three_short_answers_are_taken_together_and_never_a_long_one() -> None:
    short = [answer(pitch=236.0, speech_s=2.0)] * 6
    assert judge("pitch", short[5], NORMAL, short[:5]).pooled_with == (3, 4)
    long = answer(pitch=280.0, speech_s=12.0)
    assert judge("pitch", answer(pitch=215.0, speech_s=3.0), NORMAL, [long]).pooled_with == ()


def test_the_first_answer_which_may_begin_high_is_not_held_against_the_second() -> None:
    found = judge("pitch", answer(pitch=205.0, speech_s=3.0), NORMAL, [answer(pitch=280.0, speech_s=4.0)])
    assert (found.state, found.pooled_with) == ("kept", ())


def test_a_short_answer_that_shows_something_alone_needs_no_company() -> None:
    found = judge("pitch", answer(pitch=300.0, speech_s=3.0), NORMAL, [answer(pitch=200.0, speech_s=3.0)])
    assert (found.state, found.pooled_with) == ("broken", ())


def test_one_neighbour_that_could_not_be_measured_ends_the_company() -> None:
    earlier = [answer(pitch=236.0, speech_s=3.0), answer(pitch=None, speech_s=3.0)]
    found = judge("pitch", answer(pitch=236.0, speech_s=3.0), NORMAL, earlier)
    assert (found.state, found.pooled_with) == ("kept", ())


def test_the_median_of_the_earlier_answers_is_a_reference_too() -> None:
    earlier = [answer(pitch=hz) for hz in (205.0, 300.0, 300.0, 300.0, 222.0)]
    found = judge("pitch", answer(pitch=235.0), NORMAL, earlier)
    assert (found.state, found.against) == ("broken", "first")
    earlier = [answer(pitch=hz) for hz in (250.0, 300.0, 300.0, 300.0, 260.0)]
    found = judge("pitch", answer(pitch=248.0), NORMAL, earlier)
    assert (found.state, found.against) == ("kept", "median")


@pytest.mark.parametrize(
    ("said", "rule", "reason"),
    [
        (answer(rate=3.3), "speak-slowly", "too_slow"),
        (answer(level=-37.0), "lower-voice", "too_soft"),
    ],
)
def test_as_slow_and_as_soft_as_possible_is_not_the_aim(said: Answer, rule: str, reason: str) -> None:
    found = findings(said)[rule]
    assert (found.state, found.reason, found.against) == ("kept", reason, "baseline")
    assert found.advice == library.rules()[rule].advice_beyond[reason]


def test_a_voice_without_melody_is_told_so_and_only_where_it_had_one() -> None:
    flat = replace(answer(), pitch=replace(answer().pitch, span_st=1.8))
    assert findings(flat)["lower-voice"].reason == "too_flat"
    monotone = replace(NORMAL, pitch=replace(NORMAL.pitch, span_st=2.2))
    assert findings(flat, normal=monotone)["lower-voice"].reason is None
    assert findings(replace(flat, speech_s=4.0))["lower-voice"].reason is None


def test_a_little_slower_and_softer_is_just_right() -> None:
    found = findings(answer(rate=4.2, level=-30.0))
    assert (found["speak-slowly"].reason, found["lower-voice"].reason) == (None, None)


def test_the_customer_does_not_reward_what_was_overdone() -> None:
    scenario = library.scenarios()["late-delivery"]
    first = opening(scenario)
    right, overdone = findings(answer())["speak-slowly"], findings(answer(rate=3.3))["speak-slowly"]
    assert reply(scenario, first.state, [right]).anger_after < first.anger_after
    assert reply(scenario, first.state, [overdone]).anger_after == first.anger_after


def test_a_snatched_answer_is_told_only_where_it_is_known_when_the_customer_was_heard() -> None:
    assert findings(answer(latency_s=0.1))["breathe-first"].state == "broken"
    for ear_s in (None, 0.2):
        for latency_s in (-0.3, 0.1, 0.4):
            found = findings(answer(latency_s=latency_s), ear_s=ear_s)["breathe-first"]
            assert (found.state, found.reason) == ("not_measurable", "late_ear")
        assert findings(answer(latency_s=0.8), ear_s=ear_s)["breathe-first"].state == "kept"


def test_dead_air_and_a_long_interruption_are_told_with_a_late_ear_too() -> None:
    assert findings(answer(latency_s=4.0), ear_s=None)["breathe-first"].state == "broken"
    cut_in = answer(latency_s=-2.0, overlaps=((1.0, 3.0),))
    assert findings(cut_in, ear_s=None)["never-interrupt"].state == "broken"
    assert findings(cut_in, ear_s=None)["breathe-first"].reason == "interrupted"


def test_a_short_overlap_is_nothing_to_blame_and_with_a_late_ear_nothing_to_judge() -> None:
    short = answer(latency_s=-0.3, overlaps=((2.7, 3.0),))
    assert findings(short)["never-interrupt"].state == "kept"
    found = findings(short, ear_s=None)["never-interrupt"]
    assert (found.state, found.reason) == ("not_measurable", "late_ear")


def at(kind: MarkKind, began_after_s: float | None = None, before_s: float = 0.0, reached: bool = True) -> AtMark:
    """A mark of two seconds."""
    return AtMark(kind, reached, 2.0 if began_after_s is None else began_after_s, began_after_s, before_s)


LULL, QUESTION = "wait-for-the-lull", "silence-after-the-question"
CUT = ((3.0, 4.0),)


@pytest.mark.parametrize(
    ("marks", "overlaps", "state"),
    [
        ((), (), "not_called_for"),
        ((at("question"),), (), "not_called_for"),
        ((at("lull"),), (), "kept"),  # silent to the end of the line
        ((at("lull", began_after_s=0.5),), (), "kept"),  # spoke in the lull
        ((at("lull"), at("lull", began_after_s=0.5)), (), "kept"),
        ((at("lull", before_s=1.0, reached=False),), CUT, "broken"),  # cut in on the crest
        ((at("lull"),), CUT, "missed"),  # let the lull go by, and cut in after it
    ],
)
def test_speaking_is_right_in_the_lull_and_wrong_on_the_crest(
    marks: tuple[AtMark, ...], overlaps: tuple[Span, ...], state: str
) -> None:
    assert findings(answer(overlaps=overlaps), at_marks=marks)[LULL].state == state


def test_a_short_word_before_the_lull_is_not_judged_where_the_ear_is_late() -> None:
    marks = (at("lull", before_s=0.4),)
    found = findings(answer(overlaps=CUT), at_marks=marks, ear_s=None)[LULL]
    assert (found.state, found.reason) == ("not_measurable", "late_ear")


@pytest.mark.parametrize(
    ("marks", "state", "silence_s"),
    [
        ((at("lull"),), "not_called_for", None),
        ((at("question", reached=False, before_s=1.0),), "not_called_for", None),
        ((at("question"),), "kept", 2.0),
        ((at("question", began_after_s=0.7),), "broken", 0.7),
    ],
)
def test_after_a_question_silence_is_kept_and_told_in_seconds(
    marks: tuple[AtMark, ...], state: str, silence_s: float | None
) -> None:
    found = findings(answer(), at_marks=marks)[QUESTION]
    assert (found.state, found.value) == (state, silence_s)


def spoken(text: str, unsure: bool = False) -> Answer:
    words = tuple(Word(one, float(n), n + 0.9, 0.2 if unsure else 0.9) for n, one in enumerate(text.split()))
    return replace(answer(), text=text, words=words)


def test_an_apology_is_kept_a_denial_is_broken_and_what_was_not_said_is_not_held_against_anybody() -> None:
    found = findings(spoken("I am sorry about that but please calm down"))
    assert found["apologise"].state == "kept" and found["apologise"].spans == ((0.0, 3.9),)
    assert found["never-deny-the-anger"].state == "broken"
    assert "Mrs Kowalska" in found["never-deny-the-anger"].advice
    assert found["own-it"].state == "not_called_for"


def test_a_name_in_every_sentence_is_told_and_earns_no_more() -> None:
    found = findings(spoken("Mrs Kowalska I see, Mrs Kowalska, yes, Mrs Kowalska, of course"))["use-their-name"]
    assert (found.state, found.reason) == ("kept", "too_often")
    assert found.advice == library.rules()["use-their-name"].advice_beyond["too_often"]


def test_nobody_is_reproached_for_a_word_that_was_not_recognised_surely() -> None:
    found = findings(spoken("calm down", unsure=True))["never-deny-the-anger"]
    assert (found.state, found.reason, found.unsure) == ("not_measurable", "unsure_words", True)


def test_where_a_language_has_no_phrases_only_voice_and_timing_are_judged() -> None:
    context = replace(judges.Context(NORMAL, (), "Mrs Kowalska", 0.0), language="xx")
    found = {one.rule: one for one in judges.judge(spoken("calm down"), context, library.rules())}
    assert (found["apologise"].state, found["apologise"].reason) == ("not_measurable", "no_phrases")
    assert found["speak-slowly"].state == "kept"
