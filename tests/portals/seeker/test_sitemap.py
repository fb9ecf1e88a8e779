"""The map for search engines: every public page once, in parts, and nothing that is closed."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.kernel import clock
from jiuye.portals.seeker.sitemap import views
from tests.factories import jobs, organisations
from tests.factories.public_site import fair, policy

pytestmark = pytest.mark.django_db


def locations(path: str) -> list[str]:
    """The addresses that a part names."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/xml")
    return re.findall(rf"<loc>{settings.SITE_URL}([^<]*)</loc>", b"".join(answer).decode())


def all_jobs() -> list[str]:
    """The postings of all parts."""
    parts = [path for path in locations("/sitemap.xml") if path.startswith("/sitemap/jobs/")]
    return [found for part in parts for found in locations(part)]


def test_every_open_posting_is_named_once_over_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PART", 2)
    agency = organisations.agency()
    open_ones = [jobs.posting(agency) for _ in range(5)]
    assert len([path for path in locations("/sitemap.xml") if "/jobs/" in path]) == 3
    assert all_jobs() == [f"/jobs/{one.pk}" for one in sorted(open_ones, key=lambda one: one.pk)]


def test_what_is_closed_or_run_out_is_left_out() -> None:
    agency = organisations.agency()
    jobs.posting(agency, state="withdrawn")
    jobs.posting(agency, state="draft", published_at=None)
    jobs.posting(agency, valid_through=clock.today() - timedelta(days=1))
    still = jobs.posting(agency)
    assert all_jobs() == [f"/jobs/{still.pk}"]


def test_shops_fairs_and_policies_are_on_it_with_the_standing_pages() -> None:
    agency = organisations.agency()
    shown, told = fair(agency), policy()
    policy(title="还没有公布", is_published=False)
    found = locations("/sitemap/pages.xml")
    assert set(views.STANDING) <= set(found)
    assert {f"/agencies/{agency.pk}", f"/fairs/{shown.pk}", f"/policies/{told.pk}"} <= set(found)
    assert len([path for path in found if path.startswith("/policies/")]) == 1


def test_robots_are_told_where_it_is() -> None:
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in Client().get("/robots.txt").content.decode()


def test_a_part_is_one_query_however_long(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency = organisations.agency()
    first = min(jobs.posting(agency).pk for _ in range(6))
    with django_assert_num_queries(1):
        assert len(locations(f"/sitemap/jobs/{first}.xml")) == 6
