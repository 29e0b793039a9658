"""How many syllables a text has when it is read aloud, per language.

English: vowels in the phonemes that hibari's lexicon and letter-to-sound net give (misaki's alphabet; numbers, money
and times are read out first). Polish: letters of vowels, where an i before another vowel only softens the consonant;
figures are read out by a small table of ours. Other languages: groups of vowel letters.
"""

import re
import threading
import unicodedata
from functools import cache, lru_cache
from typing import Any

from trainer import models

# Vowels and diphthongs of misaki's alphabet; A I O Q W Y stand for whole diphthongs, ᵊ for a vowel that may be dropped.
_PHONEMES = frozenset("AIOQWYaeiouæɐɑɒɔəɚɛɜɪɨʊʌᵻᵊ")
# A t or d and an n without a vowel between or after them: "button" is bˈʌtn, and has two syllables.
_SYLLABIC_N = re.compile("[tdT]n(?![AIOQWYaeiouæɐɑɒɔəɚɛɜɪɨʊʌᵻᵊj])")
_POLISH = "aąeęioóuy"
_SOFTENING = re.compile(rf"i(?=[{_POLISH}])")
_FIGURES = re.compile(r"\d+(?:[ \u00a0.,]\d{3})*(?:[.,]\d+)?")
# Syllables of the Polish numbers: zero … dziewiętnaście; -, -, dwadzieścia …; -, sto, dwieście …
_UNITS = (2, 2, 1, 1, 2, 1, 1, 2, 2, 2, 2, 4, 3, 3, 3, 3, 3, 4, 4, 4)
_TENS = (0, 0, 3, 3, 3, 3, 3, 4, 4, 4)
_HUNDREDS = (0, 1, 2, 2, 3, 2, 2, 3, 3, 3)
_COMMA = 3  # przecinek
_lock = threading.Lock()


def count(text: str, language: str) -> int:
    """Number of syllables of ``text`` in a language (ISO 639-1); 0 for a text without words. Safe in threads."""
    if not any(character.isalnum() for character in text):
        return 0
    if language == "en":
        return _english(" ".join(text.split()))
    if language == "pl":
        figures = sum(_polish_figures(found) for found in _FIGURES.findall(text))
        return figures + _polish(_FIGURES.sub(" ", text))
    return _groups(text)


@cache
def _loaded() -> Any:
    models.folder("hibari-g2p")
    from hibari.g2p import G2P

    return G2P()


def g2p() -> Any:
    """hibari's English G2P, loaded once (about a second), its files verified. Raises NoModel."""
    with _lock:
        return _loaded()


@lru_cache(4096)
def _english(text: str) -> int:
    phonemes = g2p()(text)
    return sum(sound in _PHONEMES for sound in phonemes) + len(_SYLLABIC_N.findall(phonemes))


def _polish(text: str) -> int:
    letters = unicodedata.normalize("NFC", text.casefold())
    return sum(letter in _POLISH for letter in _SOFTENING.sub("", letters))


def _polish_figures(figures: str) -> int:
    """Syllables of a number as read out; endings of case and gender hardly change them."""
    whole, _, part = figures.replace(".", ",").partition(",")
    if len(part) == 3:  # a comma or point between thousands
        whole, part = whole + part, ""
    whole, part = ("".join(digit for digit in digits if digit.isdigit()) for digits in (whole, part))
    # A long number is an account or a telephone number: digit by digit.
    spoken = _polish_number(int(whole)) if len(whole) <= 6 else sum(_UNITS[int(digit)] for digit in whole)
    return spoken + (_COMMA + _polish_number(int(part[:3])) if part else 0)


def _polish_number(number: int) -> int:
    if number >= 1000:
        rest = _polish_number(number % 1000) if number % 1000 else 0
        return rest + (2 if number < 2000 else 3 + _polish_number(number // 1000))  # tysiąc; dwa tysiące
    total, rest = _HUNDREDS[number // 100], number % 100
    if rest >= 20:
        return total + _TENS[rest // 10] + (_UNITS[rest % 10] if rest % 10 else 0)
    return total + (_UNITS[rest] if rest or number == 0 else 0)


def _groups(text: str) -> int:
    """Groups of vowel letters; a word without any, and each figure, counts one."""
    total = 0
    for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text.casefold())):
        figures = sum(character.isdigit() for character in word)
        bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
        total += max(1, figures + len(re.findall("[aeiouyæøœаеёиоуыэюяіїєαεηιουω]+", bare)))
    return total
