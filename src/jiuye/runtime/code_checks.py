"""`check`: the checks of the code that need neither a database nor a browser. CI and the commit hooks run the same list."""

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jiuye.runtime import components, scanners
from jiuye.runtime.failure import Failure
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import run_in_foreground

_LOCKS = ("uv.lock", "checks/uv.lock")
_PUBLIC_HOSTS = {"https://pypi.org", "https://files.pythonhosted.org"}


@dataclass(frozen=True)
class Check:
    """One check. `run` returns 0 when it passes; `fixed` is the variant that corrects what it can."""

    name: str
    title: str
    run: Callable[[], int]
    fixed: Callable[[], int] | None = None
    quick: bool = False
    """Whether it takes only a few seconds, so that it can run before each commit."""
    asked: bool = False
    """Whether it runs only when it is named: its outcome depends on more than the code."""


def foreign_hosts(lock: str) -> list[str]:
    """Return the hosts in the text of a lock file that are not the public package index, sorted."""
    return sorted(set(re.findall(r'https?://[^/"\s]+', lock)) - _PUBLIC_HOSTS)


def _lock() -> int:
    foreign = [(name, host) for name in _LOCKS for host in foreign_hosts((REPOSITORY / name).read_text())]
    for name, host in foreign:
        print(f"{name} names {host}: lock with the public index (unset UV_INDEX_URL, UV_DEFAULT_INDEX and the like)")
    return 1 if foreign else 0


def _module(*command: str) -> Callable[[], int]:
    return _program(sys.executable, "-m", *command)


def _program(*command: str) -> Callable[[], int]:
    environment = os.environ | {"JIUYE_ENV": "test"}
    return lambda: run_in_foreground(command, environment, folder=REPOSITORY)


CHECKS = (
    Check("lock", "the lock files name the public index only", _lock, quick=True),
    Check(
        "ruff",
        "ruff check",
        _module("ruff", "check", ".", "jiuye"),
        fixed=_module("ruff", "check", "--fix", ".", "jiuye"),
        quick=True,
    ),
    Check(
        "format",
        "ruff format --check",
        _module("ruff", "format", "--check", ".", "jiuye"),
        fixed=_module("ruff", "format", ".", "jiuye"),
        quick=True,
    ),
    Check("imports", "lint-imports", _program(str(Path(sys.prefix) / "bin" / "lint-imports")), quick=True),
    Check(
        "migrations",
        "makemigrations --check",
        _module("django", "makemigrations", "--check", "--dry-run", "--settings", "jiuye.config.no_database"),
        quick=True,
    ),
    Check("components", "licences, and the bill of materials in .jiuye/sbom.cdx.json", components.check, quick=True),
    Check("bandit", "bandit's tests that ruff lacks", scanners.bandit),
    Check("rules", "semgrep with the rules in checks/rules, and their examples", scanners.rules),
    Check("types", "mypy", _module("mypy")),
    Check(
        "advisories",
        "known vulnerabilities of what is locked, asked of the package index",
        scanners.advisories,
        asked=True,
    ),
)


def run(names: Sequence[str] = (), *, quick: bool = False, fix: bool = False, checks: Sequence[Check] = CHECKS) -> int:
    """Run the named checks (all that need no asking, or the quick ones) to the end and print a table: 1 when one fails, else 0.

    With `fix` ruff corrects what it can. Raises Failure for an unknown name.
    """
    unknown = set(names) - {check.name for check in checks}
    if unknown:
        raise Failure(
            f"没有这项检查：{', '.join(sorted(unknown))}（checks: {', '.join(check.name for check in checks)}）", code=2
        )
    chosen = [one for one in checks if (one.name in names if names else not one.asked) and (one.quick or not quick)]
    if fix:
        chosen = [replace(check, run=check.fixed or check.run) for check in chosen]
    rows = [_outcome(check) for check in chosen]
    print()
    for check, passed, seconds in rows:
        print(f"{'ok' if passed else 'FAIL':<5} {check.name:<11} {seconds:6.1f} s  {check.title}")
    return 0 if all(passed for _, passed, _ in rows) else 1


def _outcome(check: Check) -> tuple[Check, bool, float]:
    print(f"\n== {check.name}: {check.title}", flush=True)
    began = time.monotonic()
    passed = check.run() == 0
    return check, passed, time.monotonic() - began
