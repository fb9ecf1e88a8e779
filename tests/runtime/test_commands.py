"""Output and exit codes of the commands."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest

from jiuye.runtime import browser, database, testing
from jiuye.runtime.command_line import main
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.fingerprints import REPOSITORY


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the only line on standard error."""
    (line,) = capsys.readouterr().err.strip().splitlines()
    return line


@pytest.fixture
def taken_port() -> int:
    """A port that is in use for as long as the test process lives."""
    listening = socket.create_server(("127.0.0.1", 0))
    _listening.append(listening)
    return int(listening.getsockname()[1])


_listening: list[socket.socket] = []


def test_a_taken_port_is_one_clear_line(tmp_path: Path, taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["up", "--data", str(tmp_path), "--port", str(taken_port)]) == 1
    assert f"port {taken_port}" in one_line(capsys)


def test_the_sandbox_s_port_counts_too(tmp_path: Path, taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["up", "--data", str(tmp_path), "--port", str(taken_port - 1)]) == 1
    assert f"port {taken_port}" in one_line(capsys)


def test_a_data_folder_in_use_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with DataFolder(tmp_path).claimed("up"):
        assert main(["up", "--data", str(tmp_path)]) == 1
    assert "in use by up" in one_line(capsys)


def test_an_unknown_command_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fly"]) == 2
    assert "up, test, check, bench, findings, manage, doctor" in one_line(capsys)


def test_an_unknown_measurement_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "no-such-thing"]) == 1
    assert "there are:" in one_line(capsys)


@pytest.mark.processes
def test_manage_starts_a_database_for_as_long_as_the_command_lasts(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    outcome = subprocess.run(
        [sys.executable, "-m", "jiuye.runtime", "manage", "--data", str(tmp_path), "shell", "-c", SHOW_DATABASE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
    )
    assert outcome.stdout.strip().splitlines()[-1] == "connected to jiuye", outcome.stderr
    assert database.running_dsn(DataFolder(tmp_path).postgres) is None


SHOW_DATABASE = (
    "from django.db import connection as c; u = c.cursor(); u.execute('SELECT current_database()'); "
    "print('connected to', u.fetchone()[0])"
)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Sequence[str], Mapping[str, str]]]:
    """Record what `test` starts, with its environment, instead of starting it."""
    commands: list[tuple[Sequence[str], Mapping[str, str]]] = []
    monkeypatch.setattr(database, "throw_away", lambda: nullcontext(("postgresql://x", DataFolder(tmp_path))))
    monkeypatch.setattr(testing, "build_assets", lambda: None)
    monkeypatch.setattr(testing, "run_in_foreground", lambda *given: commands.append(given) or 0)  # type: ignore[func-returns-value]
    return commands


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_without_a_browser_the_rest_runs_and_only_ci_fails(
    ci: str,
    code: int,
    started: list[tuple[Sequence[str], Mapping[str, str]]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(browser, "ensure", lambda tell: browser.Browser(None, "no Chromium"))
    assert testing.run([]) == code
    (_, environment) = started[0]
    assert environment["JIUYE_CHROMIUM"] == ""
    assert "no Chromium" in one_line(capsys)


def test_fast_tests_leave_out_the_browser_and_the_bars(
    started: list[tuple[Sequence[str], Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "ensure", lambda tell: pytest.fail("no browser is needed"))
    assert testing.run(["--fast", "tests/kernel", "-x"]) == 0
    (command, _) = started[0]
    left_out = [f"--ignore={REPOSITORY}/tests/{folder}" for folder in ("e2e", "stories", "bars")]
    assert command[-5:] == ["tests/kernel", "-x", *left_out]
