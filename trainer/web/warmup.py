"""The warm-up before a call: the guides' advice on one's own state of mind, a card at a time. Nothing of it is kept."""

from dataclasses import dataclass

from trainer.words import say

CARDS = {
    "breath": ("hu",),
    "not_personal": ("af", "hu", "pl-1", "pl-2", "et"),
    "pride_aside": ("af",),
    "self_talk": ("pl-2",),
    "an_opportunity": ("af", "hu"),
    "you_are_watched": ("af",),
    "not_everything": ("et", "pl-1"),
    "leave_the_scene": ("pl-2",),
}
"""The cards in their order, and which guides give each advice."""


@dataclass(frozen=True)
class Card:
    """One piece of advice; ``lines`` are several where one of them is to be chosen."""

    name: str
    title: str
    lines: tuple[str, ...]
    guides: str


def cards() -> list[Card]:
    """Every card in the language that is read."""
    return [
        Card(
            name,
            say(f"warmup.{name}_title"),
            tuple(say(f"warmup.{name}_text").splitlines()),
            say("report.guides", names=", ".join(guides)),
        )
        for name, guides in CARDS.items()
    ]
