"""Programs that look for faults of security: bandit, semgrep with the rules of ours in checks/rules, and pip-audit.

They have an environment of their own, `.jiuye/checks`, locked by checks/uv.lock: the product depends on nothing of it. The
first two reach no network; semgrep sends no metrics and takes no rules from elsewhere. See checks/README.md.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from jiuye.runtime.fingerprints import REPOSITORY

PROJECT = REPOSITORY / "checks"
RULES = PROJECT / "rules"
READ = ("src/jiuye", "clients/python")
NOT_READ = "sandbox"
"""The outside world of the demonstration: another program, which production does not start."""
_HOME = Path(sys.prefix).parent
_PROGRAMS = _HOME / "checks" / "bin"
_UV = (str(_HOME / "boot" / "bin" / "uv"),)
_SECONDS_A_FILE = 30  # of semgrep, for one rule: a file that takes longer is an error, not a pass


@dataclass(frozen=True, order=True)
class Fault:
    """What a program found. `why` says what can happen, and what to write instead."""

    rule: str
    path: str
    line: int
    why: str


def bandit() -> int:
    """Run bandit's tests that ruff lacks. Return 0 if it finds nothing in any file."""
    answer = _answer_of("bandit", "-c", str(PROJECT / "pyproject.toml"), "-q", "-f", "json", "-r", *READ, "jiuye")
    if answer is None:
        return 1
    faults = [
        Fault(one["test_id"], one["filename"], one["line_number"], f"{one['issue_text']} {one['more_info']}")
        for one in answer["results"]
    ]
    return _tell(faults, [f"{one['filename']}: {one['reason']}" for one in answer["errors"]])


def rules() -> int:
    """Try each rule of ours on its examples, then run all on the code. Return 0 if no rule is wrong and none finds anything."""
    tried = _run("semgrep", "scan", "--test", "--metrics", "off", "--disable-version-check", str(RULES))
    if tried.returncode != 0:
        print(tried.stdout + tried.stderr)
        return 1
    answer = _answer_of(
        *("semgrep", "scan", "--config", str(RULES), "--json", "--quiet", "--oss-only", "--no-git-ignore"),
        *("--metrics", "off", "--disable-version-check", "--no-rewrite-rule-ids", "--max-target-bytes", "0"),
        *("--jobs", str(os.cpu_count() or 1), "--timeout", str(_SECONDS_A_FILE), "--exclude", NOT_READ, *READ),
    )
    if answer is None:
        return 1
    faults = [
        Fault(one["check_id"], one["path"], one["start"]["line"], one["extra"]["message"]) for one in answer["results"]
    ]
    errors = [f"{one.get('path', '')}: {one['message']}" for one in answer["errors"]]
    errors += [f"{path}: not read" for path in sorted(_to_be_read() - set(answer["paths"]["scanned"]))]
    return _tell(faults, errors)


def advisories() -> int:
    """Ask the package index which of the locked packages have known vulnerabilities. Return 0 if none has."""
    listed = _home() / "requirements.txt"
    export = [*_UV, "export", "--frozen", "--quiet", "--no-dev", "--all-extras", "--no-emit-project"]
    if (exported := _captured([*export, "--output-file", str(listed)], dict(os.environ))).returncode:
        print(exported.stderr)
        return 1
    outcome = _run(
        *("pip-audit", "--requirement", str(listed), "--require-hashes", "--disable-pip"),
        *("--vulnerability-service", "pypi", "--progress-spinner", "off", "--desc", "off"),
        *("--cache-dir", str(_home() / "pip-audit")),
    )
    print(outcome.stdout + outcome.stderr)
    return outcome.returncode


def _to_be_read() -> set[str]:
    """Return the Python files that must be among those that semgrep has read: it leaves out what looks like tests or builds."""
    found = (path.relative_to(REPOSITORY) for top in READ for path in (REPOSITORY / top).rglob("*.py"))
    return {str(path) for path in found if NOT_READ not in path.parts and (REPOSITORY / path).stat().st_size}


def _tell(faults: Iterable[Fault], errors: Sequence[str]) -> int:
    """Print each rule with why and where, and what could not be read. Return 1 if there is anything."""
    count = 0
    for (rule, why), found in groupby(sorted(faults), key=lambda one: (one.rule, one.why)):
        print(f"\n{rule}: {' '.join(why.split())}")
        for one in found:
            print(f"  {one.path}:{one.line}: {_line(one)}")
            count += 1
    for error in errors:
        print(f"not checked: {error}")
    if count:
        print("\nHow to exempt a line for a reason: checks/README.md")
    return 1 if count or errors else 0


def _line(fault: Fault) -> str:
    """Return the line itself: semgrep gives it to people with an account only."""
    lines = (REPOSITORY / fault.path).read_text(encoding="utf-8").splitlines()
    return lines[fault.line - 1].strip()[:120]


def _answer_of(name: str, *arguments: str) -> Any | None:
    """Return the program's JSON; None, with its words printed, if it could not work."""
    outcome = _run(name, *arguments)
    try:
        return json.loads(outcome.stdout)
    except ValueError:
        print(f"{name} ended with {outcome.returncode}\n{outcome.stdout[-4000:]}{outcome.stderr[-4000:]}")
        return None


def _run(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    installed = _install()
    if installed.returncode != 0:
        return installed
    own = str(_home())  # nothing is written into the home of the person who runs it
    environment = os.environ | {
        "HOME": own,
        "XDG_CONFIG_HOME": own,
        "XDG_CACHE_HOME": own,
        "OTEL_SDK_DISABLED": "true",
        "SEMGREP_SEND_METRICS": "off",
        "SEMGREP_ENABLE_VERSION_CHECK": "0",
        "PATH": f"{_PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }
    return _captured([str(_PROGRAMS / name), *arguments], environment)


def _home() -> Path:
    folder = _HOME / "checks-home"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _install() -> "subprocess.CompletedProcess[str]":
    """Install what checks/uv.lock says, unless it is there. As the launcher does for the product."""
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    environment |= {"UV_PROJECT_ENVIRONMENT": str(_PROGRAMS.parent), "UV_PYTHON_DOWNLOADS": "never"}
    environment.setdefault("UV_CACHE_DIR", str(_HOME / "cache"))
    command = [*_UV, "sync", "--frozen", "--quiet", "--project", str(PROJECT), "--python", sys.executable]
    outcome = _captured(command, environment)
    if outcome.returncode != 0 and "certificate" in outcome.stderr:  # behind a proxy that this machine trusts
        outcome = _captured(command, environment | {"UV_SYSTEM_CERTS": "true"})
    return outcome


def _captured(command: Sequence[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, env=environment, cwd=REPOSITORY, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
