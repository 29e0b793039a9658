"""The words over a whole call: kept, broken, not called for, or missed, with the turn that would have been the moment.

A rule is due after customer lines of certain roles (``due`` in the guides). What was due and never said in the whole
call is missed; what never was due is not called for, and counted against nobody. What is due again when the customer
says it all once more (``due_again``) is missed where it was said before that only.
"""

from collections.abc import Mapping, Sequence

from trainer.records import CallWords, Role, Rule, Turn


def over_call(turns: Sequence[Turn], roles: Mapping[str, Role], rules: Mapping[str, Rule]) -> tuple[CallWords, ...]:
    """Each rule of the words over the call, in the order of the rules. ``roles`` of the beats by their names."""
    return tuple(_one(rule, turns, roles) for rule in rules.values() if rule.kind == "said" and not rule.over_call)


def missed(words: Sequence[CallWords]) -> list[str]:
    """The rules that were missed, the earliest moment first."""
    return [one.rule for one in sorted(words, key=lambda one: one.turns) if one.state == "missed"]


def _one(rule: Rule, turns: Sequence[Turn], roles: Mapping[str, Role]) -> CallWords:
    heard = [(turn, next((one for one in turn.findings if one.rule == rule.id), None)) for turn in turns]
    done = tuple(turn.number for turn, found in heard if found and found.state in ("kept", "broken"))
    if done:
        again = [turn.number for turn, _ in heard if roles.get(turn.line.beat) in rule.due_again]
        if again and max(done) < again[0]:
            return CallWords(rule.id, "missed", (again[0],))
        return CallWords(rule.id, "broken" if rule.breaks else "kept", done)
    told = [turn for turn, found in heard if found and found.state == "not_called_for"]
    if not told:
        return CallWords(rule.id, "not_measurable", ())
    moments = tuple(turn.number for turn in told if roles.get(turn.line.beat) in rule.due)
    return CallWords(rule.id, "missed", moments[:1]) if moments else CallWords(rule.id, "not_called_for", ())
