"""Every test named in a document exists."""

import re

from jiuye.config.env import REPOSITORY


def test_every_test_that_a_document_names_exists() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("test_*.py"))
    there = set(re.findall(r"^\s*def (test_\w+)\(", tests, re.MULTILINE))
    named = {
        name: page.name
        for page in (REPOSITORY / "docs").glob("*.md")
        for name in re.findall(r"`(test_\w+)`", page.read_text(encoding="utf-8"))
    }

    assert named
    assert {name: page for name, page in named.items() if name not in there} == {}
