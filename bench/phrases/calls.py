"""Whole calls with labels: how often the program says of a rule, over the call, what careful people would say.

The findings of each answer and the status over the call come from the functions that the report uses. Words are given
made-up times, 2.5 a second; nothing is measured in a voice. How the calls are labelled stands in calls/README.md.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

import numpy as np
import yaml

from bench.phrases.measure import interval
from trainer import analyse, library
from trainer.answer import on_clock
from trainer.coaching.call import verdict
from trainer.coaching.judge import Context, judge
from trainer.records import Answer, CallWords, Line, Role, State, Transcript, Turn, Word
from trainer.turns.timing import Timing

FOLDER = Path(__file__).parent / "calls"
STATES: tuple[State, ...] = get_args(State)
WORDS_PER_S = 2.5
LATENCY_S = 0.7
MATTERING_MOST = (
    "explain",
    "follow-up",
    "close-warmly",
    "give-your-name",
    "empathise",
    "offer-a-solution",
    "use-their-name",
    "apologise",
    "restate-and-confirm",
    "own-it",
    "prevent-a-repeat",
    "compensate-with-care",
    "offer-the-supervisor",
    "accept-their-anger",
    "ask-open-questions",
)
"""The rules that the calls were written for, each labelled at least fifteen times in the test."""


@dataclass(frozen=True)
class Label:
    """What careful people say of a rule; ``turn``: that of a missed moment, counted from 1, where they agree on it."""

    state: State
    turn: int | None = None


@dataclass(frozen=True)
class Said:
    """One turn: the role of the customer's line, the line, and the answer ("" where there was none)."""

    role: Role
    customer: str
    trainee: str


@dataclass(frozen=True)
class Labelled:
    """A call and its labels by rule; what is not labelled is not scored."""

    id: str
    customer: str
    matter: str
    turns: tuple[Said, ...]
    judged: dict[str, Label]


@dataclass(frozen=True)
class Pair:
    """A label, and what the program found in its place."""

    call: str
    rule: str
    label: Label
    found: CallWords


def read(split: str, language: str = "en") -> list[Labelled]:
    """The calls of a split. Raises ValueError for a role, rule, status or turn that is none, with the call's id."""
    files = sorted(FOLDER.glob(f"{language}-{split}-*.yaml"))
    return [_labelled(one) for file in files for one in yaml.safe_load_all(file.read_text(encoding="utf-8"))]


def _labelled(raw: Mapping[str, Any]) -> Labelled:
    turns = tuple(Said(**one) for one in raw["turns"])
    labels = {rule: _label(text) for rule, text in raw["judged"].items()}
    if wrong := [one.role for one in turns if one.role not in get_args(Role)]:
        raise ValueError(f"{raw['id']}: no such role: {wrong[0]}")
    if wrong := [rule for rule in labels if rule not in library.rules()]:
        raise ValueError(f"{raw['id']}: no such rule: {wrong[0]}")
    for rule, label in labels.items():
        if label.state not in STATES or not 1 <= (label.turn or 1) <= len(turns):
            raise ValueError(f"{raw['id']}: {rule}: no such status or turn: {label}")
    return Labelled(raw["id"], raw["customer"], raw["matter"], turns, labels)


def _label(text: str) -> Label:
    state, _, turn = text.partition(" ")
    return Label(cast(State, state), int(turn) if turn else None)


def pairs(known: Sequence[Labelled], language: str = "en") -> list[Pair]:
    """Each label with what the program found."""
    made = []
    for call in known:
        found = judged(call, language)
        made += [Pair(call.id, rule, label, found[rule]) for rule, label in call.judged.items()]
    return made


def judged(call: Labelled, language: str = "en") -> dict[str, CallWords]:
    """The program's own judgement of the words over a call, by rule."""
    rules = library.rules()
    turns: list[Turn] = []
    for number, (line, answer) in enumerate(_spoken(call, language), 1):
        earlier = tuple(turn.answer for turn in turns)
        context = Context(None, earlier, call.customer, None, language=language, matter=call.matter)
        turns.append(Turn(number, line, answer, judge(answer, context, rules), line.anger, line.anger, ()))
    roles: dict[str, Role] = {said.role: said.role for said in call.turns}
    over = verdict(turns, None, rules, call.customer, roles, call.matter)
    return {one.rule: one for one in over.words}


