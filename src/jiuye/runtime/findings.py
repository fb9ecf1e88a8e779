"""`findings [NAME]`: run the scripts of findings/, each of which shows a surprise of a library, format or tool."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from jiuye.runtime.failure import Failure
from jiuye.runtime.fingerprints import REPOSITORY
from jiuye.runtime.processes import run_in_foreground

FOLDER = REPOSITORY / "findings"


def names(folder: Path = FOLDER) -> list[str]:
    """Return the names of the findings in the folder."""
    return sorted(path.stem for path in folder.glob("*.sh"))


def run(wanted: Sequence[str], folder: Path = FOLDER) -> int:
    """Run the named findings (without a name all) and print a table: 1 when one no longer shows what it says, else 0.

    Raises Failure for an unknown name.
    """
    there = names(folder)
    unknown = sorted(set(wanted) - set(there))
    if unknown:
        raise Failure(f"没有名为 {', '.join(unknown)} 的发现（there are: {', '.join(there) or 'none'}）", code=2)
    rows = []
    for name in wanted or there:
        print(f"\n== {name}", flush=True)
        began = time.monotonic()
        code = run_in_foreground(["bash", str(folder / f"{name}.sh")], os.environ)
        rows.append((name, code, time.monotonic() - began))
    print()
    for name, code, seconds in rows:
        print(f"{'as found' if code == 0 else 'CHANGED':<8} {seconds:6.1f} s  {name}: {subject(folder / f'{name}.sh')}")
    return 1 if any(code for _, code, _ in rows) else 0


def subject(script: Path) -> str:
    """Return the package and version of a script: the first line of its first comment."""
    comments = (line[1:].strip() for line in script.read_text().splitlines() if line.startswith("# "))
    return next(comments, "")
