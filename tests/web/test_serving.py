"""The port: where it cannot be had, one line says why and what would work."""

import socket
from pathlib import Path

import pytest

from trainer import cli
from trainer.errors import BadInput
from trainer.web.guard import reached_by
from trainer.web.serving import Place, opened, shown


def test_port_0_takes_one_that_is_free_and_shows_it() -> None:
    with opened(Place(port=0)) as listener:
        port = listener.getsockname()[1]
        assert port > 0
        entry = reached_by("127.0.0.1", "t", port)
        assert shown(entry, "127.0.0.1") == f"http://localhost:{port}/?token=t"


def test_a_busy_port_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        assert cli.run(["serve", "--port", port, "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert port in said and "--port" in said and "Traceback" not in said


def test_a_port_without_the_right_to_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)  # root may take any port
    with pytest.raises(BadInput, match=r"Permission denied.*--port"):
        opened(Place(port=80))


@pytest.mark.parametrize("arguments", [["--port", "99999"], ["--port", "-1"], ["--port", "x"], ["--tls-cert", "a.pem"]])
def test_a_wrong_call_is_told_by_its_exit_status(arguments: list[str], tmp_path: Path) -> None:
    assert cli.run(["serve", *arguments, "--data", str(tmp_path)]) == 2


def test_a_host_that_is_not_here_and_a_bad_certificate_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.run(["serve", "--host", "203.0.113.9", "--port", "0", "--data", str(tmp_path)]) == 1
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate", encoding="utf-8")
    tls = ["--tls-cert", str(bad), "--tls-key", str(bad)]
    assert cli.run(["serve", "--port", "0", *tls, "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "203.0.113.9" in said and str(bad) in said and "Traceback" not in said
