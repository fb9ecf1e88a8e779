"""Job fairs: the list and one fair."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.kernel import clock
from jiuye.kernel.paging import encode
from tests.factories import organisations, reference
from tests.factories.public_site import (
    assert_is_public,
    assert_survives,
    fair,
    links_of,
    takes_part,
    text_of,
)

pytestmark = pytest.mark.django_db
FAIR = r"^/fairs/[0-9a-f-]{36}$"


def times(**ago: int) -> dict[str, object]:
    """A fair that began so long ago and lasted six hours."""
    start = clock.now() - timedelta(**ago)
    return {"starts_at": start, "ends_at": start + timedelta(hours=6)}


class TestTheList:
    def test_those_to_come_are_shown_the_soonest_first(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        agency = organisations.agency()
        fair(
            agency,
            title="下月专场",
            starts_at=clock.now() + timedelta(days=20),
            ends_at=clock.now() + timedelta(days=21),
        )
        fair(agency, title="本周专场")
        fair(agency, title="今天的专场", **times(hours=1))
        fair(agency, title="去年的专场", **times(days=300))
        fair(agency, title="没有发布的专场", state="draft")
        with django_assert_num_queries(1):
            page = client.get("/fairs")
        assert_is_public(page)
        text = text_of(page)
        assert text.index("今天的专场") < text.index("本周专场") < text.index("下月专场")
        assert "正在举办" in text
        assert "去年的专场" not in text
        assert "没有发布的专场" not in text

    def test_those_that_ended_have_a_list_of_their_own(self, client: Client) -> None:
        fair(title="去年的专场", **times(days=300))
        fair(title="本周专场")
        text = text_of(client.get("/fairs", {"past": "1"}))
        assert "去年的专场" in text
        assert "本周专场" not in text

    @pytest.mark.parametrize(("region", "count"), [("510000", 1), ("510100", 1), ("440305", 1), ("330000", 0)])
    def test_a_region_includes_its_parts(self, client: Client, region: str, count: int) -> None:
        fair()
        fair(region=reference.region(reference.NANSHAN))
        page = client.get("/fairs", {"region": region})
        assert len(links_of(page, FAIR)) == count

    def test_no_nonsense_breaks_it(self, client: Client) -> None:
        fair()
        assert_survives(client, "/fairs", "region", "past", "cursor")

    @pytest.mark.parametrize(
        "values",
        [["x", "y"], [1, 2], ["2026-01-01", "x"], ["9999-99-99T00:00:00Z", "0199b6a0-0000-7000-8000-000000000001"]],
    )
    def test_a_forged_cursor_starts_from_the_beginning(self, client: Client, values: list[object]) -> None:
        fair()
        page = client.get("/fairs", {"cursor": encode(values)})
        assert len(links_of(page, FAIR)) == 1

    def test_its_pages_show_each_fair_once(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        agency = organisations.agency()
        made = {str(fair(agency).id) for _ in range(23)}
        with django_assert_num_queries(1):
            first = client.get("/fairs")
        second = client.get(f"/fairs{links_of(first, 'cursor=')[0]}")
        shown = [address.rpartition("/")[2] for page in (first, second) for address in links_of(page, FAIR)]
        assert len(shown) == 23
        assert set(shown) == made


class TestAFair:
    def test_it_says_when_where_and_who(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        agency = organisations.agency(short_name="蓉城职介")
        one = fair(agency)
        for booth in ("A01", "A02", "A03"):
            takes_part(one, organisations.employer(named_by=agency), booth)
        with django_assert_num_queries(4):
            page = client.get(f"/fairs/{one.id}")
        assert_is_public(page)
        text = text_of(page)
        for shown in ("春季综合招聘会", "示范零工市场一层", "A03", "蓉城职介", "即将举办", "参会单位（3）"):
            assert shown in text

    def test_one_that_was_cancelled_says_why(self, client: Client) -> None:
        one = fair(state="cancelled", cancelled_reason="场地检修")
        text = text_of(client.get(f"/fairs/{one.id}"))
        assert "本场已取消" in text
        assert "场地检修" in text

    @pytest.mark.parametrize("given", [{"state": "draft"}, {}])
    def test_one_that_is_not_public_answers_like_one_that_is_not_there(
        self, client: Client, given: dict[str, str]
    ) -> None:
        agency = organisations.agency(is_listed=bool(given))
        shown = client.get(f"/fairs/{fair(agency, **given).id}")
        absent = client.get("/fairs/00000000-0000-7000-8000-000000000000")
        assert (shown.status_code, text_of(shown)) == (404, text_of(absent))
