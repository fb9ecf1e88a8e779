"""The list of an agency's postings: filters, several at once, and who may see and change them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from tests.factories import accounts, jobs, organisations, reference
from tests.factories.job_forms import only, page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


@pytest.fixture
def client(agency: Agency) -> Client:
    return signed_in(organisations.member(agency))


# The list


def test_the_list_filters_by_state_text_region_and_what_is_due(client: Client, agency: Agency) -> None:
    jobs.posting(agency, title="甲职位", valid_through=clock.today() + timedelta(days=2))
    jobs.draft(agency, title="乙职位", region=reference.region(reference.NANSHAN))
    cases = {"?state=draft": "乙", "?q=甲": "甲", "?region=440000": "乙", "?region=510000": "甲", "?due=soon": "甲"}
    for query, shown in cases.items():
        body = page(client, f"/agency/jobs{query}")
        hidden = "乙" if shown == "甲" else "甲"
        assert f"{shown}职位" in body, query
        assert f"{hidden}职位" not in body, query


def test_a_nonsense_filter_shows_the_list(client: Client) -> None:
    page(client, "/agency/jobs?state=x&region=1&due=y&cursor=zz&batch=1")


def test_a_posting_past_its_last_day_reads_as_expired_before_the_task_has_run(client: Client, agency: Agency) -> None:
    posting = jobs.posting(agency, valid_through=jobs.yesterday())
    assert "已到期" in page(client, f"/agency/jobs/{posting.id}")


def test_paging_reaches_every_posting_once(client: Client, agency: Agency) -> None:
    employer = organisations.employer(named_by=agency)
    ids = {str(jobs.posting(agency, employer=employer).id) for _ in range(65)}
    seen: list[str] = []
    path = "/agency/jobs"
    while path:
        body = page(client, path)
        seen += re.findall(r'class="row-link" href="/agency/jobs/([0-9a-f-]{36})"', body)
        following = re.search(r'href="(\?[^"]*)" rel="next"', body)
        path = f"/agency/jobs{following.group(1)}".replace("&amp;", "&") if following else ""
    assert len(seen) == 65
    assert set(seen) == ids


def test_several_are_published_and_the_rest_explained(client: Client, agency: Agency) -> None:
    good, bad = jobs.draft(agency, title="能发"), jobs.draft(agency, title="不能发", requirements="限女性")
    body = {"posting": [str(good.id), str(bad.id)], "change": "publish"}
    answer = client.post("/agency/jobs/several", body).content.decode()
    assert "已发布 1 个" in answer
    assert "限女性" in answer
    good.refresh_from_db()
    assert good.state == "published"


def test_several_withdrawn_return_to_the_list(client: Client, agency: Agency) -> None:
    ids = [str(jobs.posting(agency).id) for _ in range(2)]
    answer = client.post("/agency/jobs/several", {"posting": ids, "change": "withdraw"})
    assert answer.status_code == 302
    assert set(JobPosting.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_nothing_chosen_is_told(client: Client) -> None:
    client.post("/agency/jobs/several", {"change": "withdraw"})
    assert "请先勾选" in page(client, "/agency/jobs")


# Who may


READING = ["/agency/jobs/{}", "/agency/jobs/{}/edit"]
WRITING = ["edit", "copy", "publish", "withdraw", "fill", "confirm"]


def test_a_viewer_reads_and_finds_no_buttons(agency: Agency) -> None:
    viewer = signed_in(organisations.member(agency, role="viewer"))
    posting = jobs.posting(agency)
    body = page(viewer, f"/agency/jobs/{posting.id}") + page(viewer, "/agency/jobs") + page(viewer, "/agency")
    assert "/agency/jobs/new" not in body
    assert "/withdraw" not in body
    assert 'name="change"' not in body


@pytest.mark.parametrize("verb", WRITING)
def test_a_viewer_changes_nothing(agency: Agency, verb: str) -> None:
    posting = jobs.posting(agency)
    viewer = signed_in(organisations.member(agency, role="viewer"))
    assert viewer.post(f"/agency/jobs/{posting.id}/{verb}", {"title": "x"}).status_code == 403
    assert viewer.post("/agency/jobs/several", {"posting": [posting.id], "change": "withdraw"}).status_code == 403
    assert viewer.post("/agency/jobs/new", {"title": "x", "hiring_for": "other"}).status_code == 403
    assert (only().version, only().state) == (1, "published")


@pytest.mark.parametrize("verb", ["", "edit", *WRITING])
def test_another_agencys_posting_answers_like_one_that_does_not_exist(client: Client, verb: str) -> None:
    posting = jobs.posting()
    body = {"title": "x", "hiring_for": "other", "version": "1", "valid_through": str(clock.today())}
    paths = [f"/agency/jobs/{one}/{verb}".rstrip("/") for one in (posting.id, posting.agency_id)]
    foreign, absent = (client.post(path, body) if verb in WRITING else client.get(path) for path in paths)
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert only().version == 1


def test_seekers_and_employers_are_kept_out(agency: Agency) -> None:
    posting = jobs.posting(agency)
    for stranger in (accounts.seeker(), User.objects.get(pk=organisations.member(organisations.employer()).person_id)):
        assert accounts.browser(stranger).get(f"/agency/jobs/{posting.id}").status_code == 403
    assert Client().get(f"/agency/jobs/{posting.id}").status_code == 302


def test_a_form_from_elsewhere_is_refused(agency: Agency) -> None:
    posting = jobs.posting(agency)
    person = User.objects.get(pk=organisations.member(agency).person_id)
    client = accounts.browser(person, checks_csrf=True)
    assert client.post(f"/agency/jobs/{posting.id}/withdraw").status_code == 403
    assert only().state == "published"
