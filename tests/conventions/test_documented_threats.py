"""Every test, command and setting that a document names exists."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.management import get_commands

from jiuye.config.env import REPOSITORY, Environment
from jiuye.runtime.command_line import COMMANDS

PAGES = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
ASVS = REPOSITORY / "docs" / "security" / "asvs.md"
# OWASP ASVS 5.0.0: requirements of levels 1 and 2 in each chapter.
REQUIREMENTS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
}
REQUIREMENTS |= {16: 16, 17: 7}


def named(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield what the pattern finds in all pages, each with its page."""
    for page in PAGES:
        for name in re.findall(pattern, page.read_text(encoding="utf-8")):
            yield name, str(page.relative_to(REPOSITORY))


def test_every_test_that_a_document_names_exists() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^\s*def (test_\w+)\(", tests, re.MULTILINE))
    found = dict(named(r"`(test_\w+)`"))

    assert len(found) > 100
    assert {name: page for name, page in found.items() if name not in there} == {}


def test_every_file_of_tests_that_a_document_names_exists() -> None:
    found = dict(named(r"\b(tests/[\w/]+(?:\.py)?)"))
    assert found
    assert {name: page for name, page in found.items() if not any(REPOSITORY.glob(f"{name}*"))} == {}


def test_every_command_that_a_document_names_exists() -> None:
    found = dict(named(r"\./jiuye ([a-z]+)"))
    assert {name: page for name, page in found.items() if name not in COMMANDS} == {}
    managed = dict(named(r"\./jiuye manage ([a-z_]+)"))
    assert managed
    assert {name: page for name, page in managed.items() if name not in get_commands()} == {}


def test_every_setting_in_the_security_papers_exists() -> None:
    settings = {name.upper() for name in Environment.model_fields}
    words = dict(named(r"`([A-Z]+(?:_[A-Z]+)+)`"))
    papers = {name: page for name, page in words.items() if page.startswith("docs/security/")}
    assert {"ENCRYPTION_KEYS", "SECRET_KEY"} <= set(papers)
    assert {name: page for name, page in papers.items() if name not in settings} == {}


def rows_of(page: Path) -> list[list[str]]:
    """Return the cells of the table rows that begin with a number of a requirement."""
    lines = page.read_text(encoding="utf-8").splitlines()
    return [line.strip("| ").split(" | ") for line in lines if re.match(r"\| \d+\.\d+\.\d+ \|", line)]


def test_every_requirement_of_levels_1_and_2_is_in_the_table_once() -> None:
    numbers = [row[0] for row in rows_of(ASVS)]
    assert len(set(numbers)) == len(numbers)
    assert Counter(int(number.split(".")[0]) for number in numbers) == REQUIREMENTS
    assert Counter(row[1] for row in rows_of(ASVS)) == {"1": 70, "2": 183}


def test_what_is_met_says_by_what_and_everything_else_says_why() -> None:
    evidence = re.compile(r"`test_\w+`|ruff|docs/|\]\(|uv\.lock|`\w|no test|review|session keys|httpx|JSON|TLS")
    for number, _, about, state, why in rows_of(ASVS):
        assert about, number
        assert state in {"met", "partly", "not met", "n/a"}, number
        assert why, number
        assert state != "met" or evidence.search(why), number


def test_the_counts_above_the_table_are_those_of_the_table() -> None:
    counted = Counter((row[3], row[1]) for row in rows_of(ASVS))
    told = re.findall(r"^\| (met|partly|not met|n/a) \| (\d+) \| (\d+) \|$", ASVS.read_text(encoding="utf-8"), re.M)
    assert {
        (state, level): int(n) for state, *both in told for level, n in zip("12", both, strict=True) if int(n)
    } == counted
