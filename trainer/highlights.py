"""The best and the worst moment of a call: the answers that moved the customer most, and where in them.

The worst is the answer after which the customer's anger rose the most; the best, the one after which it fell the most.
Where none moved it, the rules that were broken or kept decide.
"""

from dataclasses import dataclass

from trainer.records import Report, Turn


@dataclass(frozen=True)
class Highlight:
    """A moment: its turn, when it is in seconds of the call, and by how much the customer's anger changed."""

    turn: int
    at_s: float
    change: float


def best(report: Report) -> Highlight | None:
    """Where the customer came down the most; None where nothing brought them down and no rule was kept."""
    found = min(report.turns, key=lambda turn: (_change(turn), -_count(turn, "kept")), default=None)
    return _moment(found, "kept") if found and (_change(found) < 0.0 or _count(found, "kept")) else None


def worst(report: Report) -> Highlight | None:
    """Where the customer went up the most; None where nothing drove them up and no rule was broken."""
    found = max(report.turns, key=lambda turn: (_change(turn), _count(turn, "broken")), default=None)
    return _moment(found, "broken") if found and (_change(found) > 0.0 or _count(found, "broken")) else None


def _change(turn: Turn) -> float:
    return turn.anger_after - turn.anger_before


def _count(turn: Turn, state: str) -> int:
    return sum(finding.state == state for finding in turn.findings)


def _moment(turn: Turn, state: str) -> Highlight:
    """The place of the finding that weighed most with the customer; the answer's beginning where none has a place."""
    weight = {reason.rule: abs(reason.change) for reason in turn.because}
    places = [(weight.get(one.rule, 0.0), one.spans[0][0]) for one in turn.findings if one.state == state and one.spans]
    at_s = max(places, key=lambda place: place[0])[1] if places else turn.answer.start_s
    return Highlight(turn.number, at_s, round(_change(turn), 2))
