"""`test`: run the suite on a temporary database, in parallel, with a browser; `test --fast`: without browser and bars."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from jiuye.design import assets
from jiuye.runtime import browser, database, nginx
from jiuye.runtime.failure import Failure
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import run_in_foreground

# A person's settings for a running platform must not affect the tests.
_FOREIGN = ("SEARCH_URL", "STORAGE_URL", "CACHE_URL", "SITE_URL", "SANDBOX_URL", "SMS_URL", "SMS_TOKEN", "SMS_ADAPTER")
_FAST = "--fast"
_SLOW_FOLDERS = ("e2e", "stories", "bars")


def run(arguments: Sequence[str]) -> int:
    """Return pytest's exit code; not 0 under CI if tests could not run without a browser. Raises Failure.

    `--fast` excludes the browser tests and the bars; all other arguments are pytest's. Under CI nginx is installed, too.
    """
    is_fast = _FAST in arguments
    passed_on = [argument for argument in arguments if argument != _FAST]
    passed_on += [f"--ignore={REPOSITORY / 'tests' / folder}" for folder in _SLOW_FOLDERS if is_fast]
    found = browser.Browser(None) if is_fast else browser.ensure(_tell)
    if os.environ.get("CI"):
        nginx.ensure(_tell)
    build_assets()
    with database.throw_away() as (dsn, data):
        surroundings = environment(dsn, data.path) | {"JIUYE_CHROMIUM": str(found.path or "")}
        # One worker for each core, unless an argument says otherwise; tests/scheduling.py says which tests a worker
        # gets together.
        code = run_in_foreground([sys.executable, "-m", "pytest", "-n", "auto", *passed_on], surroundings)
    if found.problem:
        print(f"jiuye: {found.problem}", file=sys.stderr)
        if os.environ.get("CI"):
            return code or 1
    return code


def _tell(line: str) -> None:
    print(line, flush=True)


def environment(dsn: str, data: Path) -> dict[str, str]:
    """Return the environment of a process that runs tests on this server, with its files in `data`."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return kept | {
        "JIUYE_ENV": "test",
        "USAGE_STORED_EVERY": "0",
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
        "DATABASE_URL": dsn,
        "DATA_DIR": str(data),
    }


def build_assets() -> None:
    """Build styles and scripts, which pages reference by their digests. Raises Failure."""
    (REPOSITORY / ".jiuye" / "assets").mkdir(parents=True, exist_ok=True)
    try:
        assets.build()
    except assets.AssetError as error:
        raise Failure(f"样式与脚本构建失败（build_assets: {error}）") from error
