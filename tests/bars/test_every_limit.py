"""Each declared limit: the table in the docs, and a refusal whose Retry-After is true (S17)."""

import importlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import jiuye
from jiuye.kernel import clock, rate_limits
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.rate_limits import Limit
from jiuye.runtime.fingerprints import REPOSITORY

pytestmark = pytest.mark.django_db
SOURCE = Path(jiuye.__file__).parent
MOMENT = datetime(2026, 3, 2, 1, 7, 33, 400_000, tzinfo=UTC)


def declared() -> list[Limit]:
    """Import every module that declares one."""
    for path in sorted(SOURCE.rglob("*.py")):
        if re.search(r"= Limit\(", path.read_text(encoding="utf-8")):
            importlib.import_module(".".join(["jiuye", *path.relative_to(SOURCE).with_suffix("").parts]))
    return sorted(rate_limits.DECLARED.values(), key=lambda one: one.name)


def test_the_docs_show_the_table() -> None:
    """To write it: print `rate_limits.table()` between the two comments."""
    declared()
    page = (REPOSITORY / "docs/limits.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"<!-- limits -->\n(.*)<!-- /limits -->", page, re.DOTALL)
    assert shown.strip() == rate_limits.table()


@pytest.mark.parametrize("limit", declared(), ids=lambda one: one.name)
def test_the_refusal_says_when_and_that_is_true(limit: Limit) -> None:
    few = min(limit.most, 3)
    with clock.frozen(MOMENT):
        for _ in range(few):
            limit.hit("somebody", most=few)
        with pytest.raises(RateLimited) as refusal:
            limit.hit("somebody", most=few)
        limit.hit("another", most=few)
    wait = refusal.value.retry_after
    assert isinstance(wait, int)
    assert 0 < wait <= limit.seconds
    assert re.search(r"\d+ (?:秒|分钟|小时|天)后", refusal.value.message), refusal.value.message
    assert "{" not in refusal.value.message
    with clock.frozen(MOMENT + timedelta(seconds=wait)):
        limit.hit("somebody", most=few)
