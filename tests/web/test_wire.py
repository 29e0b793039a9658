"""What comes over the WebSocket: understood, or refused with a code and a sentence."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from starlette.testclient import TestClient

from tests.web.client import BLOCK, HELLO, QUIET, Page, connect, frame
from tests.web.site import trainee, visitor
from trainer.web import wire

BAD_TEXTS = [
    "",
    "null",
    "[]",
    '"hello"',
    "{",
    "{}",
    '{"type":"nonsense"}',
    '{"type":"starts","line":NaN,"sample":1}',
    '{"type":"starts","line":Infinity,"sample":1}',
    '{"type":"starts","line":1e400,"sample":1}',
    '{"type":"starts","line":9223372036854775808,"sample":1}',
    '{"type":"starts","line":-1,"sample":1}',
    '{"type":"starts","line":1.5,"sample":1}',
    '{"type":"starts","line":"1","sample":1}',
    '{"type":"starts","line":1,"line":2,"sample":1}',
    '{"type":"starts"}',
    '{"type":"pause","paused":"maybe"}',
    "[" * 4000,
    '{"type":"hello","protocol":2,"work":"call","rate_hz":48000}',
    '{"type":"hello","protocol":1,"work":"call","rate_hz":1}',
    '{"type":"hello","protocol":1,"work":"call","rate_hz":48000,"microphone":"\\ud800"}',
    '{"type":"hello","protocol":1,"work":"call","rate_hz":48000,"output_latency_s":1e9}',
]


@pytest.mark.parametrize("text", BAD_TEXTS)
def test_a_text_that_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(wire.Refused) as refused:
        wire.message(text)
    assert refused.value.code == wire.NOT_UNDERSTOOD


def test_a_text_that_is_too_long_is_not_read() -> None:
    with pytest.raises(wire.Refused) as refused:
        wire.message(" " * 5000)
    assert refused.value.code == wire.AGAINST_THE_RULES


@pytest.mark.parametrize("size", [0, 1, 4, 643, 645, 65_000])
def test_a_frame_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(wire.Refused):
        wire.frame(b"\0" * size)


def test_a_frame_and_a_line_keep_their_number_and_every_sample() -> None:
    samples = np.arange(-160, 160, dtype=np.int16) * 200
    number, read = wire.frame(frame(2**32 - 1, samples))
    assert number == 2**32 - 1 and np.array_equal(read, samples)
    assert wire.sound(7, samples) == frame(7, samples)


def test_messages_are_what_they_say() -> None:
    assert wire.message('{"type":"starts","line":3,"sample":16000}') == wire.Starts(3, 16_000)
    assert wire.message('{"type":"pause","paused":true}') == wire.Pause(True)
    hello = wire.message(json.dumps({"type": "hello", **HELLO, "granted": {"gain": True}}))
    assert isinstance(hello, wire.Hello) and hello.granted == wire.Granted(None, None, True)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with trainee(tmp_path) as made:
        yield made


def closed(client: TestClient, *messages: str | bytes) -> tuple[int, str]:
    """The close code and reason that these messages end in."""
    with connect(client) as socket:
        for one in messages:
            socket.send_bytes(one) if isinstance(one, bytes) else socket.send_text(one)
        while True:
            message = socket.receive()
            if message["type"] == "websocket.close":
                return message["code"], message["reason"]


def hello(**more: object) -> str:
    return json.dumps({"type": "hello", **HELLO, **more})


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([b"\0" * 644], 1007),
        ([b""], 1008),
        (["nonsense"], 1007),
        (['{"type":"hang_up"}'], 1007),
        ([hello(scenario="none")], 4004),
        ([hello(scenario="../../etc/passwd")], 4004),
        ([hello(sitting="another")], 4004),
        ([hello(), hello()], 1008),
        ([hello(), frame(1)], 4009),
        ([hello(), frame(2**32 - 1)], 4009),
        ([hello(), b""], 1008),
        ([hello(), frame(0)[:-1]], 1008),
        ([hello(), '{"type":"starts","line":1e400,"sample":0}'], 1007),
        ([hello(), *[frame(number) for number in range(700)]], 4029),
    ],
)
def test_what_breaks_the_rules_closes_the_socket_with_a_sentence(
    client: TestClient, messages: list[str | bytes], code: int
) -> None:
    found, reason = closed(client, *messages)
    assert found == code and reason and "Traceback" not in reason


def test_nobody_calls_who_has_not_agreed(tmp_path: Path) -> None:
    with visitor(tmp_path) as client:
        assert closed(client, hello())[0] == 1008
    assert not (tmp_path / "attempts").exists()


def test_a_frame_that_comes_again_is_passed_over_and_a_claim_about_the_future_changes_nothing(
    client: TestClient,
) -> None:
    with connect(client) as socket:
        page = Page(socket)
        page.frames(np.tile(QUIET, 20))
        for number in (0, 5, 19):
            socket.send_bytes(frame(number))
        page.say("ends", line=9, sample=2**31)
        page.say("starts", line=9, sample=0)
        page.hear("kept", lambda event: event["frames"] == 20)


def test_a_second_tab_takes_the_call_over_and_the_first_is_told(client: TestClient) -> None:
    with connect(client) as first:
        page = Page(first)
        page.frames(np.tile(QUIET, 10))
        with connect(client) as second:
            other = Page(second, sitting=page.welcome["sitting"])
            assert other.welcome["next"] == 10
            with pytest.raises(AssertionError, match=r"4001.*another tab"):
                page.hear("nothing")
            other.frames(np.tile(QUIET, 10))
            other.hear("kept", lambda event: event["frames"] == 20)


def test_a_call_of_another_person_cannot_be_joined(tmp_path: Path) -> None:
    with trainee(tmp_path) as mine, connect(mine) as socket:
        page = Page(socket)
        mine.cookies.set("trainer-person", "Bela")
        mine.app.state.desk.kept.people.agree("Bela", "2026-01-01T00:00:00+00:00")  # type: ignore[attr-defined]
        mine.cookies.delete("trainer-person")
        mine.cookies.set("trainer-person", "Bela")
        assert closed(mine, hello(sitting=page.welcome["sitting"]))[0] == 4004
    assert BLOCK == 320 and time
