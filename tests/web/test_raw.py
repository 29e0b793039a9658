"""What no page sends, as bytes to a program of its own: it is closed with a code, and the program serves the next."""

import gzip
import socket
import struct
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.web.caller import agreed, calling
from tests.web.client import Page
from tests.web.program import Program

TEXT, BINARY, CLOSE, PING = 1, 2, 8, 9
COMPRESSED = 0x40


def frame(opcode: int, data: bytes, claimed: int | None = None) -> bytes:
    """A frame of a client, masked with zeros; it may claim to be longer than it is."""
    return struct.pack(">BBQ", 0x80 | opcode, 0x80 | 127, len(data) if claimed is None else claimed) + b"\0" * 4 + data


def control(opcode: int, data: bytes) -> bytes:
    return struct.pack(">BB", 0x80 | opcode, 0x80 | len(data)) + b"\0" * 4 + data


@pytest.fixture(scope="module")
def cookies(program: Program) -> str:
    return agreed(program.address, "Anna")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (frame(BINARY, b"", claimed=65_000_000), 1009),
        (frame(BINARY, b"", claimed=2**62), 1009),
        (frame(TEXT, b"\xff\xfe"), 1007),
        (frame(COMPRESSED | BINARY, b"\0" * 644), 1002),
        (control(CLOSE, struct.pack(">H", 1005)), 1002),
        (b"".join(frame(BINARY, b"\0") for _ in range(10_000)), 1008),
    ],
    ids=["65 MB", "2^62 bytes", "bad UTF-8", "deflate unasked", "bad close code", "many of one byte"],
)
def test_what_is_no_frame_of_ours_is_closed_with_a_code(program: Program, cookies: str, sent: bytes, code: int) -> None:
    with calling(program.address, cookies) as broken:
        Page(broken, scenario="short-call")
        broken.send_raw(sent)
        while (message := broken.receive())["type"] != "websocket.close":
            pass
    assert message["code"] == code
    assert _serves(program, cookies)


def test_a_flood_of_pings_and_connections_that_say_nothing_keep_nobody_from_calling(
    program: Program, cookies: str
) -> None:
    silent = [socket.create_connection(("127.0.0.1", program.port)) for _ in range(50)]
    with calling(program.address, cookies) as flooding:
        page = Page(flooding, scenario="short-call")
        flooding.send_raw(control(PING, b"x") * 10_000)
        page.say("hang_up")
        page.hear("over")
    assert _serves(program, cookies)
    for one in silent:
        one.close()


@pytest.mark.parametrize(
    "headers", [{}, {"content-type": "application/json"}, {"content-encoding": "gzip"}], ids=["form", "json", "gzip"]
)
def test_a_body_without_a_length_and_without_an_end_is_not_read(
    program: Program, cookies: str, headers: dict[str, str]
) -> None:

    def endless() -> Iterator[bytes]:
        for _ in range(1600):
            yield b"\x1f\x8b" * 32_768

    home = program.address.split("/?")[0]
    given = {"cookie": cookies, "origin": home, "transfer-encoding": "chunked", **headers}
    with pytest.raises((urllib.error.URLError, ConnectionError)):
        urllib.request.urlopen(urllib.request.Request(f"{home}/consent", endless(), given), timeout=20).close()
    assert _serves(program, cookies)


def test_a_body_that_comes_byte_by_byte_keeps_nobody_waiting(program: Program, cookies: str) -> None:
    home = program.address.split("/?")[0]
    head = f"POST /consent HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\nOrigin: {home}\r\nCookie: {cookies}\r\n"
    slow = [socket.create_connection(("127.0.0.1", program.port)) for _ in range(50)]
    for one in slow:
        one.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\nn".encode())
    for one in slow:
        one.sendall(b"a")
        assert _serves(program, cookies)
        one.close()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ({"content-type": "text/plain"}, b"name=Anna&agree=yes"),
        ({"content-type": "application/json"}, b'{"name": "Anna"}'),
        (
            {"content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip"},
            gzip.compress(b"a" * 10**8),
        ),
        ({"content-type": "multipart/form-data"}, b"--x"),
        ({"content-type": "application/x-www-form-urlencoded; charset=utf-99"}, b"name=\xff"),
    ],
    ids=["text", "json", "gzip", "no boundary", "unknown letters"],
)
def test_a_body_of_another_kind_is_refused_and_not_a_fault_of_ours(
    program: Program, cookies: str, kind: dict[str, str], body: bytes
) -> None:
    home = program.address.split("/?")[0]
    with pytest.raises(urllib.error.HTTPError) as refused:
        asked = urllib.request.Request(f"{home}/consent", body, {"cookie": cookies, "origin": home, **kind})
        urllib.request.urlopen(asked, timeout=20)
    refused.value.close()
    assert 400 <= refused.value.code < 500
    assert _serves(program, cookies)


def test_a_second_program_on_the_same_data_serves_what_the_first_one_keeps(program: Program, cookies: str) -> None:
    second = Program(program.data)
    try:
        assert _serves(second, agreed(second.address, "Anna")) and _serves(program, cookies)
    finally:
        second.stop()


def _serves(program: Program, cookies: str) -> bool:
    home = program.address.split("/?")[0]
    with urllib.request.urlopen(urllib.request.Request(home + "/", headers={"cookie": cookies}), timeout=20) as answer:
        return bool(answer.status == 200)
