"""The product has one clock, `kernel.clock`: code that reads another one disagrees with it when the clock is frozen.

Monotonic clocks measure durations and may be used. The sandbox is another program with its own clock.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "jiuye"
FILES = sorted(path for path in SOURCE.rglob("*.py") if not path.is_relative_to(SOURCE / "sandbox"))

ALLOWED = {
    "kernel/clock.py": "the clock itself",
    "kernel/confinement/process.py": "ages of folders, compared with each other: the file system dates them",
    "adapters/message_signatures.py": "a signature is checked against the clock of the machine that made it",
    "adapters/search_tantivy/directory.py": "how long ago a file was replaced: the file system dates files by the real clock",
    "adapters/search_tantivy/reader.py": "a file's date as part of its identity, never as a time",
    "kernel/history.py": "former versions are dated by triggers, which refuse to delete one younger than three years",
    "kernel/models.py": "the same: the database dates former versions",
    "kernel/sealed_files/upkeep.py": "files without a row have no other date than the storage's",
    "changes/snapshots.py": "files without a row have no other date than the storage's",
    "worker/process.py": "the database dates the heartbeats of workers",
    "kernel/migrations/0009_never_truncated.py": "a trigger refuses to delete an event younger than three years",
    "kernel/migrations/0004_row_version_triggers.py": "the triggers themselves",
}
READS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime"},
    "timezone": {"now", "localdate", "localtime"},
    "functions": {"Now"},
}
IMPORTS = {"time": READS["time"], "django.utils.timezone": READS["timezone"], "django.db.models.functions": {"Now"}}
OF_FILES = {"st_mtime", "st_mtime_ns", "st_ctime", "getmtime", "getctime", "get_modified_time", "get_created_time"}
KEYWORDS = {"auto_now", "auto_now_add", "max_age"}  # of a model field; of django.core.signing
OF_THE_DATABASE = re.compile(
    r"\bnow\(\)|\bcurrent_(timestamp|date|time)\b|\b(clock|statement|transaction)_timestamp\(", re.IGNORECASE
)


def reads_of_a_clock(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of each place that reads another clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = getattr(node.value, "id", "") or getattr(node.value, "attr", "")
            if node.attr in READS.get(owner, set()) | OF_FILES:
                yield node.lineno, f"{owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, one.name) for one in node.names if one.name in IMPORTS.get(node.module or "", ()))
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            given = {keyword.arg for keyword in node.keywords} & KEYWORDS
            yield from ((node.lineno, one) for one in given if one != "max_age" or name in {"loads", "unsign"})
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and OF_THE_DATABASE.search(node.value):
            yield node.lineno, node.value


def found_in(path: Path) -> list[tuple[int, str]]:
    return list(reads_of_a_clock(ast.parse(path.read_text(encoding="utf-8"))))


def test_the_time_is_read_from_our_clock() -> None:
    found = {path.relative_to(SOURCE).as_posix(): found_in(path) for path in FILES}
    assert {name: reads for name, reads in found.items() if reads and name not in ALLOWED} == {}


def test_what_is_allowed_to_read_another_does() -> None:
    assert [name for name in ALLOWED if not found_in(SOURCE / name)] == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now(UTC)",
        "date.today()",
        "time.time()",
        "clock: Callable[[], float] = time.time",
        "from time import time_ns",
        "from django.utils.timezone import now",
        "timezone.localdate()",
        "path.stat().st_mtime",
        "models.DateTimeField(auto_now_add=True)",
        "signing.loads(token, max_age=60)",
        "cursor.execute('UPDATE x SET at = now()')",
    ],
)
def test_the_rule_sees_what_it_is_for(line: str) -> None:
    assert list(reads_of_a_clock(ast.parse(line)))


@pytest.mark.parametrize("line", ["clock.now()", "time.monotonic()", "response.set_cookie(name, max_age=60)"])
def test_the_rule_lets_the_rest_through(line: str) -> None:
    assert list(reads_of_a_clock(ast.parse(line))) == []
