"""The test suite on other days than today: nothing in it may depend on the day it runs.

    ./jiuye bench moved_clock [--at +60,2028-02-29] [pytest arguments]

Runs `./jiuye test` once for each clock and prints what failed where. Without pytest arguments it is everything but the
browser's tests (`--ignore=tests/e2e`); with some, what they say. It needs Debian's `faketime` (apt-get install faketime).

The clock is moved by libfaketime, a library preloaded into every process (LD_PRELOAD), the database server and the sandbox
included. Every process is given the same offset from the real clock, so they agree and time goes on. What is known of it:

- Monotonic clocks stay real (FAKETIME_DONT_FAKE_MONOTONIC): waits with a deadline would hang else.
- The dates of files that the kernel gives are shifted as they are read (stat), so they agree with the moved clock.
- Chromium is not run: certificates and its own sandbox do not take the preloaded library.
"""

import argparse
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
POSITIONS = ("+60", "+200", "+400", "2028-02-29", "new-year", "new-year-utc")
SUMMARY = re.compile(r"^=+ (.*\b(?:passed|failed|error|no tests).*) =+$", re.MULTILINE)
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Outcome:
    """How the suite ended at one clock: pytest's summary line, and the tests that failed."""

    began: datetime
    summary: str
    failed: tuple[str, ...]


def offset_of(position: str, now: datetime) -> timedelta:
    """How far the clock is moved: `+60` days; a day (noon in China); `new-year`: 23:58 of New Year's Eve in China or UTC."""
    if position.startswith("+"):
        return timedelta(days=int(position[1:]))
    if position.startswith("new-year"):
        zone = UTC if position.endswith("utc") else CHINA
        return datetime(now.year + 1, 1, 1, tzinfo=zone) - timedelta(minutes=2) - now
    return datetime.fromisoformat(f"{position}T12:00").replace(tzinfo=CHINA) - now


def preloaded() -> str:
    """What `faketime` has the dynamic linker load."""
    command = ["faketime", "-f", "+0", sys.executable, "-c", "import os; print(os.environ['LD_PRELOAD'])"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except FileNotFoundError:
        sys.exit("moved_clock: faketime is not installed: apt-get install faketime")


def suite(position: str, library: str, arguments: list[str]) -> Outcome:
    """Run it once."""
    offset = offset_of(position, datetime.now(UTC))
    surroundings = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")} | {
        "LD_PRELOAD": library,
        "FAKETIME": f"{offset.total_seconds():+.0f}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    command = [sys.executable, "-m", "jiuye.runtime", "test", *arguments]
    began, lines = datetime.now(CHINA) + offset, []
    with subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
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
    outcomes = {
        position: suite(position, library, arguments or ["--ignore=tests/e2e"]) for position in given.at.split(",")
    }
    print("\n| clock | begins (China) | outcome |\n|---|---|---|")
    for position, outcome in outcomes.items():
        print(f"| {position} | {outcome.began:%Y-%m-%d %H:%M} | {outcome.summary} |")
    for test in sorted({test for outcome in outcomes.values() for test in outcome.failed}):
        print(f"{test}: {', '.join(position for position, outcome in outcomes.items() if test in outcome.failed)}")
    return int(any(outcome.failed or "passed" not in outcome.summary for outcome in outcomes.values()))


sys.exit(main())
