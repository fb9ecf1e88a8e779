"""The sheet 不看 of the list of jobs: what people leave out, and what the page says of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.organisations.models import Agency
from tests.factories import organisations
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public, index_all, text_of, wired_engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return organisations.agency(short_name="蓉城职介")


@pytest.fixture(autouse=True)
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agency: Agency) -> Iterator[TantivyEngine]:
    """A welder, a welder through dispatch, a seller."""
    with wired_engine(tmp_path, monkeypatch) as own:
        posting(agency, title="氩弧焊工")
        posting(agency, title="劳务焊工", employment_type="dispatch")
        posting(agency, title="电话销售")
        index_all()
        yield own


def test_the_sheet_needs_no_script_and_keeps_the_search(client: Client) -> None:
    page = client.get("/jobs", {"q": "焊工", "pay_min": "3000"}).content.decode()
    sheet = page.split('id="leave-out"')[1].split("</dialog>")[0]
    assert '<form class="stack" action="/jobs" method="get">' in sheet
    assert '<input type="hidden" name="q" value="焊工">' in sheet
    assert '<input type="hidden" name="pay_min" value="3000">' in sheet
    for name in ("without_agency", "without_dispatch", "without_slow", "unconfirmed_for", "exclude_words"):
        assert f'name="{name}"' in sheet, name
    assert 'href="#leave-out"' in page


def test_a_form_sent_with_nothing_chosen_leaves_out_nothing(client: Client) -> None:
    page = client.get("/jobs", {"q": "焊工", "unconfirmed_for": "", "exclude_words": ""})
    assert "共 2 个职位" in text_of(page)
    assert "隐藏" not in text_of(page)


def test_what_is_left_out_is_counted_and_can_be_shown(client: Client) -> None:
    page = client.get("/jobs", {"without_dispatch": "true", "exclude_words": "销售"})
    assert_is_public(page)
    text = text_of(page)
    assert "共 1 个职位" in text
    assert "已按您的“不看”隐藏 2 个职位" in text
    assert "不看：2 项" in text
    assert '<a href="?" rel="nofollow">显示</a>' in page.content.decode()


def test_a_search_that_hides_nothing_says_so(client: Client) -> None:
    assert "没有要隐藏的职位" in text_of(client.get("/jobs", {"exclude_words": "主播"}))


def test_words_may_be_separated_as_people_write_them(client: Client) -> None:
    page = client.get("/jobs", {"exclude_words": "销售、劳务；主播,客服，"})
    assert "共 1 个职位" in text_of(page)
    assert 'value="销售，劳务，主播，客服"' in page.content.decode()


def test_the_sheet_shows_again_what_was_chosen(client: Client) -> None:
    page = client.get("/jobs", {"without_slow": "true", "unconfirmed_for": "15"}).content.decode()
    assert '<input type="checkbox" name="without_slow" value="true" checked>' in page
    assert '<option value="15" selected>超过 15 天没有确认在招的</option>' in page


def test_any_number_of_days_of_a_url_stays(client: Client) -> None:
    page = client.get("/jobs", {"unconfirmed_for": "9"}).content.decode()
    assert '<option value="9" selected>' in page


def test_a_jobs_page_offers_to_leave_out_its_agency(client: Client, agency: Agency) -> None:
    job = posting(agency, title="仓管")
    page = client.get(f"/jobs/{job.pk}").content.decode()
    assert f'href="/jobs?exclude_agency={agency.pk}"' in page
    assert "不看这家职介" in page


def test_an_organisation_left_out_is_named_on_the_sheet(
    client: Client, agency: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        page = client.get("/jobs", {"exclude_agency": str(agency.pk)})
    assert f'name="exclude_agency" value="{agency.pk}" checked><span>' in page.content.decode()
    assert "已按您的“不看”隐藏 3 个职位" in text_of(page)


def test_what_is_left_out_costs_no_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        client.get("/jobs", {"without_dispatch": "true", "exclude_words": "销售"})
