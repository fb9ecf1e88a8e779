"""`./jiuye check`: one list of checks for people, CI and commit hooks."""

import os
import re

import pytest

from jiuye.runtime import code_checks
from jiuye.runtime.code_checks import Check
from jiuye.runtime.command_line import main
from jiuye.runtime.fingerprints import REPOSITORY

PASSES = Check("first", "a check that passes", lambda: 0, quick=True)
FAILS = Check("second", "a check that fails", lambda: 1, fixed=lambda: 0)


def test_all_passing_is_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_checks.run(checks=[PASSES, PASSES]) == 0
    assert "FAIL" not in capsys.readouterr().out


def test_the_checks_after_a_failing_one_still_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert code_checks.run(checks=[FAILS, PASSES]) == 1
    rows = capsys.readouterr().out.strip().splitlines()[-2:]
    assert [row.split()[:2] for row in rows] == [["FAIL", "second"], ["ok", "first"]]


def test_a_named_check_runs_alone() -> None:
    assert code_checks.run(["first"], checks=[PASSES, FAILS]) == 0


def test_quick_leaves_the_slow_ones_out() -> None:
    assert code_checks.run(quick=True, checks=[PASSES, FAILS]) == 0


def test_what_waits_to_be_asked_runs_by_its_name_only() -> None:
    asked = Check("asked", "a check that fails", lambda: 1, asked=True)
    assert code_checks.run(checks=[PASSES, asked]) == 0
    assert code_checks.run(["asked"], checks=[PASSES, asked]) == 1


def test_fixing_runs_the_variant_that_corrects() -> None:
    assert code_checks.run(fix=True, checks=[PASSES, FAILS]) == 0


def test_an_unknown_check_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "spelling"]) == 2
    assert (
        "lock, ruff, format, imports, migrations, components, bandit, rules, types, advisories"
        in capsys.readouterr().err
    )


def test_a_lock_that_names_a_mirror_is_found() -> None:
    lock = 'url = "https://files.pythonhosted.org/a.whl"\nurl = "https://mirror.example/b.whl"\n{ registry = "https://pypi.org/simple" }'
    assert code_checks.foreign_hosts(lock) == ["https://mirror.example"]


def test_models_are_compared_with_migrations_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@/nothing?host=/nonexistent")
    assert code_checks.run(["migrations"]) == 0


def test_continuous_integration_runs_the_commands_that_people_run() -> None:
    script = (REPOSITORY / ".ci" / "run").read_text().splitlines()
    commands = [line for line in script if line and not re.match(r"#|set |cd |export |exec ", line)]
    assert commands == ["./jiuye check", './jiuye test "$@"']
    assert os.access(REPOSITORY / ".ci" / "run", os.X_OK)


def test_commit_hooks_run_the_same_command() -> None:
    hooks = (REPOSITORY / ".pre-commit-config.yaml").read_text()
    assert re.findall(r"entry: (.*)", hooks) == ["./jiuye check --quick", "./jiuye check"]
