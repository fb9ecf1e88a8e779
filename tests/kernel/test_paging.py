"""Keyset paging: every row once, to the end, while rows come and go; an invalid cursor starts at the beginning."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from jiuye.kernel import paging
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import EventRecord
from tests.bars import hostile
from tests.factories.databases import unprotected

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 23, tzinfo=UTC)
ORDERING = ("-occurred_at", "-id")


def fill(number: int, same_time: int = 3) -> list[EventRecord]:
    """Events, some of them at the same moment."""
    rows = [
        EventRecord(name="E", payload={}, occurred_at=START + timedelta(minutes=index // same_time))
        for index in range(number)
    ]
    return EventRecord.objects.bulk_create(rows)


def page(cursor: str = "", size: int = 7) -> paging.Page[EventRecord]:
    return paging.paginate(EventRecord.objects.all(), ordering=ORDERING, cursor=cursor, size=size)


def walk(direction: str, cursor: str = "") -> list[list[EventRecord]]:
    pages = []
    while True:
        here = page(cursor)
        pages.append(list(here.items))
        cursor = here.next_cursor if direction == "next" else here.previous_cursor
        if not cursor:
            return pages


@pytest.mark.parametrize("number", [0, 1, 6, 7, 8, 14, 40])
def test_every_row_comes_once_in_order_and_the_last_page_says_so(number: int) -> None:
    fill(number)
    seen = [row.id for rows in walk("next") for row in rows]
    assert seen == list(EventRecord.objects.order_by(*ORDERING).values_list("id", flat=True))


def test_the_way_back_shows_the_same_pages() -> None:
    fill(30)
    there = walk("next")
    last = page()
    while last.next_cursor:
        last = page(last.next_cursor)
    back = walk("previous", last.previous_cursor)
    assert [row.id for rows in reversed(back) for row in rows] == [row.id for rows in there[:-1] for row in rows]


def test_rows_added_at_the_front_push_nothing_twice_into_sight() -> None:
    fill(20)
    first = page()
    EventRecord.objects.create(name="new", payload={}, occurred_at=START + timedelta(days=1))
    second = page(first.next_cursor)
    assert not {row.id for row in first.items} & {row.id for row in second.items}
    assert [row.id for row in [*first.items, *second.items]] == list(
        EventRecord.objects.exclude(name="new").order_by(*ORDERING).values_list("id", flat=True)[:14]
    )


def test_the_row_a_cursor_points_at_may_be_gone() -> None:
    fill(20)
    first = page()
    with unprotected("kernel_event"):
        EventRecord.objects.filter(pk=first.items[-1].pk).delete()
    expected = list(EventRecord.objects.order_by(*ORDERING).values_list("id", flat=True)[6:13])
    assert [row.id for row in page(first.next_cursor).items] == expected


@pytest.mark.parametrize(
    "cursor",
    ["x", "====", "bnVsbA", paging.encode(["yesterday", "nobody"]), paging.encode([1]), paging.encode(["n"], "q")],
)
def test_an_invalid_cursor_starts_at_the_beginning(cursor: str) -> None:
    fill(10)
    assert [row.id for row in page(cursor).items] == [row.id for row in page().items]


@pytest.mark.parametrize("direction", ["n", "p"])
@pytest.mark.parametrize("place", range(len(ORDERING)))
def test_a_value_that_no_row_can_have_starts_at_the_beginning(place: int, direction: str) -> None:
    """Some of them are dates or numbers to Python, and errors to PostgreSQL, after which a transaction is lost."""
    fill(10)
    right = ["2026-11-23T00:00:00+00:00", str(new_id())]
    for value in hostile.SCALARS:
        cursor = paging.encode([*right[:place], value, *right[place + 1 :]], direction)
        assert [row.id for row in page(cursor).items] == [row.id for row in page().items], value


@given(cursor=st.text(max_size=60))
def test_no_cursor_breaks_the_list(cursor: str) -> None:
    assert page(cursor).items == []


def test_a_page_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    fill(10)
    with django_assert_num_queries(1):
        page()


def test_converting_a_page_keeps_its_cursors() -> None:
    fill(10)
    first = page()
    assert first.map(lambda row: row.name).next_cursor == first.next_cursor


class TestCursorsOfPrograms:
    def test_they_read_to_the_end(self) -> None:
        fill(20)
        with paging.bound("list of a"):
            assert len([row for rows in walk("next") for row in rows]) == 20

    @pytest.mark.parametrize("damage", [lambda cursor: cursor[:-1], lambda cursor: cursor[1:], lambda _: "x"])
    def test_a_damaged_one_is_refused(self, damage: Callable[[str], str]) -> None:
        fill(20)
        with paging.bound("list of a"):
            cursor = page().next_cursor
            with pytest.raises(paging.InvalidCursor):
                page(damage(cursor))

    def test_one_of_another_list_is_refused(self) -> None:
        fill(20)
        with paging.bound("list of a"):
            cursor = page().next_cursor
        with paging.bound("list of b"), pytest.raises(paging.InvalidCursor):
            page(cursor)

    def test_one_from_a_page_for_people_is_refused(self) -> None:
        fill(20)
        cursor = page().next_cursor
        with paging.bound("list of a"), pytest.raises(paging.InvalidCursor):
            page(cursor)
