"""How many words of a text a recogniser lost, whatever the spelling."""

import re

SAME = (
    ("any more", "anymore"),
    ("all right", "alright"),
    ("11 oclock", "eleven oclock"),
    ("11 o clock", "eleven oclock"),
    ("canceling", "cancelling"),
    ("1", "one"),
    ("2", "two"),
    ("3", "three"),
    ("25", "twenty five"),
    ("29", "twenty nine"),
    ("im", "i am"),
    ("ill", "i will"),
    ("id", "i would"),
    ("ive", "i have"),
    ("its", "it is"),
    ("thats", "that is"),
    ("whats", "what is"),
    ("youre", "you are"),
    ("dont", "do not"),
    ("didnt", "did not"),
    ("couldnt", "could not"),
    ("wont", "will not"),
    ("bath tub", "bathtub"),
    ("call back", "callback"),
    ("good bye", "goodbye"),
    ("okay", "ok"),
)
"""What is spoken alike and written in two ways."""


def words(text: str) -> list[str]:
    """The words, in one spelling."""
    bare = re.sub(r"['’]", "", text.lower())
    said = " ".join(re.findall(r"[^\W_]+", bare))
    for one, other in SAME:
        said = re.sub(rf"\b{one}\b", other, said)
    return said.split()


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
