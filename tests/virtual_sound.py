"""A sound card on a machine that has none: a private PulseAudio with one sink for each direction.

``voice`` is where the trainee's sound is played; the virtual microphone hears it. ``phones`` is where the customer
is heard; what is played there can be recorded. The server is private to the folder it is given: it neither finds
nor disturbs another one. PortAudio looks for devices once, when sounddevice is imported, so what is tested runs in
a child process with ``VirtualSound.env``.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

PROGRAMS = ("pulseaudio", "pactl", "paplay", "parec")
PATIENCE_S = 20.0
RATE_HZ = 48_000
"""Rate of the virtual card; a headset's own."""

SCRIPT = """\
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=voice rate={rate} channels=1 sink_properties=device.description=voice
load-module module-null-sink sink_name=phones rate={rate} channels=1 sink_properties=device.description=phones
load-module module-remap-source master=voice.monitor source_name=microphone
set-default-sink phones
set-default-source microphone
"""


def absent() -> str | None:
    """What is missing for a virtual sound card, or None."""
    programs = [name for name in PROGRAMS if shutil.which(name) is None]
    return f"not installed: {', '.join(programs)} (Debian: pulseaudio pulseaudio-utils)" if programs else None


class VirtualSound:
    """A private PulseAudio server in ``folder``; ``env`` is the environment of programs that shall use it."""

    def __init__(self, folder: Path) -> None:
        socket = folder / "native"
        script = folder / "card.pa"
        script.write_text(SCRIPT.format(socket=socket, rate=RATE_HZ), encoding="utf-8")
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")} | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_COOKIE": str(folder / "cookie"),
        }
        self._log = folder / "pulseaudio.log"
        command = ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--system=false"]
        command += ["--disable-shm=yes", "--high-priority=no", f"--log-target=file:{self._log}", f"--file={script}"]
        self._server = subprocess.Popen(command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait_for("microphone")

    def pactl(self, *arguments: str) -> str:
        """What ``pactl`` answers."""
        done = subprocess.run(["pactl", *arguments], env=self.env, capture_output=True, text=True, timeout=PATIENCE_S)
        if done.returncode:
            raise RuntimeError(f"pactl {' '.join(arguments)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def say(self, file: Path, sink: str = "voice") -> "subprocess.Popen[bytes]":
        """Begin to play a recording into the microphone."""
        return subprocess.Popen(["paplay", f"--device={sink}", str(file)], env=self.env)

    @contextmanager
    def hearing(
        self, rate_hz: int, source: str = "phones.monitor", channels: int = 1
    ) -> "Iterator[list[npt.NDArray[np.int16]]]":
        """Record what the customer says meanwhile; the one element of the list is there afterwards, its channels
        interleaved."""
        command = ["parec", f"--device={source}", f"--rate={rate_hz}", f"--channels={channels}", "--format=s16le"]
        command += ["--raw", "--latency-msec=100"]
        heard: list[npt.NDArray[np.int16]] = []
        recorder = subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE)
        assert recorder.stdout is not None
        head = recorder.stdout.read(2)  # it has begun: nothing that is played from now on is missed
        chunks = [head]
        reader = threading.Thread(target=lambda: chunks.append(recorder.stdout.read()), daemon=True)  # type: ignore[union-attr]
        reader.start()
        try:
            yield heard
        finally:
            recorder.send_signal(signal.SIGTERM)
            recorder.wait(PATIENCE_S)
            reader.join(PATIENCE_S)
            recorder.stdout.close()
            heard.append(np.frombuffer(b"".join(chunks)[: sum(map(len, chunks)) // 2 * 2], np.int16))

    def side_by_side(self) -> None:
        """Both directions on one clock, as nothing else tells how late one is: the sink ``both`` has what goes to the
        ear on its left and what the trainee says on its right; ``cup`` is a microphone held to the ear."""
        stereo = ["sink_name=both", f"rate={RATE_HZ}", "channels=2", "channel_map=front-left,front-right"]
        self.pactl("load-module", "module-null-sink", *stereo)
        for sink, source, side in (("ear", "cup", "left"), ("mouth", "lips", "right")):
            one = ["channels=1", f"master_channel_map=front-{side}", "channel_map=mono", "remix=no"]
            self.pactl("load-module", "module-remap-sink", f"sink_name={sink}", "master=both", *one)
            self.pactl("load-module", "module-remap-source", f"source_name={source}", "master=both.monitor", *one)
        self.pactl("set-default-sink", "ear")

    def unplug(self) -> None:
        """Take the microphone away."""
        for line in self.pactl("list", "short", "modules").splitlines():
            number, name = line.split("\t")[:2]
            if name == "module-remap-source":
                self.pactl("unload-module", number)

    def plug(self) -> None:
        """Have the microphone (again), at full volume."""
        if "microphone" not in self.pactl("list", "short", "sources"):
            self.pactl("load-module", "module-remap-source", "master=voice.monitor", "source_name=microphone")
        self.pactl("set-default-source", "microphone")
        self.pactl("set-source-volume", "microphone", "100%")

    def break_down(self) -> None:
        """The whole sound server dies."""
        self._server.kill()
        self._server.wait(PATIENCE_S)

    def close(self) -> None:
        """End the server."""
        self._server.terminate()
        try:
            self._server.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.break_down()

    def child(self, out: Path, plan: dict[str, object], **env: str) -> "subprocess.Popen[str]":
        """A program at the headset (sound_card_child.py): it has begun to listen when this returns."""
        command = [sys.executable, str(Path(__file__).with_name("sound_card_child.py")), str(out), json.dumps(plan)]
        started = subprocess.Popen(
            command, env=self.env | env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert started.stdout is not None
        if "listening" not in started.stdout.readline():
            raise RuntimeError(f"the headset cannot be opened: {started.communicate(timeout=PATIENCE_S)}")
        return started

    def _wait_for(self, source: str) -> None:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                if source in self.pactl("list", "short", "sources"):
                    return
            except RuntimeError as problem:
                if time.monotonic() > until or self._server.poll() is not None:
                    log = self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""
                    raise RuntimeError(f"the private PulseAudio does not start: {problem}\n{log}") from problem
            time.sleep(0.05)
