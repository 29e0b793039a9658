"""The table of docs/bad-input.md: what is promised for each case, and whether an answer keeps the promise."""

from dataclasses import dataclass
from pathlib import Path

DOC = Path(__file__).parent.parent / "docs" / "bad-input.md"
ANY = "…"
"""In the table: what the system or a decoder says in its own words."""


@dataclass(frozen=True)
class Promise:
    """What the program ends with and says."""

    status: int
    said: str

    def kept_by(self, answer: str) -> bool:
        """Whether all that is promised is in ``answer``, in this order."""
        rest = " ".join(answer.split())
        for part in self.said.split(ANY):
            _, found, rest = rest.partition(part.strip())
            if not found and part.strip():
                return False
        return True


def table() -> dict[str, Promise]:
    """The promises by number and case, such as "01 empty"."""
    promises = {}
    for line in DOC.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) == 4 and cells[0].isdigit():
            promises[f"{int(cells[0]):02d} {cells[1]}"] = Promise(int(cells[2]), cells[3])
    return promises
