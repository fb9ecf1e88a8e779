"""`test`: the suite on a throw-away database, in parallel, with a browser."""

import os
import subprocess
import sys
from collections.abc import Sequence

from jiuye.runtime import browser, database
from jiuye.runtime.failure import Failure
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import run_in_foreground

# A person's settings for a running platform must not leak into the tests.
_FOREIGN = ("SEARCH_URL", "STORAGE_URL", "CACHE_URL", "SITE_URL", "SANDBOX_URL", "SMS_URL", "SMS_TOKEN", "SMS_ADAPTER")
_SERIAL = ("-n", "--numprocesses", "--pdb", "--collect-only", "--co")


def run(arguments: Sequence[str]) -> int:
    """Pytest's exit code; not 0 under CI when tests could not run for want of a browser. Raises Failure."""
    found = browser.ensure(lambda line: print(line, flush=True))
    with database.throw_away() as (dsn, data):
        environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        environment |= {
            "JIUYE_ENV": "test",
            "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
            "DATABASE_URL": dsn,
            "DATA_DIR": str(data.path),
            "JIUYE_CHROMIUM": str(found.path or ""),
        }
        _build_assets(environment)
        code = run_in_foreground([sys.executable, "-m", "pytest", *_parallel(arguments), *arguments], environment)
    if found.path is None:
        print(f"jiuye: {found.problem}", file=sys.stderr)
        if os.environ.get("CI"):
            return code or 1
    return code


def _parallel(arguments: Sequence[str]) -> list[str]:
    chosen = any(argument == word or argument.startswith(word + "=") for argument in arguments for word in _SERIAL)
    return (
        []
        if chosen or any(argument.startswith("-n") for argument in arguments)
        else ["-n", "auto", "--dist", "loadgroup"]
    )


def _build_assets(environment: dict[str, str]) -> None:
    (REPOSITORY / ".jiuye" / "assets").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "build_assets"]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if outcome.returncode != 0:
        reason = (outcome.stderr.strip().splitlines() or ["no message"])[-1]
        raise Failure(f"样式与脚本构建失败（build_assets: {reason}）")
