"""`trainer serve` as a program of its own, and a browser at a virtual headset before it."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser import ARGUMENTS as USUAL
from tests.browser import chromium

CONTENT = Path(__file__).parent / "content"
TOKEN = "a-token-of-the-test"
ARGUMENTS = [*USUAL, "--autoplay-policy=no-user-gesture-required", "--use-fake-ui-for-media-stream"]


class Program:
    """The program, which can be killed and started again at the same port."""

    def __init__(self, data: Path, host: str = "127.0.0.1", asr: str = "tiny.en") -> None:
        self.data = data
        self.host = host
        self.asr = asr
        self.port = 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "trainer", "serve", "--port", str(self.port), "--data", str(self.data)]
        command += ["--host", self.host]
        env = os.environ | {"TRAINER_TOKEN": TOKEN, "TRAINER_CONTENT": str(CONTENT)}
        self._process = subprocess.Popen([*command, "--asr", self.asr], env=env, stderr=subprocess.PIPE, text=True)
        assert self._process.stderr is not None
        self.said: list[str] = []
        for line in self._process.stderr:
            self.said.append(line)
            if found := re.search(r"http://[^/]+:(\d+)/\S+", line):
                self.address, self.port = found.group(0), int(found.group(1))
                break
        self._reader = threading.Thread(target=self.said.extend, args=(self._process.stderr,), daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        self._process.kill()
        self._over()

    def stop(self) -> int:
        self._process.send_signal(signal.SIGINT)
        return self._over()

    def _over(self) -> int:
        status = self._process.wait(30)
        self._reader.join(5)
        assert self._process.stderr is not None
        self._process.stderr.close()
        return status


@contextmanager
def serving(data: Path, host: str = "127.0.0.1", asr: str = "tiny.en") -> Iterator[Program]:
    program = Program(data, host, asr)
    try:
        yield program
    finally:
        if program._process.poll() is None:
            program.stop()


@contextmanager
def browser(env: dict[str, str] | None = None, *more: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    executable = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=executable, args=[*ARGUMENTS, *more], env={**os.environ, **(env or {})},
            ignore_default_args=["--mute-audio"],
        )  # fmt: skip
        try:
            yield opened
        finally:
            opened.close()


def watched(page: Any) -> list[str]:
    """What goes wrong on a page, as it comes."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    return wrong


def come_in(page: Any, program: Program, name: str = "Anna") -> None:
    """By the address with its token, and agree."""
    page.goto(program.address)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Agree").click()
    page.wait_for_url("**/")


def until(page: Any, expression: str, within_s: float = 30.0) -> None:
    """Wait until an expression holds; playwright's own way needs `eval`, which the page forbids."""
    for _ in range(round(within_s / 0.05)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {expression}")