def _spoken(call: Labelled, language: str) -> Iterator[tuple[Line, Answer]]:
    """The lines and answers of a call one after the other on its clock; a line's beat is its role."""
    now_s = 0.0
    for said in call.turns:
        ends_s = now_s + len(said.customer.split()) / WORDS_PER_S
        line = Line(said.customer, 0.5, now_s, ends_s, "", said.role)
        answer = _answer(said.trainee, ends_s + LATENCY_S, language)
        yield line, answer
        now_s = answer.end_s + LATENCY_S


def _answer(text: str, starts_s: float, language: str) -> Answer:
    """An answer of which nothing but the words is known."""
    said = text.split()
    words = tuple(Word(one, n / WORDS_PER_S, (n + 1) / WORDS_PER_S, 1.0) for n, one in enumerate(said))
    nothing = analyse.measure(np.zeros(0, np.float32), Transcript(language, text, words))
    taken = Timing(LATENCY_S if said else None, (), (), (), ())
    return on_clock(nothing, (starts_s, starts_s + len(said) / WORDS_PER_S), starts_s, taken)


def report(split: str, language: str = "en") -> str:
    """The figures as lines: each rule's share of labelled statuses, the moments, and who was taken for whom."""
    known = read(split, language)
    made = pairs(known, language)
    rules = dict.fromkeys((*MATTERING_MOST, *(one.rule for one in made)))
    lines = [f"{len(known)} calls, {sum(len(one.turns) for one in known)} turns ({language}, {split})"]
    for rule in rules:
        if own := [one for one in made if one.rule == rule]:
            lines.append(f"  {rule:<28} {_share([_right(one) for one in own])}  {_labels(own)}")
    mattering = [one for one in made if one.rule in MATTERING_MOST]
    lines.append(f"the {len(MATTERING_MOST)} rules: {_share([_right(one) for one in mattering])}")
    lines.append(f"all labels: {_share([_right(one) for one in made])}")
    lines.append(f"moments of what was rightly missed: {_share(_moments(made))}")
    lines += ["who was taken for whom, the labels down, what was found across:", *_confusion(made)]
    return "\n".join([*lines, *(_wrong(made) if split == "dev" else [])])


def _right(one: Pair) -> bool:
    return one.label.state == one.found.state


def _moments(made: Sequence[Pair]) -> list[bool]:
    """Of those rightly missed and labelled with their turn: whether the turn is that."""
    told = [one for one in made if _right(one) and one.label.state == "missed" and one.label.turn]
    return [one.found.turns[:1] == (one.label.turn,) for one in told]


def _share(right: Sequence[bool]) -> str:
    low, high = interval(sum(right), len(right))
    share = sum(right) / max(1, len(right))
    return f"{sum(right):3} of {len(right):3}  {share:.2f} ({low:.2f}-{high:.2f})"


def _labels(own: Sequence[Pair]) -> str:
    """How often each status was labelled, and how often of these it was found."""
    counts = Counter(one.label.state for one in own)
    hits = Counter(one.label.state for one in own if _right(one))
    return ", ".join(f"{state} {hits[state]}/{counts[state]}" for state in STATES if counts[state])


def _confusion(made: Sequence[Pair]) -> list[str]:
    """A table of the statuses, its rows the labels; the last table line is what was found in all."""
    counts = Counter((one.label.state, one.found.state) for one in made)
    table = [f"  {'':<16}" + "".join(f"{found:>16}" for found in STATES)]
    for label in STATES[:-1]:
        table.append(f"  {label:<16}" + "".join(f"{counts[label, found]:>16}" for found in STATES))
    return table


def _wrong(made: Sequence[Pair]) -> list[str]:
    """Where the program said something else, for who mends it; of the development calls only."""
    lines = ["where it was something else:"]
    for one in made:
        if not _right(one) or (one.label.turn and one.found.turns[:1] != (one.label.turn,)):
            label = f"{one.label.state} {one.label.turn or ''}".strip()
            turns = ", ".join(map(str, one.found.turns))
            lines.append(f"  {one.call} {one.rule:<24} {label}, found {one.found.state} {turns}".rstrip())
    return lines
