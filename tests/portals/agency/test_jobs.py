"""An agency's postings in its portal: the form, publishing, occupations."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.jobs.models import JobPosting, OccupationLabel
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.reference.queries import suggest_occupations
from jiuye.kernel import clock
from tests.factories import jobs, organisations, reference
from tests.factories.job_forms import only, page, signed_in, written

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


@pytest.fixture
def client(agency: Agency) -> Client:
    return signed_in(organisations.member(agency))


# Writing


def test_a_title_alone_is_saved_as_a_draft(client: Client) -> None:
    reference.occupation(reference.WELDER)
    answer = client.post("/agency/jobs/new", {"title": "焊工", "hiring_for": "other"})
    assert answer.status_code == 302
    assert (only().title, only().state) == ("焊工", "draft")


def test_the_whole_form_is_stored(client: Client) -> None:
    employer = organisations.employer()
    client.post("/agency/jobs/new", written(employer))
    posting = only()
    assert (posting.employer_id, posting.occupation_id) == (employer.id, reference.WELDER)
    assert (posting.pay_min, posting.pay_max, posting.pay_months) == (6000, 9000, 13)
    assert (posting.experience_min, posting.experience_max, posting.education) == (1, 3, "60")
    assert posting.benefits == ["五险一金", "包住"]


@pytest.mark.parametrize(
    ("unit", "low", "stored"),
    [("month", "6000", 6000), ("day", "200", 4350), ("hour", "25.5", 4437), ("year", "120000", 10000)],
)
def test_pay_is_stored_by_the_month_and_comes_back_as_written(client: Client, unit: str, low: str, stored: int) -> None:
    client.post("/agency/jobs/new", written(organisations.employer(), pay_unit=unit, pay_low=low, pay_high=""))
    assert only().pay_min == stored
    assert f'value="{low}"' in page(client, f"/agency/jobs/{only().id}/edit")


def test_saving_the_form_unchanged_changes_nothing(client: Client) -> None:
    client.post("/agency/jobs/new", written(organisations.employer(), pay_unit="day", pay_low="150", pay_high="200"))
    form = page(client, f"/agency/jobs/{only().id}/edit")
    client.post(f"/agency/jobs/{only().id}/edit", fields_of(form))
    assert only().version == 1


def fields_of(html: str) -> dict[str, str]:
    """What a browser would send of the posting's form as it came."""
    found = dict(re.findall(r'<input type="(?:text|hidden|date)" name="(\w+)"(?: value="([^"]*)")?', html))
    found |= dict(re.findall(r'<textarea name="(\w+)"[^>]*>\r?\n?(.*?)</textarea>', html, re.DOTALL))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen.group(1) if chosen else ""
    checked = re.search(r'name="hiring_for" value="(\w+)" checked', html)
    return {**found, "hiring_for": checked.group(1) if checked else ""}


def test_an_occupation_left_open_follows_from_the_title(client: Client) -> None:
    client.post("/agency/jobs/new", written(organisations.employer(), title="电焊工", occupation=""))
    assert only().occupation_id == reference.WELDER


def test_an_unknown_occupation_is_answered_with_near_ones_and_the_input_kept(client: Client) -> None:
    answer = client.post("/agency/jobs/new", written(organisations.employer(), occupation="焊"))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "您是不是要找：" in body
    assert "示范路18号" in body


def test_a_region_typed_without_scripts_is_understood(client: Client) -> None:
    client.post("/agency/jobs/new", written(organisations.employer(), region="四川成都武侯区"))
    assert only().region_id == reference.WUHOU


def test_an_agency_can_recruit_for_itself(client: Client, agency: Agency) -> None:
    client.post("/agency/jobs/new", written(organisations.employer(), hiring_for="own"))
    employer = only().employer
    assert employer is not None
    assert (employer.legal_name, employer.credit_code) == (agency.legal_name, agency.credit_code)


def test_a_new_employer_is_recorded_once(client: Client, agency: Agency) -> None:
    code = organisations.credit_code()
    for _ in range(2):
        client.post(
            "/agency/jobs/new", written(organisations.employer(), employer_name="示例新厂有限公司", employer_code=code)
        )
    employer = Employer.objects.get(legal_name="示例新厂有限公司")
    assert (employer.credit_code, employer.named_by_id) == (code, agency.id)


