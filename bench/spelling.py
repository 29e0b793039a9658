"""How many words of a text a recogniser lost, whatever the spelling."""

import re

SAME = (
    ("any more", "anymore"),
    ("all right", "alright"),
    ("o clock", "oclock"),
    ("canceling", "cancelling"),
    ("traveling", "travelling"),
    ("bath tub", "bathtub"),
    ("call back", "callback"),
    ("time table", "timetable"),
    ("good bye", "goodbye"),
    ("okay", "ok"),
    ("oh", "o"),
    ("who s", "who is"),
    ("it s", "it is"),
    ("that s", "that is"),
    ("what s", "what is"),
    ("there s", "there is"),
    ("i m", "i am"),
    ("won t", "will not"),
    ("can t", "cannot"),
    ("can not", "cannot"),
    ("for", "four"),
    ("sum", "some"),
    ("queue", "cue"),
    ("a hundred", "hundred"),
    ("one hundred", "hundred"),
    ("hundred and", "hundred"),
    ("mister", "mr"),
    (r"(\w+) ll", r"\1 will"),
    (r"(\w+) ve", r"\1 have"),
    (r"(\w+) re", r"\1 are"),
    (r"(\w+)n t", r"\1 not"),
)
"""What is spoken alike and written in two ways."""


ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def words(text: str) -> list[str]:
    """The words, in one spelling."""
    said = " ".join(re.findall(r"[^\W_]+", text.lower()))
    said = re.sub(r"(?<!\d)\d{1,3}(?!\d)", lambda found: number(int(found[0])), said)
    for one, other in SAME:
        said = re.sub(rf"\b{one}\b", other, said)
    return said.split()


def number(value: int) -> str:
    """A number under a thousand in words."""
    if value >= 100:
        return f"{ONES[value // 100]} hundred " + (number(value % 100) if value % 100 else "")
    if value < 20:
        return ONES[value]
    return TENS[value // 10 - 2] + (f" {ONES[value % 10]}" if value % 10 else "")


def lost(text: str, recognised: str) -> int:
    """Substitutions, deletions and insertions between them: the word errors."""
    told, heard = words(text), words(recognised)
    before = list(range(len(heard) + 1))
    for row, word in enumerate(told, 1):
        now = [row]
        for place, other in enumerate(heard, 1):
            now.append(min(before[place - 1] + (word != other), before[place] + 1, now[-1] + 1))
        before = now
    return before[-1]
