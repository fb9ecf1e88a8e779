"""The suggestions of the search box over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.organisations.models import Agency
from jiuye.portals.seeker.jobs.suggestions import LIMIT
from tests.factories import organisations
from tests.factories.jobs import posting
from tests.factories.public_site import index_all, wired_engine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with wired_engine(tmp_path, monkeypatch):
        posting(organisations.agency(short_name="焊接人才中心"), title="焊工")
        index_all()
        yield


def test_they_are_json_for_everyone_alike_without_a_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/jobs/suggestions", {"q": "hangong"})
    assert answer.json()["items"][0] == {"text": "焊工", "kind": "职位", "href": "", "words": "焊工"}
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies


def test_an_agency_leads_to_its_shop_and_a_place_to_its_jobs(client: Client) -> None:
    items = client.get("/jobs/suggestions", {"q": "焊接"}).json()["items"]
    (agency,) = [item for item in items if item["kind"] == "职介机构"]
    assert agency["href"] == f"/agencies/{Agency.objects.get().id}"
    place = client.get("/jobs/suggestions", {"q": "chengdu"}).json()["items"][0]
    assert place == {"text": "四川省成都市", "kind": "地区", "href": "/jobs?region=510100", "words": ""}


@pytest.mark.parametrize("asked", [{}, {"q": ""}, {"q": "x" * 5000}, {"q": "<b>"}, {"q": "\x01"}])
def test_nonsense_is_answered_with_nothing(client: Client, asked: dict[str, str]) -> None:
    answer = client.get("/jobs/suggestions", asked)
    assert answer.status_code == 200
    assert answer.json() == {"items": []}


def test_a_program_that_asks_without_end_is_told_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(LIMIT), "most", 2)
    answers = [client.get("/jobs/suggestions", {"q": "焊"}, REMOTE_ADDR="192.0.2.6") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    elsewhere = client.get("/jobs/suggestions", {"q": "焊"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


def test_every_search_box_for_jobs_asks_for_them_and_works_without(client: Client) -> None:
    for path in ("/", "/jobs", "/privacy"):
        page = client.get(path).content.decode()
        assert 'data-suggest="/jobs/suggestions"' in page
        assert 'action="/jobs"' in page
