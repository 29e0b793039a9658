"""The labelled utterances: what is said in a call, and which rules it keeps or breaks.

A line is "CODES|utterance": the rules that it keeps or breaks, and with a minus those that it only sounds like (hard
negatives); every rule that is not named is a negative too. With a question mark, those on which two people do not
agree: they are neither scored nor learnt from; "*?" is every rule that is not named. A rule may stand by its code or by
its own name, as `trainer attempts corrections` writes it. "# situation:" names what the utterances after it are about.
Files are LANGUAGE-SPLIT-PART.txt; the split is fixed by the file. data/README.md defines each code.
"""

from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"

CODES = {
    "EM": "empathise",
    "AP": "apologise",
    "OW": "own-it",
    "NA": "use-their-name",
    "AN": "accept-their-anger",
    "WT": "work-together",
    "GN": "give-your-name",
    "OQ": "ask-open-questions",
    "NN": "name-their-need",
    "RC": "restate-and-confirm",
    "EX": "explain",
    "OS": "offer-a-solution",
    "AW": "ask-what-they-want",
    "PK": "promise-what-you-can-keep",
    "SU": "offer-the-supervisor",
    "CO": "compensate-with-care",
    "RA": "refuse-with-an-alternative",
    "FU": "follow-up",
    "PR": "prevent-a-repeat",
    "CL": "close-warmly",
    "DA": "never-deny-the-anger",
    "YB": "never-yes-but",
    "HA": "no-hollow-apology",
    "PB": "no-passing-the-buck",
    "AR": "no-arguing",
    "JO": "no-jokes",
    "XC": "no-excuses",
    "TD": "no-talking-down",
    "RT": "no-retaliation",
    "OP": "no-overpromising",
}

REST = "*?"


@dataclass(frozen=True)
class Utterance:
    """What was said, the rules that it keeps or breaks, those that it only sounds like, and those nobody can tell."""

    text: str
    rules: frozenset[str]
    like: frozenset[str]
    situation: str
    part: str = ""
    unclear: frozenset[str] = frozenset()


def read(language: str, split: str) -> list[Utterance]:
    """The utterances of a split, in the order of its files. Raises KeyError for a code that is not one."""
    found = []
    for path in sorted(DATA.glob(f"{language}-{split}-*.txt")):
        situation, part = "", path.stem.split("-", 2)[2]
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                situation = line.removeprefix("# situation:").strip(" #")
            elif line.strip():
                codes, text = line.split("|", 1)
                found.append(utterance(codes.split(), text, situation, part))
    return found


def utterance(codes: list[str], text: str, situation: str = "", part: str = "") -> Utterance:
    """A line as it is read: CODE keeps or breaks, -CODE only sounds like it, CODE? is not agreed on."""
    named = [(code.strip("-?"), code) for code in codes if code != REST]
    rules = frozenset(_rule(name) for name, code in named if code == name)
    like = frozenset(_rule(name) for name, code in named if code == f"-{name}")
    unclear = frozenset(_rule(name) for name, code in named if code.endswith("?"))
    if REST in codes:
        unclear |= frozenset(CODES.values()) - rules - like
    return Utterance(text, rules, like, situation, part, unclear)


def _rule(name: str) -> str:
    return name if name in CODES.values() else CODES[name]
