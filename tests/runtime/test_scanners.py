"""What bandit and semgrep say, told in plain words; whatever they could not read fails. They themselves run in `./jiuye check`."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

from jiuye.runtime import scanners

Says = Callable[..., None]
PLACE = "src/jiuye/kernel/ids.py"
FOUND = {"check_id": "sql-built-from-text", "path": PLACE, "start": {"line": 1}}
FOUND |= {"extra": {"message": "A statement\n  is put together. Instead pass values.", "lines": "requires login"}}
IMPORTS = {
    "test_id": "B403",
    "filename": PLACE,
    "line_number": 1,
    "issue_text": "pickle.",
    "more_info": "See the page.",
}


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Says:
    """Have the programs answer with this; the trial of the examples with `tried`."""

    def say(answer: Any, *, tried: int = 0) -> None:
        def run(name: str, *arguments: str) -> "CompletedProcess[str]":
            if "--test" in arguments:
                return CompletedProcess(arguments, tried, "1 of 20 failed", "")
            return CompletedProcess(arguments, 0, answer if isinstance(answer, str) else json.dumps(answer), "")

        monkeypatch.setattr(scanners, "_run", run)

    return say


def semgrep(*results: Any, errors: list[Any] | None = None, without: str = "") -> dict[str, Any]:
    scanned = sorted(scanners._to_be_read() - {without})
    return {"results": list(results), "errors": errors or [], "paths": {"scanned": scanned}}


def test_nothing_found_in_all_files_passes(says: Says) -> None:
    says(semgrep())
    assert scanners.rules() == 0
    says({"results": [], "errors": []})
    assert scanners.bandit() == 0


def test_a_fault_is_told_with_its_place_its_line_and_what_to_do(says: Says, capsys: pytest.CaptureFixture[str]) -> None:
    says(semgrep(FOUND))
    assert scanners.rules() == 1
    told = capsys.readouterr().out
    first = (scanners.REPOSITORY / PLACE).read_text().splitlines()[0]
    assert "sql-built-from-text: A statement is put together. Instead pass values." in told
    assert f"{PLACE}:1: {first[:60]}" in told
    assert "requires login" not in told


def test_so_is_one_of_bandit(says: Says, capsys: pytest.CaptureFixture[str]) -> None:
    says({"results": [IMPORTS], "errors": []})
    assert scanners.bandit() == 1
    assert f"B403: pickle. See the page.\n  {PLACE}:1: " in capsys.readouterr().out


@pytest.mark.parametrize(
    "answer",
    [
        semgrep(errors=[{"path": PLACE, "message": "took too long"}]),
        semgrep(without=PLACE),
        "not what it says",
    ],
    ids=["an error", "a file left out", "no answer"],
)
def test_what_was_not_checked_fails(says: Says, answer: Any) -> None:
    says(answer)
    assert scanners.rules() == 1


def test_a_file_that_bandit_cannot_read_fails(says: Says) -> None:
    says({"results": [], "errors": [{"filename": PLACE, "reason": "syntax error"}]})
    assert scanners.bandit() == 1


def test_a_rule_that_misses_its_example_fails(says: Says, capsys: pytest.CaptureFixture[str]) -> None:
    says(semgrep(), tried=1)
    assert scanners.rules() == 1
    assert "1 of 20 failed" in capsys.readouterr().out
