"""The words: what keeps a rule, what breaks it, and what only sounds like it."""

from pathlib import Path

import pytest

from trainer import library
from trainer.coaching.phrases import find, find_phrases
from trainer.records import Word
from trainer.words import say

SAID = {name: rule for name, rule in library.rules().items() if rule.kind == "said"}
NAME = "Mrs Kowalska"


def words(text: str, unsure: str = "") -> tuple[Word, ...]:
    """The words of a text, one every third of a second; those in ``unsure`` were not recognised surely."""
    said = text.split()
    return tuple(
        Word(one, place / 3, (place + 1) / 3, 0.3 if one in unsure.split() else 0.9) for place, one in enumerate(said)
    )


def found(text: str, name: str = NAME) -> set[str]:
    return {rule.id for rule in SAID.values() if find(rule, words(text), name)}


def test_all_thirty_said_rules_are_worded_and_titled() -> None:
    assert len(SAID) == 30
    assert sum(rule.breaks for rule in SAID.values()) == 10
    for name in SAID:
        assert library.wordings("en")[name].phrases, name
        assert say(f"report.rule_{name}")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("accept-their-anger", "of course you are furious, anybody would be"),
        ("accept-their-anger", "you have every right to be upset about that"),
        ("empathise", "that must have been really exhausting for you"),
        ("empathise", "I completely understand how hard that was"),
        ("work-together", "let's find a way out of this together"),
        ("apologise", "I'm uh I'm really sorry about what happened"),
        ("apologise", "please accept our apologies"),
        ("use-their-name", "I see, Mrs Kowalska"),
        ("use-their-name", "i see miss kovalska"),
        ("give-your-name", "good morning, my name is Anna Berg, how can I help"),
        ("ask-open-questions", "what exactly happened on Monday"),
        ("name-their-need", "so what you need is a date you can rely on"),
        ("restate-and-confirm", "you waited on Monday and nobody came, have I got that right?"),
        ("own-it", "I'll take care of this myself"),
        ("explain", "the reason is that every parcel has to be weighed first"),
        ("offer-a-solution", "I can offer you a new appointment on Thursday"),
        ("ask-what-they-want", "what would you like me to do"),
        ("promise-what-you-can-keep", "I can't promise a date yet, but I will do my best"),
        ("offer-the-supervisor", "I can bring in my supervisor if you like"),
        ("compensate-with-care", "you get the delivery fee back for your trouble"),
        ("refuse-with-an-alternative", "I'm not allowed to do that, but what I can do is lend you a machine"),
        ("follow-up", "I will call you back tomorrow at ten"),
        ("prevent-a-repeat", "I have added a note to your file so that it doesn't happen again"),
        ("close-warmly", "thank you for your patience and have a good evening"),
        ("never-deny-the-anger", "please calm down"),
        ("never-yes-but", "yes, but those are the rules"),
        ("no-hollow-apology", "I'm sorry you feel that way"),
        ("no-passing-the-buck", "that is not my department"),
        ("no-arguing", "that's not true, you never called us"),
        ("no-jokes", "just kidding"),
        ("no-excuses", "my colleague is new and we are very busy at the moment"),
        ("no-talking-down", "let me explain it slowly so that even you can understand"),
        ("no-retaliation", "you are an idiot"),
        ("no-overpromising", "it will definitely be there by Tuesday, guaranteed"),
    ],
)
def test_the_advice_is_found_in_the_way_people_say_it(rule: str, text: str) -> None:
    assert rule in found(text)
    assert rule in found(text.lower().replace(",", "").replace("?", "")), "as a recogniser writes it"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("apologise", "sorry, could you repeat the number?"),
        ("apologise", "I'm sorry, but there is nothing I can do"),
        ("apologise", "I am not going to apologise for that"),
        ("empathise", "I don't understand what you want from me"),
        ("accept-their-anger", "you have no right to be angry"),
        ("never-deny-the-anger", "he should never have told you to calm down"),
        ("never-deny-the-anger", "you have every reason to be angry"),
        ("no-overpromising", "I can't guarantee that it is there by Tuesday"),
        ("no-passing-the-buck", "it does not matter whose fault it is"),
        ("no-retaliation", "I feel like an idiot because we made such a stupid mistake"),
        ("work-together", "the cable comes together with the invoice"),
        ("never-yes-but", "I can deliver anything but the machine"),
        ("close-warmly", "good evening, my name is Anna"),
        ("give-your-name", "could you tell me your name please"),
        ("offer-the-supervisor", "my supervisor will not talk to you"),
    ],
)
def test_the_same_words_in_another_sense_are_not_taken_for_it(rule: str, text: str) -> None:
    assert rule not in found(text)


def test_a_phrase_names_its_words_and_their_times() -> None:
    (said,) = find(SAID["apologise"], words("well yes I am sorry about the delay"), NAME)
    assert said.words == (2, 6)
    assert said.span == (pytest.approx(2 / 3), pytest.approx(2.0))


def test_what_rests_on_an_unsure_word_says_so() -> None:
    (said,) = find(SAID["apologise"], words("I am sorry about that", unsure="sorry"), NAME)
    assert said.unsure


def test_a_scenario_s_own_phrases_are_found_in_any_form() -> None:
    text = words("We'll give you twenty-nine pounds; who promised you that?")
    assert find_phrases(["twenty-nine pounds"], (), text, NAME)
    assert find_phrases(["who promise"], (), text, NAME)
    assert not find_phrases(["twenty pounds"], (), text, NAME)


def test_a_company_adds_its_own_rule_and_phrases_in_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words_folder = tmp_path / "guides" / "words"
    words_folder.mkdir(parents=True)
    (tmp_path / "guides" / "ours.yaml").write_text(
        "rules:\n  - {id: no-slang, title: No slang, guides: [], kind: said, breaks: true, says: Ours.,"
        " advice_kept: '', advice_broken: 'Say it in full, {name}.'}\n",
        encoding="utf-8",
    )
    (words_folder / "en-ours.yaml").write_text(
        "language: en\nrules:\n  no-slang: {phrases: [no worries]}\n", encoding="utf-8"
    )
    monkeypatch.setenv("TRAINER_CONTENT", str(tmp_path))
    caches = (library.rules, library._guidance, library.wordings)
    try:
        for one in caches:
            one.cache_clear()
        own = library.rules()["no-slang"]
        assert [said.words for said in find(own, words("yes no worries madam"), NAME)] == [(1, 3)]
        assert library.title("no-slang") == "No slang"
        assert "apologise" in library.rules()
    finally:
        monkeypatch.undo()
        for one in caches:
            one.cache_clear()


@pytest.mark.parametrize(("text", "kept"), [("of course mrs brown", True), ("madam please hold the line", False)])
def test_where_the_name_is_not_known_any_name_with_its_title_is_one(text: str, kept: bool) -> None:
    assert bool(find(SAID["use-their-name"], words(text), "")) is kept


def test_one_apology_that_fits_two_patterns_was_said_once() -> None:
    assert len(find(SAID["apologise"], words("i'm so sorry this happened to you"), NAME)) == 1
