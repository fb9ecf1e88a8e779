"""Each declared limit: the table in the docs, a refusal whose Retry-After is true, and what somebody sees (S17)."""

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
from tests.bars.limited import FACES, UNSEEN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
SOURCE = Path(jiuye.__file__).parent
MOMENT = datetime(2026, 3, 2, 1, 7, 33, 400_000, tzinfo=UTC)
_DECLARES = re.compile(r"= (?:Local)?Limit\(")


def declared() -> list[Limit]:
    """Import every module that declares one."""
    for path in sorted(SOURCE.rglob("*.py")):
        if _DECLARES.search(path.read_text(encoding="utf-8")):
            importlib.import_module(".".join(["jiuye", *path.relative_to(SOURCE).with_suffix("").parts]))
    return sorted(rate_limits.DECLARED.values(), key=lambda one: one.name)


LIMITS = declared()


def test_the_docs_show_the_table() -> None:
    """To write it: print `rate_limits.table()` between the two comments."""
    page = (REPOSITORY / "docs/limits.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"<!-- limits -->\n(.*)<!-- /limits -->", page, re.DOTALL)
    assert shown.strip() == rate_limits.table()


def test_nobody_counts_without_declaring() -> None:
    found = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.py"))
        if re.search(r"rate_limits\.hit\(|rate_limits import [^\n]*\bhit\b", path.read_text(encoding="utf-8"))
    ]
    assert found == [], "declare a Limit beside the action"


def test_addresses_are_counted_by_network() -> None:
    """Somebody with an IPv6 /64 has more addresses than any limit has attempts."""
    counted = [
        line.strip()
        for path in sorted(SOURCE.rglob("*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\.hit\(.*(?:\.ip\b|address|REMOTE_ADDR)", line)
    ]
    assert len(counted) >= 10
    assert [line for line in counted if "network_of(" not in line] == []


def test_each_is_tried() -> None:
    assert {one.name for one in LIMITS} == FACES.keys() | UNSEEN.keys()


@pytest.mark.parametrize("limit", LIMITS, ids=lambda one: one.name)
def test_the_refusal_says_when_and_that_is_true(limit: Limit, monkeypatch: pytest.MonkeyPatch) -> None:
    few = min(limit.most, 3)
    monkeypatch.setitem(vars(limit), "most", few)
    with clock.frozen(MOMENT):
        for _ in range(few):
            limit.hit("somebody")
        with pytest.raises(RateLimited) as refusal:
            limit.hit("somebody")
        limit.hit("another")
    wait = refusal.value.retry_after
    assert isinstance(wait, int)
    assert 0 < wait <= limit.seconds
    said = refusal.value.message
    assert re.search(r"\d+ (?:秒|分钟|小时|天)后", said), said
    assert not re.search(r"[{]|稍后|明天|一小时后", said), said
    with clock.frozen(MOMENT + timedelta(seconds=wait)):
        limit.hit("somebody")


@pytest.mark.parametrize("name", sorted(FACES))
def test_who_meets_it_is_told_and_keeps_what_they_wrote(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = rate_limits.DECLARED[name]
    monkeypatch.setitem(vars(limit), "most", 0)
    with clock.frozen(clock.now()):
        answer, typed = FACES[name]()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= limit.seconds
    shown = answer.content.decode()
    assert typed in shown
    assert re.search(r"\d+ (?:秒|分钟|小时|天)后", shown) or name == "oauth-tokens"


def test_a_day_ends_at_midnight_where_people_are() -> None:
    late = datetime(2026, 3, 2, 15, 59, 0, tzinfo=UTC)  # 23:59 in China
    with clock.frozen(late):
        rate_limits.hit("day", limit=1, seconds=86_400)
        with pytest.raises(RateLimited) as refusal:
            rate_limits.hit("day", limit=1, seconds=86_400)
    assert refusal.value.retry_after == 60
