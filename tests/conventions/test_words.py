"""Docs, docstrings, comments and test names are in plain English: the words that readers stumbled over most stay out.

The patterns are written with a class in them, so that a search for the words finds no file at all.
"""

import re
import subprocess
from pathlib import Path

import pytest

from jiuye.runtime.fingerprints import REPOSITORY

REFUSED = {
    "again, from scratch": r"a[n]ew",
    "happened to": r"befel[l]|befal[l]s?",
    "people who, anyone who": r"whoeve[r]",
    "the rule for, the result of": r"becom(?:es?|ing) o[f]|became o[f]",
    "except": r"but fo[r]",
    "valid once, single use": r"good onc[e]",
    "is in, is": r"(?:lie|lies|lay|lying) i[n]",
    "correct, fix": r"men[d](?:s|ed|ing)?",
}
READ = (".py", ".md", ".toml", ".sh", ".js", ".css", ".html", ".typ", ".yaml", "jiuye", "run")


def written() -> list[Path]:
    """Every file of the project with text for developers, as git knows it; all files where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    names = listed.stdout.split("\0") if listed.returncode == 0 else [
        str(path.relative_to(REPOSITORY)) for top in ("src", "tests", "docs", "bench") for path in (REPOSITORY / top).rglob("*.*")
    ]  # fmt: skip
    found = [REPOSITORY / name for name in names if name and name.endswith(READ)]
    return [path for path in found if path.is_file()]


@pytest.mark.parametrize("plainly", REFUSED)
def test_the_refused_words_stay_out(plainly: str) -> None:
    pattern = re.compile(rf"(?<![A-Za-z])(?:{REFUSED[plainly].replace(' ', '[ _]')})(?![A-Za-z])", re.IGNORECASE)
    found = []
    for path in written():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()[:100]}")
    assert found == []
