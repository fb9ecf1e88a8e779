"""What tests need of Debian is installed where that is allowed; where it fails, a line says so and the tests go on."""

from pathlib import Path

import pytest

from jiuye.runtime import apt, nginx


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An apt-get that fails, for root, and nothing else on this machine. Its calls are lines of the file."""
    calls, program = tmp_path / "calls", tmp_path / "apt-get"
    program.write_text(f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> {calls}\nexit 100\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(apt.os, "geteuid", lambda: 0)
    monkeypatch.setattr(nginx, "find", lambda: None)
    return calls


def test_a_package_that_cannot_be_had_fails_no_run(commands: Path) -> None:
    told: list[str] = []
    nginx.ensure(told.append)
    first, second, third = commands.read_text().splitlines()
    assert first == third
    assert first.startswith("noninteractive install -y -q --no-install-recommends")
    assert first.endswith("nginx")
    assert second.startswith("noninteractive update")
    assert "会跳过" in told[-1]


def test_without_the_right_to_nothing_is_tried(commands: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apt.os, "geteuid", lambda: 1000)
    told: list[str] = []
    nginx.ensure(told.append)
    assert not commands.exists()
    assert "会跳过" in told[0]
