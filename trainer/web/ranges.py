"""Answers to a request for a part of a sound: browsers seek by them (RFC 9110, section 14)."""

import re

from starlette.responses import Response

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def ranged(body: bytes, kind: str, asked: str | None) -> Response:
    """All of ``body``, or the one part that is asked for; 416 where there is no such part."""
    headers = {"accept-ranges": "bytes"}
    found = _RANGE.fullmatch(asked or "")
    if found is None or found.groups() == ("", ""):
        return Response(body, media_type=kind, headers=headers)
    first, last = found.groups()
    start = int(first) if first else max(0, len(body) - int(last))
    end = min(int(last), len(body) - 1) if first and last else len(body) - 1
    if start > end:
        return Response(status_code=416, headers={**headers, "content-range": f"bytes */{len(body)}"})
    headers["content-range"] = f"bytes {start}-{end}/{len(body)}"
    return Response(body[start : end + 1], 206, headers, kind)
