"""Who saw my resume: one by one, by organisation, narrowed by kind and time."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from tests.factories import jobs, organisations
from tests.factories.accounts import browser, seeker
from tests.factories.public_site import assert_survives, links_of, text_of

pytestmark = pytest.mark.django_db
HERE = "/me/resume/accesses"


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


def looked(owner: User, agency: Agency | None = None, *, days: int = 1, **given: Any) -> ResumeAccess:
    """Somebody of an organisation saw the resume some days ago."""
    values = {
        "organisation_id": agency.id if agency else new_id(),
        "organisation_name": "示例人力资源有限公司",
        "person_id": new_id(),
        "person_role": "recruiter",
        "kind": "view",
        "purpose": "处理投递",
        "accessed_at": clock.now() - timedelta(days=days),
    }
    return ResumeAccess.objects.create(user=owner, **{**values, **given})


def test_each_look_says_who_in_which_role_how_why_and_under_which_job(
    lin: User, client: Client, agency: Agency
) -> None:
    job = jobs.posting(agency, title="电焊工")
    looked(lin, agency, posting_id=job.id, kind="contact", purpose="联系面试")
    page = client.get(HERE)
    for shown in ("示例人力资源有限公司", "招聘专员", "查看联系方式", "联系面试", "电焊工"):
        assert shown in text_of(page)
    assert f"/jobs/{job.id}" in links_of(page, "^/jobs/")
    assert "/feedback?about=privacy" in links_of(page, "^/feedback")


def test_organisations_are_counted_the_latest_first_and_lead_to_their_own(lin: User, client: Client) -> None:
    first, second = organisations.agency(), organisations.agency()
    for kind in ("view", "view", "download"):
        looked(lin, first, kind=kind, days=5, organisation_name="甲人力")
    looked(lin, second, days=2, organisation_name="乙人力")
    looked(seeker(), second, organisation_name="乙人力")
    text = text_of(client.get(HERE))
    assert "查看 2 次 · 下载 1 次" in text
    assert text.index("乙人力") < text.index("甲人力")
    narrowed = client.get(f"{HERE}?by={first.id}")
    assert "乙人力" not in text_of(narrowed)
    assert links_of(narrowed, "^/agencies/[0-9a-f]") == [f"/agencies/{first.id}"]


def test_an_organisation_that_changed_its_name_is_one_under_the_newest(
    lin: User, client: Client, agency: Agency
) -> None:
    looked(lin, agency, days=9, organisation_name="旧名人力")
    looked(lin, agency, days=1, organisation_name="新名人力")
    looked(lin, days=3, organisation_name="别家")
    page = client.get(HERE).content.decode()
    summary = page[page.index("access-lookers") : page.index("access-list")]
    assert "新名人力" in summary
    assert "旧名人力" not in summary


@pytest.mark.parametrize(
    ("asked", "count"),
    [("kind=download", 1), ("kind=view", 2), ("days=7", 2), ("days=30&kind=view", 1), ("days=365", 3), ("kind=x", 3)],
)
def test_it_is_narrowed_by_kind_and_time(lin: User, client: Client, agency: Agency, asked: str, count: int) -> None:
    looked(lin, agency, days=1)
    looked(lin, agency, days=3, kind="download")
    looked(lin, agency, days=200)
    assert client.get(f"{HERE}?{asked}").content.decode().count("处理投递") == count


def test_what_fits_nothing_says_so_and_shows_the_way_back(lin: User, client: Client) -> None:
    looked(lin)
    page = client.get(f"{HERE}?by={new_id()}&kind=download")
    assert "没有符合条件的记录" in text_of(page)
    assert HERE in links_of(page, f"^{HERE}$")


def test_an_organisation_without_a_shop_leads_to_none(lin: User, client: Client) -> None:
    closed = organisations.agency(is_listed=False)
    looked(lin, closed)
    looked(lin, organisation_name="蓉江机械有限公司")
    assert links_of(client.get(f"{HERE}?by={closed.id}"), "^/agencies/[0-9a-f]") == []


def test_from_a_look_leads_a_way_to_keep_that_organisation_out(lin: User, client: Client, agency: Agency) -> None:
    employer = organisations.employer()
    looked(lin, agency)
    looked(lin, organisation_id=employer.id)
    ways = links_of(client.get(HERE), "^/me/privacy/block/")
    assert {way.partition("?")[0].removeprefix("/me/privacy/block/") for way in ways} == {
        f"agency/{agency.id}",
        f"employer/{employer.id}",
    }
    assert all(client.get(way).status_code == 200 for way in ways)


def test_the_pages_keep_their_conditions_and_show_each_look_once(lin: User, client: Client, agency: Agency) -> None:
    for number in range(25):
        looked(lin, agency, days=number, purpose=f"第{number}次")
        looked(lin, days=number, purpose="别家看的")
    first = client.get(f"{HERE}?by={agency.id}")
    (following,) = links_of(first, "cursor=")
    second = client.get(f"{HERE}{following}")
    shown = [text_of(page).count("目的：第") for page in (first, second)]
    assert shown == [20, 5]
    assert "别家看的" not in text_of(second)


def test_it_asks_little_of_the_database_however_much_was_seen(
    lin: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        one = organisations.agency()
        looked(lin, one, posting_id=jobs.posting(one).id)
    with django_assert_max_num_queries(12):
        client.get(HERE)


def test_no_nonsense_breaks_it_and_nobody_else_sees_it(lin: User, client: Client) -> None:
    looked(lin)
    assert_survives(client, HERE, "by", "kind", "days", "cursor")
    assert Client().get(HERE).status_code == 302
    assert "示例人力" not in text_of(browser(seeker()).get(HERE))
