"""Check that the tests notice broken business rules: each change in bench/mutants.toml must make tests of its domain
fail.

./jiuye bench mutants [NAME …] [--jobs 2]

The tests concerned must first pass with the unchanged code. Then each mutant is written into a copy of the source,
and its tests run until the first failure; several mutants run in parallel, each with a server that is migrated once.
The exit code is 0 only if a failing test caught every one. The working tree is not changed.

No mutation tool is used: mutmut and cosmic-ray derive thousands of mutants from the syntax, and neither takes a list
of named edits, which "this rule is guarded by that domain's tests" needs.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from jiuye.runtime import database, testing
from jiuye.runtime.fingerprints import REPOSITORY, SOURCE

DATA = Path(__file__).with_suffix(".toml")
PATIENCE = 300.0
"""Seconds for the tests of one mutant."""
COPIED = ("src", "tests", "pyproject.toml")
LINKED = ("docs", "bench", "jiuye", "uv.lock", ".jiuye")
FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """One line of `file` (below src/jiuye) that is changed, and the tests that must fail then.

    `before` is the line without its indentation; `above` the line over it, where that is needed to tell it from others.
    """

    name: str
    rule: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    above: str = ""

    def applied(self, text: str) -> str:
        """The file's text with the line changed. Raises ValueError unless there is exactly one such line."""
        lines = text.splitlines(keepends=True)
        places = [
            number
            for number, line in enumerate(lines)
            if line.strip() == self.before and (not self.above or lines[number - 1].strip() == self.above)
        ]
        if len(places) != 1:
            raise ValueError(f"{self.name}: {len(places)} lines of {self.file} are {self.before!r}")
        line = lines[places[0]]
        lines[places[0]] = line.replace(self.before, self.after)
        return "".join(lines)


@dataclass(frozen=True)
class Outcome:
    """What the tests said of a mutant: `caught` by a failing test; otherwise `detail` says what happened instead."""

    mutant: Mutant
    caught: bool
    detail: str
    seconds: float


def mutants() -> list[Mutant]:
    """Those of mutants.toml, in its order."""
    with DATA.open("rb") as file:
        return [Mutant(**{**one, "tests": tuple(one["tests"])}) for one in tomllib.load(file)["mutant"]]


@dataclass(frozen=True)
class Lane:
    """A copy of the repository and a database server, for one mutant at a time."""

    folder: Path
    server: str
    data: Path

    @classmethod
    @contextmanager
    def opened(cls, folder: Path) -> Iterator["Lane"]:
        """Copy what is changed and run; link the rest."""
        folder.mkdir()
        for name in COPIED:
            if (REPOSITORY / name).is_dir():
                shutil.copytree(REPOSITORY / name, folder / name)
            else:
                shutil.copy2(REPOSITORY / name, folder / name)
        for name in LINKED:
            (folder / name).symlink_to(REPOSITORY / name)
        with database.throw_away() as (server, data):
            yield cls(folder, server, data.path)

    def test(self, mutant: Mutant) -> Outcome:
        """Run the mutant's tests with the line changed, and put it back."""
        path = self.folder / SOURCE.relative_to(REPOSITORY) / mutant.file
        text, began = path.read_text(encoding="utf-8"), time.monotonic()
        path.write_text(mutant.applied(text), encoding="utf-8")
        try:
            code, output = self.run(mutant.tests, "-x", "-q")
        finally:
            path.write_text(text, encoding="utf-8")
        failed = FAILED.findall(output)
        caught = code == 1 and bool(failed)
        detail = failed[0] if caught else "SURVIVED" if code == 0 else f"NO TEST RAN (code {code}): {output[-300:]}"
        return Outcome(mutant, caught, detail, time.monotonic() - began)

    def run(self, tests: Sequence[str], *options: str, patience: float = PATIENCE) -> tuple[int, str]:
        """Pytest's exit code and output in this copy; code -9 after `patience` seconds."""
        # Nothing is compiled to disk: a changed file could be taken for the one before it.
        environment = testing.environment(self.server, self.data) | {
            "PYTHONPATH": str(self.folder / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "JIUYE_CHROMIUM": "",
        }
        command = [sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider", *options, *tests]
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                output, _ = process.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                output, _ = process.communicate()
        return process.returncode, output


def check(lanes: Sequence[Lane], chosen: Sequence[Mutant]) -> None:
    """Raises SystemExit unless the tests concerned pass as the code stands."""
    tests = sorted({test for mutant in chosen for test in mutant.tests})
    shares = [tests[number :: len(lanes)] for number in range(len(lanes))]

    def attempt(lane: Lane, share: Sequence[str]) -> tuple[int, str]:
        return lane.run(share, "-q", patience=PATIENCE * len(share)) if share else (0, "")

    with ThreadPoolExecutor(len(lanes)) as pool:
        runs = list(pool.map(attempt, lanes, shares))
    if any(code for code, _ in runs):
        failures = "\n".join(output[-3000:] for code, output in runs if code)
        raise SystemExit(f"{failures}\nThe tests fail without a mutant.")


def try_all(lanes: Sequence[Lane], chosen: Sequence[Mutant]) -> list[Outcome]:
    """Each mutant in a free lane; tells as they end."""
    free: SimpleQueue[Lane] = SimpleQueue()
    for lane in lanes:
        free.put(lane)

    def attempt(mutant: Mutant) -> Outcome:
        lane = free.get()
        try:
            outcome = lane.test(mutant)
        finally:
            free.put(lane)
        print(f"{'caught' if outcome.caught else 'NOT CAUGHT':10} {mutant.name} ({outcome.seconds:.0f} s)", flush=True)
        return outcome

    with ThreadPoolExecutor(len(lanes)) as pool:
        return list(pool.map(attempt, chosen))


def main() -> int:
    """1 if a mutant was not caught."""
    parser = argparse.ArgumentParser(prog="./jiuye bench mutants", allow_abbrev=False)
    parser.add_argument("names", nargs="*", help="only these mutants")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)), help="how many side by side")
    given = parser.parse_args()
    chosen = [mutant for mutant in mutants() if not given.names or mutant.name in given.names]
    if unknown := set(given.names) - {mutant.name for mutant in chosen}:
        raise SystemExit(f"no such mutant: {', '.join(sorted(unknown))}")
    for mutant in chosen:
        mutant.applied((SOURCE / mutant.file).read_text(encoding="utf-8"))
    began = time.monotonic()
    testing.build_assets()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mutants-")))
        numbers = range(min(given.jobs, len(chosen)))
        lanes = [stack.enter_context(Lane.opened(folder / f"lane{number}")) for number in numbers]
        check(lanes, chosen)
        print(f"The tests concerned pass as the code stands ({time.monotonic() - began:.0f} s).", flush=True)
        outcomes = try_all(lanes, chosen)
    print("\n| mutant | rule | outcome |\n|---|---|---|")
    for one in outcomes:
        print(f"| {one.mutant.name} | {one.mutant.rule} | {one.detail} |")
    caught = sum(one.caught for one in outcomes)
    print(f"\n{caught} of {len(outcomes)} caught in {time.monotonic() - began:.0f} s")
    return int(caught < len(outcomes))


if __name__ == "__main__":
    sys.exit(main())
