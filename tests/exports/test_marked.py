"""The words of an answer with what was found in them."""

from dataclasses import replace

from tests.calls import answer
from trainer.exports.marked import pieces, quoted
from trainer.records import Finding, Word

SAID = ["I", "am", "sorry", "yes", "but", "no"]
ANSWER = replace(
    answer(), text=" ".join(SAID), words=tuple(Word(text, float(n), n + 0.8, 1.0) for n, text in enumerate(SAID))
)


def finding(rule: str, state: str, start_s: float, end_s: float) -> Finding:
    return Finding(rule, ("af",), state, None, None, False, None, None, ((start_s, end_s),), "")  # type: ignore[arg-type]


def test_the_words_that_keep_or_break_a_rule_are_marked_and_say_which() -> None:
    found = (finding("apologise", "kept", 0.0, 2.8), finding("never-yes-but", "broken", 3.0, 4.8))
    made = pieces(ANSWER, found)
    assert [(one.text, one.state) for one in made] == [("I am sorry", "kept"), ("yes but", "broken"), ("no", "")]
    assert made[0].title == "Apologise: kept" and made[1].title == "No yes, but: to mend"
    assert quoted(ANSWER, found[1]) == "“yes but”"


def test_words_of_two_rules_name_both_and_what_is_to_mend_shows() -> None:
    both = (finding("apologise", "kept", 0.0, 3.8), finding("never-yes-but", "broken", 3.0, 4.8))
    made = pieces(ANSWER, both)
    assert [(one.text, one.state) for one in made][1] == ("yes", "broken")
    assert "Apologise" in made[1].title and "No yes, but" in made[1].title


def test_the_voice_has_no_words_of_its_own_and_an_answer_without_words_is_left_as_it_is() -> None:
    voice = (finding("speak-slowly", "broken", 0.0, 5.8),)
    assert [one.state for one in pieces(ANSWER, voice)] == [""] and quoted(ANSWER, voice[0]) == ""
    assert pieces(answer(), voice)[0].text == ""
