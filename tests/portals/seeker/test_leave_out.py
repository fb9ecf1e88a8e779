"""The sheet 不看 of the list of jobs: what people leave out, and what the page says of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency
from jiuye.search.models import LeaveOutList
from tests.factories import organisations
from tests.factories.accounts import browser, seeker
from tests.factories.applications import apply
from tests.factories.cast import assemble
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
    assert f'href="/jobs?leave_out=more&amp;exclude_agency={agency.pk}"' in page
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


class TestRemembered:
    """What a person asks to remember is left out of their searches until they say otherwise."""

    @pytest.fixture
    def lin(self) -> User:
        return seeker()

    @pytest.fixture
    def own(self, lin: User) -> Client:
        own = browser(lin)
        assert own.post("/me/leave-out?without_dispatch=true&exclude_words=销售").status_code == 303
        return own

    def test_a_search_that_names_nothing_leaves_it_out(self, own: Client) -> None:
        page = own.get("/jobs")
        assert "no-store" in page.headers["Cache-Control"]
        assert "private" in page.headers["Cache-Control"]
        text = text_of(page)
        assert "已按您的“不看”隐藏 2 个职位" in text
        assert "不看：2 项" in text
        assert "这次不用" in text

    def test_nobody_else_gets_it(self, own: Client, client: Client) -> None:
        assert "共 3 个职位" in text_of(client.get("/jobs"))
        assert "共 3 个职位" in text_of(browser(seeker()).get("/jobs"))

    def test_it_can_be_suspended_and_stays_so_on_the_next_page(self, own: Client) -> None:
        page = own.get("/jobs", {"leave_out": "none"})
        assert "共 3 个职位" in text_of(page)
        assert "这次没有用您记住的" in text_of(page)
        assert "leave_out=none&amp;sort=pay" in page.content.decode()

    def test_a_form_sent_with_nothing_chosen_suspends_it(self, own: Client) -> None:
        page = own.get("/jobs", {"unconfirmed_for": "", "exclude_words": ""})
        assert "共 3 个职位" in text_of(page)
        assert "leave_out=none&amp;sort=pay" in page.content.decode()

    def test_what_a_url_names_is_taken_in_its_place(self, own: Client) -> None:
        assert "共 2 个职位" in text_of(own.get("/jobs", {"exclude_words": "氩弧"}))

    def test_an_organisation_from_a_jobs_page_comes_beside_it(self, own: Client, agency: Agency) -> None:
        page = own.get("/jobs", {"leave_out": "more", "exclude_agency": str(agency.pk)})
        assert "不看：3 项" in text_of(page)

    def test_it_says_what_it_will_remember_before_it_does(self, own: Client) -> None:
        text = text_of(own.get("/me/leave-out?q=焊工&unconfirmed_for=15&without_applied=true"))
        assert "不看 15 天没有确认的" in text
        assert "不看投过的" in text
        assert "不看“销售”" in text
        assert "共 1 个职位" in text_of(own.get("/jobs"))

    def test_it_can_be_forgotten(self, own: Client) -> None:
        own.post("/me/leave-out")
        page = own.get("/jobs")
        assert "共 3 个职位" in text_of(page)
        assert not LeaveOutList.objects.exists()

    def test_it_is_for_people_who_signed_in(self, client: Client) -> None:
        assert client.get("/me/leave-out?without_slow=true").status_code == 302

    def test_it_costs_a_fixed_number_of_queries(
        self, own: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        own.post("/me/leave-out?without_dispatch=true&without_applied=true")
        with django_assert_max_num_queries(6):
            own.get("/jobs")


def test_what_one_applied_to_is_left_out() -> None:
    cast = assemble()
    index_all()
    apply(cast.lin, cast.posting)
    own = browser(User.objects.get(pk=cast.lin.person))
    everything = text_of(own.get("/jobs"))
    assert "共 4 个职位" in everything
    page = own.get("/jobs", {"without_applied": "true"})
    assert "共 3 个职位" in text_of(page)
    assert str(cast.posting.pk) not in page.content.decode()
    assert "已按您的“不看”隐藏 1 个职位" in text_of(page)


def test_a_visitor_has_applied_to_nothing(client: Client) -> None:
    page = client.get("/jobs", {"without_applied": "true"})
    assert "共 3 个职位" in text_of(page)
    assert "我投过的" not in text_of(page)
