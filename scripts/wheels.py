"""Make a folder of wheels with hashes for a system without a network: `python scripts/wheels.py DIR --system windows`.

The folder holds every wheel of requirements.lock that this system needs, the program's own wheel, and requirements.txt
with the SHA-256 of each. pip judges markers like `sys_platform == "win32"` by the machine it runs on, so they are
judged here, for the system that is named. Any Python 3.11 or later that has pip will do; docs/offline.md says the rest.
"""

import argparse
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

try:
    from packaging.markers import Marker
except ImportError:  # nothing is installed here but pip, which carries its own copy
    from pip._vendor.packaging.markers import Marker

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13")

# What a marker may ask about each system, and the platform tags of the wheels that run on it.
MARKERS = {
    "linux": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "x86_64",
        "platform_release": "6.1.0",
    },
    "windows": {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_release": "10",
    },
    "macos": {
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "os_name": "posix",
        "platform_machine": "arm64",
        "platform_release": "23.0.0",  # the kernel of macOS 14
    },
}
PLATFORMS = {
    # glibc 2.28 (Debian 10, RHEL 8) and everything older that it still runs
    "linux": [*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)), "manylinux2014_x86_64"],
    "windows": ["win_amd64"],
    "macos": ["macosx_14_0_arm64"],  # pip adds the older ones
}


def requirements(lock: str, system: str, python: str) -> Iterator[str]:
    """The entries of a lock that a system needs, each with its hashes and without its marker."""
    environment = {
        **MARKERS[system],
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for entry in _entries(lock):
        pinned, _, hashes = entry.partition(" \\\n")
        name, _, marker = pinned.partition(" ; ")
        if not marker or Marker(marker).evaluate(environment):
            yield f"{name} \\\n{hashes}"


def _entries(lock: str) -> Iterator[str]:
    lines: list[str] = []
    for line in lock.splitlines():
        if line.lstrip().startswith("#"):
            continue
        if lines and not line.startswith(" "):
            yield "\n".join(lines)
            lines = []
        if line.strip():
            lines.append(line)
    if lines:
        yield "\n".join(lines)


def download(folder: Path, system: str, python: str) -> None:
    """Fetch the wheels that requirements.txt names; pip checks their hashes."""
    platforms = [option for platform in PLATFORMS[system] for option in ("--platform", platform)]
    _pip(
        *("download", "-qq", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
        *(*platforms, "--implementation", "cp", "--python-version", python),
        *("--dest", str(folder), "--requirement", str(folder / "requirements.txt")),
    )


def own_wheel(folder: Path) -> str:
    """Build the program's own wheel into the folder; its entry for requirements.txt."""
    _pip("wheel", "-qq", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    wheel = next(folder.glob("voice_roleplay_trainer-*.whl"))
    version = wheel.name.split("-")[1]
    return f"voice-roleplay-trainer=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"


def _pip(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *arguments], check=False)
    if done.returncode:
        sys.exit(f"wheels.py: pip {arguments[0]} ended with {done.returncode}; nothing in the folder is complete")


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    asked.add_argument("folder", type=Path, help="where the wheels go; empty, or not there yet")
    asked.add_argument("--system", choices=sorted(MARKERS), required=True, help="for x86-64, x64, Apple silicon")
    asked.add_argument("--python", choices=PYTHONS, default="3.11", help="of the machine without a network")
    asked.add_argument("--list", action="store_true", help="write requirements.txt only, fetch nothing")
    given = asked.parse_args()
    folder: Path = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        asked.error(f"{folder} is not empty: name a new folder")
    wanted = list(requirements(LOCK.read_text(encoding="utf-8"), given.system, given.python))
    listing = folder / "requirements.txt"
    listing.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    if given.list:
        print(f"{listing}: {len(wanted)} packages")
        return
    download(folder, given.system, given.python)
    with listing.open("a", encoding="utf-8") as file:
        file.write(own_wheel(folder) + "\n")
    wheels = list(folder.glob("*.whl"))
    size_mb = sum(wheel.stat().st_size for wheel in wheels) / 1e6
    print(f"{folder}: {len(wheels)} wheels, {size_mb:.0f} MB, for {given.system}, Python {given.python}")


if __name__ == "__main__":
    main()
