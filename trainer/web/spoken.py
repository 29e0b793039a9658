"""Comments that are spoken at the page: their sound comes as it was recorded, and is heard from the thread."""

import numpy as np
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from trainer import sound
from trainer.access import Person
from trainer.errors import BadInput
from trainer.records import RATE_HZ, Clip
from trainer.web import comments, forms
from trainer.web.comments import SPOKEN_LONGEST_S
from trainer.web.desk import Desk
from trainer.web.doors import about
from trainer.web.ranges import ranged
from trainer.words import say

SHORTEST_S = 0.5
"""Of a comment in which something was said: our choice, a syllable or two."""
SILENT_BELOW = 33
"""The largest sample of a microphone that hears nothing (-60 dBFS): our choice, far below a whisper."""
LARGEST_BYTES = SPOKEN_LONGEST_S * RATE_HZ * 2


@about("comment")
async def speak(request: Request, at: Desk, who: Person, name: str) -> Response:
    """Keep a comment that was spoken (PCM16, 16 kHz, mono) about what the address says; where it stands now."""
    try:
        said = clip(await forms.body(request, LARGEST_BYTES, say("comments.spoken_too_long", seconds=SPOKEN_LONGEST_S)))
        fields = dict(request.query_params)
        place = await run_in_threadpool(comments.keep, at, who, name, fields, said)
    except BadInput as problem:
        return JSONResponse({"problem": str(problem)}, 400)
    return JSONResponse({"place": place}, 201)


@about("comment")
async def heard(request: Request, at: Desk, who: Person, name: str) -> Response:
    """What a comment says aloud, as FLAC."""
    path = await run_in_threadpool(at.comments.sound, name, request.path_params["number"])
    return ranged(await run_in_threadpool(path.read_bytes), "audio/flac", request.headers.get("range"))


ROUTES = [
    Route("/attempts/{id}/comments/spoken", speak, methods=["POST"]),
    Route("/attempts/{id}/comments/{number:int}.flac", heard),
]


def clip(body: bytes) -> Clip:
    """The sound in the bytes of PCM16. Raises BadInput where it is too short, or nothing is heard in it."""
    pcm = np.frombuffer(body[: len(body) // 2 * 2], "<i2")
    if len(pcm) < SHORTEST_S * RATE_HZ:
        raise BadInput(say("comments.spoken_too_short"))
    if np.abs(pcm.astype(np.int32)).max() < SILENT_BELOW:
        raise BadInput(say("comments.spoken_silent"))
    return sound.from_pcm(pcm.astype(np.int16))
