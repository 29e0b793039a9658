"""Made sounds whose measures are known: those of the self-test."""

from trainer.signals import joined, noise, silence, tone
from trainer.signals import vowel as pulses

__all__ = ["joined", "noise", "pulses", "silence", "tone"]
