"""`./jiuye findings`: scripts that show a surprise of a library, and fail when it is gone."""

import os
import re
from pathlib import Path

import pytest

from jiuye.runtime import findings
from jiuye.runtime.command_line import main

ALL = findings.names()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two findings: one behaves as it says, the other's library has changed."""
    (tmp_path / "same.sh").write_text("#!/usr/bin/env bash\n# library 1.0\n# It does this.\nexit 0\n")
    (tmp_path / "gone.sh").write_text("#!/usr/bin/env bash\n# library 2.0\nexit 1\n")
    return tmp_path


def test_without_a_name_all_run_and_a_table_ends_the_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings.run([], folder) == 1
    gone, same = capsys.readouterr().out.strip().splitlines()[-2:]
    assert re.fullmatch(r"CHANGED +\d+\.\d s  gone: library 2\.0", gone)
    assert re.fullmatch(r"as found +\d+\.\d s  same: library 1\.0", same)


def test_a_named_one_runs_alone(folder: Path) -> None:
    assert findings.run(["same"], folder) == 0


def test_an_unknown_one_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", "no-such-finding"]) == 2
    assert ", ".join(ALL) in capsys.readouterr().err


@pytest.mark.parametrize("name", ALL)
def test_each_states_package_expectation_behaviour_and_output(name: str) -> None:
    script = findings.FOLDER / f"{name}.sh"
    lines = script.read_text().splitlines()
    comment = "\n".join(lines[1 : next(number for number, line in enumerate(lines) if number and line[:1] != "#")])
    assert re.match(r"# .* \d+\.\d", comment), "the first line names the package and its version"
    assert [word for word in ("# Expected:", "# Actual:", "# Output:") if word not in comment] == []
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("name", ALL)
def test_each_works_in_a_temporary_folder_without_the_product(name: str) -> None:
    script = (findings.FOLDER / f"{name}.sh").read_text()
    assert "mktemp -d" in script
    assert "jiuye" not in script
