"""The replay of a call: its page, both voices in one sound, and what is drawn of them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from trainer import drawing, library, sound
from trainer.access import Person
from trainer.exports.page import inert
from trainer.exports.translated import translated
from trainer.tracks import CHANNELS, Tracks
from trainer.web import attempts, rendering, replay_marks
from trainer.web.desk import Desk
from trainer.web.doors import about
from trainer.web.ranges import ranged, streamed
from trainer.words import say

FRAME_BYTES = CHANNELS * 2
KEYS = (
    ("", "key_play"),
    ("R", "back"),
    ("N", "next"),
    ("P", "previous"),
    ("T", "next_turn"),
    ("B", "best"),
    ("W", "worst"),
    ("S", "speed"),
    ("Q", "skip"),
    ("+", "nearer"),
    ("-", "farther"),
    ("0", "whole"),
    ("?", "key_help"),
)
"""What static/replay.js listens for, by the name of the sentence that tells it; nothing is the space bar."""


@about("hear")
async def replay(request: Request, at: Desk, who: Person, name: str) -> Response:
    """The page of a call that is listened to again."""
    found = translated(await run_in_threadpool(at.kept.load, name))
    tracks = await run_in_threadpool(Tracks, Path(found.folder), found)
    scenario = library.scenarios().get(found.scenario)
    shown = replay_marks.shown(found, tracks.frames)
    return rendering.page(
        "replay.html",
        person=who.name,
        role=who.role,
        **await run_in_threadpool(attempts.around, at, who, found),
        report=found,
        title=scenario.title if scenario else found.scenario,
        call=inert(shown),
        marks=shown["marks"],
        said=replay_marks.said(found),
        keys=[(key or say("replay.key_space"), say(f"replay.{name}")) for key, name in KEYS],
        duration_s=shown["duration_s"],
        where=f"/attempts/{quote(found.attempt)}",
        texts=rendering.texts("replay"),
    )


@about("hear")
async def heard(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Both voices as one WAV, the customer left and the trainee right; any part of it at once."""
    found = await run_in_threadpool(at.kept.load, name)
    tracks = await run_in_threadpool(Tracks, Path(found.folder), found)
    header = sound.wav_header(tracks.frames, CHANNELS)
    size = len(header) + tracks.frames * FRAME_BYTES
    return streamed(size, partial(_bytes, tracks, header), "audio/wav", request.headers.get("range"))


@about("hear")
async def drawn(request: Request, at: Desk, who: Person, name: str) -> Response:
    """What is drawn; as long as it is being made, 202 and how much of it is done."""
    found = await run_in_threadpool(at.kept.load, name)
    path = drawing.kept(Path(found.folder))
    if path:
        return ranged(await run_in_threadpool(path.read_bytes), "application/octet-stream", None)
    if at.drawings.failed(found.attempt):
        return Response(status_code=500)
    return JSONResponse({"share": at.drawings.want(found)}, 202)


ROUTES = [
    Route("/attempts/{id}/replay", replay),
    Route("/attempts/{id}/replay.wav", heard),
    Route("/attempts/{id}/replay.bin", drawn),
]


def _bytes(tracks: Tracks, header: bytes, start: int, end: int) -> Iterator[bytes]:
    """The bytes of the WAV file from one place to another."""
    if start < len(header):
        yield header[start:end]
    at = max(start, len(header)) - len(header)
    left = end - max(start, len(header))
    skip = at % FRAME_BYTES
    for block in tracks.blocks(at // FRAME_BYTES) if left > 0 else ():
        part = block.astype("<i2").tobytes()[skip : skip + left]
        skip, left = 0, left - len(part)
        yield part
        if left <= 0:
            return
