"""Pages: templates filled with text that is never markup, and the files that they load."""

import hashlib
from functools import cache
from importlib import resources
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from trainer import library
from trainer.exports.page import inert
from trainer.web.guard import CHARTS
from trainer.words import area, language, languages, say

KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
"""By name, not by the system's own table: on Windows that is what the registry says."""
REPORT_FILES = ("report.css", "report.js")
PLOTLY = "plotly.js"


def page(name: str, status: int = 200, chart: bool = False, **values: Any) -> HTMLResponse:
    """The page of a template; with a ``chart``, inline styles are allowed on it."""
    return HTMLResponse(part(name, **values), status, {CHARTS: "1"} if chart else None)


def part(name: str, **values: Any) -> str:
    """What a template makes of its values: a page, or a part of one that is sent by itself."""
    known = {"say": say, "called": library.called, "language": language(), "languages": languages()}
    return str(_templates().get_template(name).render(**known, **values))


def texts(*areas: str) -> str:
    """The sentences that scripts show (those that begin with "js_") of web.yaml and more, as JSON, inert in a page."""
    known = [pair for one in ("web", *areas) for pair in area(one).items()]
    return inert({name.removeprefix("js_"): text for name, text in known if name.startswith("js_")})


async def static(request: Request) -> Response:
    """A style sheet or script of ours, or plotly's out of its package."""
    name = request.path_params["name"]
    found = _static(name)
    if found is None:
        return page("problem.html", 404, problem=say("web.not_found"), person="")
    body, tag = found
    headers = {"etag": tag, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=KINDS[name[name.rindex(".") :]], headers=headers)


@cache
def _templates() -> Any:
    import jinja2

    loader = jinja2.ChoiceLoader([jinja2.PackageLoader("trainer.web"), jinja2.PackageLoader("trainer.exports")])
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)


@cache
def _known() -> frozenset[str]:
    return frozenset(file.name for file in resources.files("trainer.web").joinpath("static").iterdir())


@cache
def _static(name: str) -> tuple[bytes, str] | None:
    """A file and its tag; only names that are known are ever looked for."""
    if name == PLOTLY:
        from trainer.exports import page as report

        body = report.plotly().encode()
    elif name in REPORT_FILES:
        body = resources.files("trainer.exports").joinpath("templates", name).read_bytes()
    elif name in _known():
        body = resources.files("trainer.web").joinpath("static", name).read_bytes()
    else:
        return None
    return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'