def test_a_credit_code_that_is_another_firms_is_refused_at_the_name(client: Client) -> None:
    employer = organisations.employer()
    answer = client.post("/agency/jobs/new", written(employer, employer_name="示例冒名有限公司"))
    assert answer.status_code == 422
    assert employer.legal_name in answer.content.decode()
    assert not JobPosting.objects.exists()


def test_a_wrong_credit_code_says_how_to_correct_it(client: Client) -> None:
    answer = client.post("/agency/jobs/new", written(organisations.employer(), employer_code="91510107"))
    assert answer.status_code == 422
    assert "应为 18 位" in answer.content.decode()


def test_an_edit_that_comes_second_is_refused_and_keeps_what_was_typed(client: Client) -> None:
    employer = organisations.employer()
    client.post("/agency/jobs/new", written(employer))
    path = f"/agency/jobs/{only().id}/edit"
    client.post(path, written(employer, title="先到的", version="1"))
    answer = client.post(path, written(employer, title="后到的", version="1"))
    assert answer.status_code == 409
    assert "后到的" in answer.content.decode()
    assert only().title == "先到的"


def test_typed_markup_is_shown_as_text(client: Client) -> None:
    client.post("/agency/jobs/new", written(organisations.employer(), title="<script>alert(1)</script>焊工"))
    assert "<script>alert" not in page(client, f"/agency/jobs/{only().id}")


# Publishing


def test_a_draft_shows_what_it_lacks_and_who_demands_it(client: Client, agency: Agency) -> None:
    posting = jobs.draft(agency, headcount=None, working_conditions="")
    body = page(client, f"/agency/jobs/{posting.id}")
    assert "还缺少 2 项" in body
    assert "《网络招聘服务管理规定》" in body
    assert f"/agency/jobs/{posting.id}/edit#id_headcount" in body


def test_a_draft_shows_offending_words_and_the_law(client: Client, agency: Agency) -> None:
    posting = jobs.draft(agency, requirements="限男性")
    body = page(client, f"/agency/jobs/{posting.id}")
    assert "<mark>限男性</mark>" in body
    assert "《妇女权益保障法》第四十三条" in body


def test_publishing_confirms_the_closing_day(client: Client, agency: Agency) -> None:
    posting = jobs.draft(agency, valid_through=None)
    day = clock.today() + timedelta(days=45)
    client.post(f"/agency/jobs/{posting.id}/publish", {"valid_through": str(day), "version": "1"})
    assert (only().state, only().valid_through) == ("published", day)


