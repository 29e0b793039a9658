"""What a small form says."""

from urllib.parse import parse_qs

from starlette.requests import Request

from trainer.errors import BadInput
from trainer.words import say

LONGEST = 65_536
"""Bytes: two answers of 2000 characters, each of up to twelve bytes in a form."""
KIND = "application/x-www-form-urlencoded"
YEAR_S = 365 * 24 * 3600
"""So long a browser remembers what was said in one."""


async def read(request: Request) -> dict[str, str]:
    """The fields of a form, the last of each name. Raises BadInput for one that is not small, not text, or no form."""
    if not request.headers.get("content-type", KIND).startswith(KIND):
        raise BadInput(say("web.form_of_another_kind", kind=KIND))
    try:
        said = (await body(request, LONGEST, say("web.form_too_long"))).decode()
        found = {name: values[-1] for name, values in parse_qs(said, errors="strict").items()}
        if any("\0" in value for value in found.values()):
            raise ValueError("no text has a NUL, and PostgreSQL keeps none")
        return found
    except ValueError as problem:
        raise BadInput(say("web.form_too_long")) from problem


async def body(request: Request, longest: int, too_long: str) -> bytes:
    """What a request carries. Raises BadInput with that sentence for more than so many bytes, and reads no more."""
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > longest:
            raise BadInput(too_long)
    return found
