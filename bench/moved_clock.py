"""The test suite on other days than today: nothing in it may depend on the day it runs.

    ./jiuye bench moved_clock [--at +60,2028-02-29] [pytest arguments]

Runs `./jiuye test` once for each clock and prints what failed where. Without pytest arguments it is everything but the
browser's tests (`--ignore=tests/e2e`); with some, what they say. It needs Debian's `faketime` (apt-get install faketime).

The clock is moved by libfaketime, a library preloaded into every process (LD_PRELOAD), the database server and the sandbox
included. Every process is given the same offset from the real clock, so they agree and time goes on.

What the library (0.9.10, Debian 12) cannot do, and what is done about it:

- Monotonic clocks stay real: with moved ones some waits last as long as the clock was moved.
- Then clock_nanosleep(2) to a moment of that clock fails, which is Python's `time.sleep`: it is replaced by select(2).
- Files keep real dates, as stat64 is not covered: tests that go by a file's date set it (`os.utime`).
- Chromium does not start with it: the browser's tests cannot run, and none is looked for.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

CHINA = timezone(timedelta(hours=8))
POSITIONS = ("+60", "+200", "+400", "2028-02-29", "new-year", "new-year-utc")
# Python imports a module of this name at its start.
SITECUSTOMIZE = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds) and None\n"
SUMMARY = re.compile(r"^(?:=+ )?(\d+ [a-z]+(?:, \d+ [a-z]+)* in [\d.]+s.*?)(?: =+)?$", re.MULTILINE)
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """How the suite ended at one clock: pytest's summary line, and the tests that failed."""

    began: datetime
    summary: str
    failed: tuple[str, ...]


def offset_of(position: str, now: datetime) -> timedelta:
    """How far the clock is moved: `+60` days; a day (noon in China); `new-year`: 23:55 of New Year's Eve in China or UTC."""
    if position.startswith("+"):
        return timedelta(days=int(position[1:]))
    if position.startswith("new-year"):
        zone = UTC if position.endswith("utc") else CHINA
        return datetime(now.year + 1, 1, 1, tzinfo=zone) - timedelta(minutes=5) - now
    return datetime.fromisoformat(f"{position}T12:00").replace(tzinfo=CHINA) - now


def preloaded() -> str:
    """What `faketime` has the dynamic linker load."""
    command = ["faketime", "-f", "+0", sys.executable, "-c", "import os; print(os.environ['LD_PRELOAD'])"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except FileNotFoundError:
        sys.exit("moved_clock: faketime is not installed: apt-get install faketime")


def surroundings(offset: timedelta, library: str, modules: str) -> dict[str, str]:
    """The environment of a run with the clock moved by `offset`; `modules` is the folder of SITECUSTOMIZE."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")}
    return inherited | {
        "LD_PRELOAD": library,
        "FAKETIME": f"{offset.total_seconds():+.0f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": modules,
        "JIUYE_CHROMIUM": sys.executable,  # something that starts, so that no browser is looked for
    }


def suite(position: str, library: str, modules: str, arguments: list[str]) -> Outcome:
    """Run it once."""
    offset = offset_of(position, datetime.now(UTC))
    environment = surroundings(offset, library, modules)
    command = [sys.executable, "-m", "jiuye.runtime", "test", *arguments]
    began, lines = datetime.now(CHINA) + offset, []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        for line in run.stdout or ():
            sys.stdout.write(line)
            lines.append(line)
    written = "".join(lines)
    told = SUMMARY.findall(written)
    failed = tuple(sorted(set(FAILED.findall(written))))
    return Outcome(began, told[-1] if told else f"ended with code {run.returncode}", failed)


def main() -> int:
    """1 if a test failed at any clock."""
    parser = argparse.ArgumentParser(prog="./jiuye bench moved_clock", allow_abbrev=False)
    parser.add_argument(
        "--at", default=",".join(POSITIONS), help="+DAYS, YYYY-MM-DD, new-year, new-year-utc; comma separated"
    )
    given, arguments = parser.parse_known_args()
    library = preloaded()
    with tempfile.TemporaryDirectory() as modules:
        Path(modules, "sitecustomize.py").write_text(SITECUSTOMIZE)
        outcomes = {
            position: suite(position, library, modules, arguments or ["--ignore=tests/e2e"])
            for position in given.at.split(",")
        }
    print("\n| clock | begins (China) | outcome |\n|---|---|---|")
    for position, outcome in outcomes.items():
        print(f"| {position} | {outcome.began:%Y-%m-%d %H:%M} | {outcome.summary} |")
    for test in sorted({test for outcome in outcomes.values() for test in outcome.failed}):
        print(f"{test}: {', '.join(position for position, outcome in outcomes.items() if test in outcome.failed)}")
    return int(any(outcome.failed or "passed" not in outcome.summary for outcome in outcomes.values()))


sys.exit(main())
