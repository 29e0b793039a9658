"""Answers to a request for a part of a sound: browsers seek by them (RFC 9110, section 14)."""

import re
from collections.abc import Callable, Iterator

from starlette.responses import Response, StreamingResponse

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def ranged(body: bytes, kind: str, asked: str | None) -> Response:
    """All of ``body``, or the one part that is asked for; 416 where there is no such part."""
    return streamed(len(body), lambda start, end: iter((body[start:end],)), kind, asked)


def streamed(size: int, part: Callable[[int, int], Iterator[bytes]], kind: str, asked: str | None) -> Response:
    """The same of ``size`` bytes that are made as they are sent; ``part`` gives those from one place to another."""
    headers = {"accept-ranges": "bytes"}
    status, start, end = 200, 0, size
    found = _RANGE.fullmatch(asked or "")
    if found is not None and found.groups() != ("", ""):
        first, last = found.groups()
        start = int(first) if first else max(0, size - int(last))
        end = min(int(last) + 1, size) if first and last else size
        if start >= end:
            return Response(status_code=416, headers={**headers, "content-range": f"bytes */{size}"})
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
        status = 206
    return StreamingResponse(part(start, end), status, {**headers, "content-length": str(end - start)}, kind)
