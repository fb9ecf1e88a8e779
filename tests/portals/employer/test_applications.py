"""An employer reads the applications to its own jobs: through agencies it works with, without contacts, every look logged."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application
from jiuye.domains.organisations.models import Affiliation, Employer
from jiuye.domains.resumes.models import ResumeAccess
from tests.factories import accounts, applications, organisations
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """The posting's employer works with the agency."""
    cast = assemble()
    assert cast.posting.employer is not None
    organisations.affiliate(cast.posting.employer, cast.agency)
    return cast


@pytest.fixture
def client(cast: Cast) -> Client:
    assert cast.posting.employer is not None
    return accounts.browser(User.objects.get(pk=organisations.member(cast.posting.employer).person_id))


def test_the_list_shows_who_applied_for_what_and_how_it_stands(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    applications.in_state(cast, "viewed")
    with django_assert_max_num_queries(12):
        page = client.get("/employer/applications").content.decode()
    assert all(text in page for text in ("林小满", cast.posting.title, "已查看"))


def test_a_look_at_the_resume_is_logged_and_shows_checks_but_no_contacts(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "submitted")
    page = client.post(f"/employer/applications/{application}/resume").content.decode()
    assert "蓉江机械制造有限公司" in page
    assert "未核验" in page
    assert cast.people["lin"].phone not in page
    look = ResumeAccess.objects.get()
    assert (look.organisation_name, look.kind, look.application_id) == ("蓉江精密机械有限公司", "view", application)
    assert Application.objects.get(pk=application).state == "submitted"


def test_looking_at_the_application_does_not_open_the_resume(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "viewed")
    before = ResumeAccess.objects.count()
    page = client.get(f"/employer/applications/{application}").content.decode()
    assert "打开简历" in page
    assert "蓉江机械制造有限公司" not in page
    assert ResumeAccess.objects.count() == before


def test_after_a_withdrawal_the_resume_stays_closed(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "withdrawn")
    page = client.post(f"/employer/applications/{application}/resume", follow=True).content.decode()
    assert "已撤回" in page
    assert not ResumeAccess.objects.filter(organisation_name="蓉江精密机械有限公司").exists()


@pytest.mark.parametrize("state", ["requested", "refused", "withdrawn", "ended"])
def test_without_an_approved_affiliation_there_is_nothing_to_see(cast: Cast, client: Client, state: str) -> None:
    application = applications.in_state(cast, "viewed")
    Affiliation.objects.update(state=state, reason="近期任务已满")
    before = ResumeAccess.objects.count()
    assert "林小满" not in client.get("/employer/applications").content.decode()
    assert client.get(f"/employer/applications/{application}").status_code == 404
    assert client.post(f"/employer/applications/{application}/resume").status_code == 404
    assert ResumeAccess.objects.count() == before


@pytest.mark.parametrize("change", [{"is_certified": False}, {"restriction": "suspended"}, {"restriction": "banned"}])
def test_without_standing_there_is_nothing_to_see(cast: Cast, client: Client, change: dict[str, Any]) -> None:
    application = applications.in_state(cast, "viewed")
    Employer.objects.filter(pk=cast.posting.employer_id).update(**change)
    assert "林小满" not in client.get("/employer/applications").content.decode()
    assert client.get(f"/employer/applications/{application}").status_code == 404


def test_another_employers_applications_do_not_exist(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    stranger = User.objects.get(pk=organisations.member(organisations.employer()).person_id)
    assert accounts.browser(stranger).get(f"/employer/applications/{application}").status_code == 404


def test_the_list_is_filtered_searched_and_sorted(cast: Cast, client: Client) -> None:
    lin = applications.in_state(cast, "viewed")
    Application.objects.filter(pk=lin).update(applicant_name="林小满")
    wu = applications.apply(cast.wu, cast.posting)
    Application.objects.filter(pk=wu).update(applicant_name="吴来宾")
    for query, found in {
        "q=林小": [lin],
        "q=没有": [],
        "group=new": [wu],
        f"posting={cast.posting.id}": [wu, lin],
        f"agency={cast.agency.id}&sort=oldest": [lin, wu],
        f"agency={cast.posting.id}": [],
        "verdict=none": [wu, lin],
        "verdict=suitable": [],
        "days=7&sort=moved": [wu, lin],
        "group=nonsense&days=x&sort=y&posting=z": [wu, lin],
    }.items():
        page = client.get(f"/employer/applications?{query}").content.decode()
        shown = re.findall(r'class="row-link" href="/employer/applications/([0-9a-f-]{36})"', page)
        assert shown == [str(one) for one in found], query


@pytest.mark.parametrize("query", ["", "?q=林&verdict=none&sort=moved"])
def test_the_list_costs_the_same_for_many(
    cast: Cast, client: Client, query: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    applications.in_state(cast, "viewed")
    applications.apply(cast.wu, cast.posting)
    with django_assert_max_num_queries(12):
        client.get(f"/employer/applications{query}")


def test_an_opinion_is_given_and_stays_readable(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "viewed")
    path = f"/employer/applications/{application}"
    assert client.post(f"{path}/opinion", {"note": "只写了说明"}).status_code == 422
    client.post(f"{path}/opinion", {"verdict": "suitable", "note": "焊接经验对口"})
    page = client.get(path).content.decode()
    assert "焊接经验对口" in page
    zhou = accounts.browser(User.objects.get(pk=cast.zhou.person_id))
    assert "焊接经验对口" in zhou.get(f"/agency/applications/{application}").content.decode()
    assert "企业：" in zhou.get("/agency/applications").content.decode()
    lin = accounts.browser(cast.people["lin"])
    assert "焊接经验对口" not in lin.get(f"/me/applications/{application}").content.decode()


def test_the_pdf_is_logged_and_names_the_employer(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "viewed")
    answer = client.post(f"/employer/applications/{application}/resume.pdf")
    assert b"".join(answer)[:5] == b"%PDF-" if answer.streaming else answer.content[:5] == b"%PDF-"
    look = ResumeAccess.objects.get(organisation_name="蓉江精密机械有限公司")
    assert look.kind == "download"


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_after_the_end_of_the_application_there_is_no_download(cast: Cast, client: Client, state: str) -> None:
    application = applications.in_state(cast, state)
    assert client.post(f"/employer/applications/{application}/resume.pdf").status_code == 302
    assert not ResumeAccess.objects.filter(organisation_name="蓉江精密机械有限公司").exists()


def test_the_photo_is_shown_only_after_the_resume_was_opened(cast: Cast, client: Client) -> None:
    application = applications.in_state(cast, "viewed")
    assert client.get(f"/employer/applications/{application}/photo.jpg").status_code == 404


def test_the_list_is_exported_as_it_is_filtered_without_formulas_or_contacts(cast: Cast, client: Client) -> None:
    applications.in_state(cast, "viewed")
    answer = client.post("/employer/applications/export", {"q": "林"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "求职者"
    assert rows[1][:4] == ["林小满", cast.posting.title, cast.agency.legal_name, "已查看"]
    assert cast.people["lin"].phone not in str(rows)
    empty = load_workbook(io.BytesIO(client.post("/employer/applications/export", {"q": "没有"}).content)).active
    assert empty is not None
    assert empty.max_row == 1


def test_read_only_members_read_but_take_nothing_out(cast: Cast) -> None:
    application = applications.in_state(cast, "viewed")
    assert cast.posting.employer is not None
    reader = organisations.member(cast.posting.employer, role="viewer")
    browser = accounts.browser(User.objects.get(pk=reader.person_id))
    page = browser.post(f"/employer/applications/{application}/resume").content.decode()
    assert "蓉江机械制造有限公司" in page
    assert "下载 PDF" not in page
    for path in (f"{application}/resume.pdf", f"{application}/opinion", "export"):
        assert browser.post(f"/employer/applications/{path}").status_code == 403


def test_seekers_and_agencies_are_kept_out(cast: Cast) -> None:
    assert Client().get("/employer/applications").status_code == 302
    zhou = User.objects.get(pk=cast.zhou.person_id)
    for person in (accounts.seeker(), zhou):
        assert accounts.browser(person).get("/employer/applications").status_code == 403
