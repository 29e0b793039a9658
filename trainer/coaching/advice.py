"""Advice with the situation in it: the customer's name, and what the call is about."""

from trainer.words import say


def filled(advice: str, name: str, matter: str = "") -> str:
    """The sentence with {name} and {matter} put in; a call about nothing in particular is about "this"."""
    return advice.replace("{name}", name or say("report.customer_unnamed")).replace(
        "{matter}", matter or say("report.matter_unnamed")
    )
