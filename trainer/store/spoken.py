"""The sounds of spoken comments: kept in the folder of the attempt that they are about, and gone with it.

attempts/ID/comments/NUMBER.flac   what the comment of that number says
"""

from pathlib import Path

from trainer import attempt, sound
from trainer.records import Clip


def path(root: Path, name: str, comment: int) -> Path:
    """Where the sound of a comment on an attempt lies, whether it has one or not."""
    return root / "attempts" / name / attempt.COMMENTS / f"{comment}.flac"


def keep(root: Path, name: str, comment: int, clip: Clip) -> None:
    """Keep it."""
    kept = path(root, name, comment)
    kept.parent.mkdir(exist_ok=True)
    sound.write_flac(kept, clip)


def remove(root: Path, name: str, comment: int) -> None:
    """Every byte of it, where there is any."""
    path(root, name, comment).unlink(missing_ok=True)
