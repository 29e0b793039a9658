import threading

import pytest

from trainer import syllables

ENGLISH = {
    "cat": 1, "strengths": 1, "table": 2, "button": 2, "certainly": 3, "partner": 2, "walked": 1, "wanted": 2,
    "sorry": 2, "delivery": 4,
    "understand": 3, "apologise": 4, "complaint": 2, "idea": 3, "queue": 1, "customer": 3,
    "immediately": 5, "refrigerator": 5, "Mr": 2, "I'm": 1, "you've": 1, "won't": 1,
}  # fmt: skip
SENTENCES = {
    "I am very sorry about the delay.": 11,
    "Let us look at your order together, one step at a time.": 15,
}
POLISH = {
    "kot": 1, "mama": 2, "dzień": 1, "dobry": 2, "przepraszam": 3, "pięć": 1, "ciocia": 2, "siedem": 2,
    "dziewięć": 2, "źdźbło": 1, "wiosna": 2, "Kowalska": 3, "rozumiem": 3, "nauka": 3, "i": 1, "miły": 2,
}  # fmt: skip


@pytest.mark.parametrize("word", ENGLISH)
def test_an_english_word_has_the_syllables_of_a_dictionary(word: str) -> None:
    assert syllables.count(word, "en") == ENGLISH[word]


@pytest.mark.parametrize("text", SENTENCES)
def test_an_english_sentence_is_the_sum_of_its_words(text: str) -> None:
    assert syllables.count(text, "en") == SENTENCES[text]


@pytest.mark.parametrize(
    ("figures", "words"),
    [("2", "two"), ("£45", "forty-five pounds"), ("17", "seventeen"), ("250", "two hundred and fifty")],
)
def test_english_figures_count_as_they_are_read_out(figures: str, words: str) -> None:
    # "and" may be left out of a number, so one syllable of doubt there.
    assert abs(syllables.count(figures, "en") - syllables.count(words, "en")) <= ("and" in words)


def test_an_unknown_english_word_is_read_by_the_net() -> None:
    assert syllables.count("Zorbatini", "en") == 4


@pytest.mark.parametrize("word", POLISH)
def test_a_polish_word_follows_the_vowel_rule(word: str) -> None:
    assert syllables.count(word, "pl") == POLISH[word]


def test_a_decomposed_polish_letter_is_the_same_letter() -> None:
    assert syllables.count("wo\u0301z", "pl") == syllables.count("wóz", "pl") == 1


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("2", "dwa"), ("15", "piętnaście"), ("45", "czterdzieści pięć"), ("120", "sto dwadzieścia"), ("0", "zero"),
        ("1 250", "tysiąc dwieście pięćdziesiąt"), ("2,5", "dwa przecinek pięć"), ("300", "trzysta"),
        ("2000", "dwa tysiące"), ("600 500 400", "sześć zero zero pięć zero zero cztery zero zero"),
        ("19", "dziewiętnaście"),
    ],
)  # fmt: skip
def test_polish_figures_count_as_they_are_read_out(figures: str, words: str) -> None:
    assert syllables.count(figures, "pl") == syllables.count(words, "pl")


def test_other_languages_count_groups_of_vowels() -> None:
    assert syllables.count("Guten Morgen, Frau Müller", "de") == 7
    assert syllables.count("jó napot", "hu") == 3


@pytest.mark.parametrize("language", ["en", "pl", "hu"])
def test_a_text_without_words_has_no_syllables(language: str) -> None:
    assert syllables.count("", language) == 0
    assert syllables.count(" … — !", language) == 0


def test_counting_in_threads_gives_the_same_numbers() -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda word=word: found.append(syllables.count(f"{word} thanks", "en")))
        for word in ["Blorvania"] * 8
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1 and len(found) == 8
