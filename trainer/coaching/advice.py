"""What a rule advises, and the situation in it: the customer's name, and what the call is about."""

from trainer.records import Rule
from trainer.words import say


def on(rule: Rule, state: str, reason: str | None) -> str:
    """What a rule advises where it was broken, or kept, or (with a ``reason``) kept and overdone."""
    if state == "kept" and reason:
        return rule.advice_beyond.get(reason, "")
    return {"kept": rule.advice_kept, "broken": rule.advice_broken}.get(state, "")


def filled(advice: str, name: str, matter: str = "") -> str:
    """The sentence with {name} and {matter} put in; a call about nothing in particular is about "this"."""
    return advice.replace("{name}", name or say("report.customer_unnamed")).replace(
        "{matter}", matter or say("report.matter_unnamed")
    )
