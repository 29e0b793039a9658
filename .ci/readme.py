"""Print the README's two commands for Linux: the lines of its first block that is marked `sh`, one a line."""

import re
from pathlib import Path

readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
block = re.search(r"```sh\n(.*?)```", readme, re.DOTALL)
assert block, "README.md has no block of shell commands"
commands = block.group(1).strip().splitlines()
assert len(commands) == 2, commands
print("\n".join(commands))
