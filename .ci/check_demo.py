"""Hold the verdicts of both demos against what they must be: `check_demo.py DOWN.json STUBBORN.json`."""

import json
import sys
from pathlib import Path

down, stubborn = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:])
for name, change in (
    ("slowed_down", "change_percent"),
    ("lowered_pitch", "change_st"),
    ("lowered_volume", "change_db"),
    ("lowered_effort", "change_db"),
):
    found = down["call"][name]
    assert found["outcome"] == "came_down" and found[change] < 0 and found["since_turn"] > 1, (name, found)
    never = stubborn["call"][name]
    assert never["outcome"] in ("did_not", "went_up"), (name, never)
for report in (down, stubborn):
    assert len(report["turns"]) >= 6, len(report["turns"])
    assert all(turn["answer"]["end_s"] - turn["answer"]["start_s"] >= 8.0 for turn in report["turns"])
assert (
    down["turns"][-1]["anger_after"] < down["turns"][0]["anger_before"] / 2
    and stubborn["turns"][-1]["anger_after"] > 0.8
)
print("both demos say what they must")
