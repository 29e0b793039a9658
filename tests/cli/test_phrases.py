"""trainer phrases and trainer guides check: the words of an utterance, and a coach's own phrases."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from trainer import cli, library, schemas, shipped

SAID = "I am so sorry, Mrs Kowalska, that was our mistake\nplease calm down\n\nyes but those are the rules\n"


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: bytes, *arguments: str
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    status = cli.run(["phrases", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_each_line_is_answered_with_what_it_keeps_and_breaks_and_where(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run(monkeypatch, capsys, SAID.encode(), "--name", "Mrs Kowalska", "--json")
    document = json.loads(out)
    jsonschema.validate(document, schemas.schema("phrases"))
    first, second, empty, last = document["utterances"]
    assert status == 0
    assert {one["rule"] for one in first["kept"]} >= {"apologise", "use-their-name"} and not first["broken"]
    assert [one["rule"] for one in second["broken"]] == ["never-deny-the-anger"]
    start, end = second["broken"][0]["span"]
    assert second["text"][start:end] == "please calm down"
    assert empty == {"text": "", "kept": [], "broken": []}
    assert "never-yes-but" in {one["rule"] for one in last["broken"]}


def test_an_apology_that_is_taken_back_in_the_same_breath_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(monkeypatch, capsys, b"I am sorry about that but there is nothing I can do", "--json")
    (found,) = json.loads(out)["utterances"]
    assert "apologise" not in {one["rule"] for one in found["kept"]}
    assert "no-hollow-apology" in {one["rule"] for one in found["broken"]}


def test_for_people_it_is_plain_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(monkeypatch, capsys, b"please calm down\nyes\n")
    assert (status, "Grant the anger" in out, "nothing found" in out) == (0, True, True)


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        (b"\xff\xfe", (), "line 1 of standard input is not UTF-8"),
        (b"yes\n" + b"a" * 10_001, (), "line 2 of standard input is longer"),
        (b"yes", ("--language", "xx"), "there is no language 'xx'"),
    ],
)
def test_what_cannot_be_read_is_one_line_that_says_why(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: bytes,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    status, out, err = run(monkeypatch, capsys, text, *arguments)
    assert (status, out) == (1, "") and said in err


def test_the_shipped_phrasebooks_have_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    guides = [path for path in shipped.folder("guides").glob("*.yaml") if path.name not in library.NO_GUIDANCE]
    files = [str(path) for path in (*guides, *shipped.folder("guides/words").glob("*.yaml"))]
    assert len(files) >= 4
    assert cli.run(["guides", "check", *files]) == 0


def test_a_coach_s_own_phrases_are_checked_with_line_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(
        "language: en\nrules:\n  apologise:\n    phrases:\n      - (so sorry\n      - _ ...\n"
        "      - i bow\n      - i bow\n  nonsense:\n    phrases: [x]\n",
        encoding="utf-8",
    )
    assert cli.run(["guides", "check", str(file)]) == 1
    out = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in out] == [f"ours.yaml:{number}" for number in (5, 6, 8, 9)]
    for part, line in zip(("cannot be read", "fits anything", "twice", "there is no rule"), out, strict=True):
        assert part in line


def test_a_language_that_nobody_has_described_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text("language: xx\nrules: {apologise: {phrases: [sorry]}}\n", encoding="utf-8")
    assert cli.run(["guides", "check", str(file)]) == 1
    assert "xx.yaml" in capsys.readouterr().out
