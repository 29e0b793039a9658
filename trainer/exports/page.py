"""The report as one HTML file that opens without a network: pictures, sounds and words are all inside it."""

import base64
import io
import json
from collections.abc import Mapping
from typing import Any

from trainer import __version__, library
from trainer.exports import curves, marked, sentences
from trainer.exports.translated import translated
from trainer.records import RATE_HZ, Clip, Finding, Report, Turn
from trainer.replay import clock
from trainer.words import language, say

_MARKS = {"kept": "✓", "broken": "✗", "missed": "○", "not_called_for": "·", "not_measurable": "?"}
_SHOWN = ("kept", "broken", "not_measurable")
_SAID_ONCE = ("no_words", "no_phrases")
"""Reasons that hold of every rule about words alike: thirty lines of them would say nothing."""
LEAD_IN_S = 0.2


def html(report: Report, sounds: Mapping[int, tuple[Clip, Clip]]) -> str:
    """The page; ``sounds`` are, by turn, the customer's line and the trainee's answer (with 0.2 s before it)."""
    import jinja2

    addresses = {
        number: (_data_url(line), _data_url(answer) if len(answer) else None)
        for number, (line, answer) in sounds.items()
    }
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("trainer.exports"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return templates.get_template("report.html").render(
        say=say, language=language(), plotly=plotly(), **parts(report, addresses)
    )


def parts(report: Report, addresses: Mapping[int, tuple[str | None, str | None]]) -> dict[str, Any]:
    """What the template of a report shows; ``addresses`` are those of each turn's line and answer, where there are."""
    report = translated(report)
    return {
        "report": report,
        "spoken": library.spoken(report.scenario),
        "title": say("report.title", scenario=library.called(report.scenario)),
        "verdict": sentences.verdict(report),
        "ended": say(f"report.ended_{report.ended}"),
        "notes": sentences.notes(report),
        "over_call": sentences.over_call(report),
        "unmeasured": sentences.unmeasured(report.call),
        "corrections": [sentences.correction(found) for found in report.corrections],
        "turns": [_turn(turn, addresses.get(turn.number, (None, None))) for turn in report.turns],
        "figure": inert(curves.figure(report)),
        "version": __version__,
    }


def plotly() -> str:
    """Plotly's own script, out of its Python package."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


def flac(clip: Clip) -> bytes:
    """The clip as FLAC; every browser since 2017 plays it."""
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, clip, RATE_HZ, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def silent(found: Finding) -> bool:
    """Whether a finding is not worth a line: it was not wanted, or is said once for all."""
    return sentences.absent(found.reason) or found.reason in _SAID_ONCE


def _turn(turn: Turn, addresses: tuple[str | None, str | None]) -> dict[str, Any]:
    """What the template shows of a turn."""
    shown = [one for one in turn.findings if one.state in _SHOWN and not silent(one)]
    kept = [one for one in shown if one.state == "kept" and not sentences.hint(one)]
    reasons = ", ".join(library.title(reason.rule).lower() for reason in turn.because)
    return {
        "number": turn.number,
        "line": turn.line,
        "reactions": [sentences.reaction(line) for line in turn.reactions],
        "answer": turn.answer,
        "pieces": marked.pieces(turn.answer, turn.findings),
        "line_sound": addresses[0],
        "answer_sound": addresses[1],
        "anger": say("report.anger", before=turn.anger_before, after=turn.anger_after),
        "because": say("report.anger_because", reasons=reasons) if reasons else "",
        "figures": _figures(turn),
        "findings": [_finding(one, turn) for one in shown if one not in kept],
        "kept": [_finding(one, turn) for one in kept],
        "broken": any(finding.state == "broken" for finding in shown),
    }


def _finding(finding: Finding, turn: Turn) -> dict[str, Any]:
    moments = [
        {"seek_s": max(0.0, start - turn.answer.start_s + LEAD_IN_S), "text": clock(start)}
        for start, _ in finding.spans
        if start >= turn.answer.start_s - 1e-6
    ]
    return {
        "state": finding.state,
        "title": library.title(finding.rule),
        "mark": _MARKS[finding.state],
        "text": sentences.finding(finding),
        "quoted": marked.quoted(turn.answer, finding),
        "guides": say("report.guides", names=", ".join(finding.guide)),
        "hint": sentences.hint(finding),
        "moments": moments,
    }


def _figures(turn: Turn) -> str:
    answer = turn.answer
    values = {
        "rate": answer.rate.articulation_syllables_per_s,
        "words": answer.rate.speech_words_per_min,
        "pitch": answer.pitch.median_hz,
        "level": answer.level.active_dbfs,
    }
    return " · ".join(say(f"report.figure_{name}", value=value) for name, value in values.items() if value is not None)


def _data_url(clip: Clip) -> str:
    """The clip inside an address."""
    return "data:audio/flac;base64," + base64.b64encode(flac(clip)).decode("ascii")


def inert(data: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(data, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c").replace(">", "\\u003e")