@pytest.mark.parametrize(("days", "said"), [(-1, "已经过去"), (181, "最长 180 天")])
def test_a_closing_day_out_of_bounds_is_refused_at_its_field(
    client: Client, agency: Agency, days: int, said: str
) -> None:
    posting = jobs.draft(agency)
    day = clock.today() + timedelta(days=days)
    answer = client.post(f"/agency/jobs/{posting.id}/publish", {"valid_through": str(day), "version": "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert only().state == "draft"


def test_stopped_words_are_not_published(client: Client, agency: Agency) -> None:
    posting = jobs.draft(agency, requirements="限男性")
    body = {"valid_through": str(clock.today()), "version": "1"}
    answer = client.post(f"/agency/jobs/{posting.id}/publish", body)
    assert answer.status_code == 422
    assert "妇女权益保障法" in answer.content.decode()


def test_publishing_a_posting_that_has_changed_since_is_refused(client: Client, agency: Agency) -> None:
    posting = jobs.draft(agency, version=2)
    body = {"valid_through": str(clock.today()), "version": "1"}
    assert client.post(f"/agency/jobs/{posting.id}/publish", body).status_code == 302
    assert only().state == "draft"
    assert "被修改过" in page(client, f"/agency/jobs/{posting.id}")


def test_withdraw_and_publish_again(client: Client, agency: Agency) -> None:
    posting = jobs.posting(agency)
    client.post(f"/agency/jobs/{posting.id}/withdraw")
    assert only().state == "withdrawn"
    assert "重新发布" in page(client, f"/agency/jobs/{posting.id}")
    client.post(f"/agency/jobs/{posting.id}/publish", {"valid_through": str(clock.today()), "version": "2"})
    assert only().state == "published"


def test_filling_says_how_many_were_hired_and_publishing_again_forgets_it(client: Client, agency: Agency) -> None:
    posting = jobs.posting(agency)
    client.post(f"/agency/jobs/{posting.id}/fill", {"hired_here": "2", "hired_elsewhere": "1"})
    closed = only()
    assert (closed.state, closed.closing_reason, closed.hired_here, closed.hired_elsewhere) == (
        "withdrawn",
        "filled",
        2,
        1,
    )
    assert "通过本平台招到 2 人" in page(client, f"/agency/jobs/{posting.id}")
    day = str(clock.today() + timedelta(days=30))
    client.post(f"/agency/jobs/{posting.id}/publish", {"valid_through": day, "version": closed.version})
    assert (only().state, only().closing_reason, only().hired_here) == ("published", "", None)


@pytest.mark.parametrize(
    "numbers", [{}, {"hired_here": "0", "hired_elsewhere": "0"}, {"hired_here": "-1", "hired_elsewhere": "3"}]
)
def test_filling_needs_true_numbers(client: Client, agency: Agency, numbers: dict[str, str]) -> None:
    posting = jobs.posting(agency)
    answer = client.post(f"/agency/jobs/{posting.id}/fill", numbers)
    assert (answer.status_code, only().state) == (422, "published")


def test_withdrawing_twice_is_told_and_changes_nothing(client: Client, agency: Agency) -> None:
    posting = jobs.posting(agency, state="withdrawn")
    client.post(f"/agency/jobs/{posting.id}/withdraw")
    assert "已下架" in page(client, f"/agency/jobs/{posting.id}")
    assert only().version == 1


def test_a_copy_opens_in_the_form(client: Client, agency: Agency) -> None:
    posting = jobs.posting(agency)
    answer = client.post(f"/agency/jobs/{posting.id}/copy")
    copy = JobPosting.objects.exclude(pk=posting.id).get()
    assert answer.headers["Location"] == f"/agency/jobs/{copy.id}/edit"


# Suggestions and costs


def test_employers_of_other_agencies_are_not_suggested(client: Client, agency: Agency) -> None:
    own = organisations.employer(named_by=agency)
    foreign = organisations.employer(named_by=organisations.agency())
    body = page(client, "/agency/jobs/employers?employer_name=示例")
    assert own.legal_name in body
    assert foreign.legal_name not in body


def test_occupations_are_suggested_with_their_class(client: Client) -> None:
    assert '<option value="焊工">' in page(client, "/agency/jobs/occupations?occupation=焊工")


@pytest.mark.parametrize(
    "path", ["/agency", "/agency/jobs", "/agency/jobs/new", "/agency/jobs/{}", "/agency/jobs/{}/edit", "/agency/shop"]
)
def test_pages_cost_few_queries_however_many_rows(
    client: Client, agency: Agency, django_assert_max_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    employer = organisations.employer(named_by=agency)
    postings = [jobs.posting(agency, employer=employer) for _ in range(25)]
    with django_assert_max_num_queries(MOST_QUERIES):
        page(client, path.format(postings[0].id))


# The occupation


def test_a_draft_without_an_occupation_offers_five_and_one_click_chooses(client: Client, agency: Agency) -> None:
    posting = jobs.draft(agency, title="技术员")
    text = page(client, f"/agency/jobs/{posting.id}")
    offered = re.findall(r'name="occupation"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="occupation"', text)
    codes = ["".join(pair) for pair in offered]
    assert codes == [one.code for one in suggest_occupations("技术员")]
    assert len(codes) == 5
    reference.occupation(codes[1])
    answer = client.post(f"/agency/jobs/{posting.id}/occupation", {"occupation": codes[1]}, follow=True)
    assert "已记下职业" in answer.content.decode()
    assert only().occupation_id == codes[1]
    assert "属于哪个职业" not in answer.content.decode()
    assert OccupationLabel.objects.get().is_suggested


def test_an_occupation_written_in_the_form_is_kept_as_a_label(client: Client) -> None:
    client.post("/agency/jobs/new", written(organisations.employer(), title="技术员"))
    label = OccupationLabel.objects.get()
    assert (label.title, label.occupation_id) == ("技术员", reference.WELDER)


def test_before_anything_is_typed_the_title_suggests_occupations(client: Client) -> None:
    text = page(client, "/agency/jobs/occupations?title=外卖骑手&occupation=")
    assert "网约配送员" in text
    assert text.count("<option") <= 5
