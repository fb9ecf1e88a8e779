"""The operators' pages of sanctions and appeals."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency
from jiuye.domains.sanctions import actions
from jiuye.domains.sanctions.models import Appeal, Sanction
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories import accounts, clients, jobs, organisations, sanctions
from tests.factories.pictures import photo
from tests.factories.reports import reported

pytestmark = pytest.mark.django_db
REASON = "职位“急招普工”要求求职者交 500 元押金。"


def signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


@pytest.fixture
def auditor() -> Actor:
    return organisations.operator("auditor")


@pytest.fixture
def other() -> Client:
    return signed_in(organisations.operator("auditor"))


@pytest.fixture
def desk(auditor: Actor) -> Client:
    return signed_in(auditor)


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


def written(**changes: Any) -> dict[str, Any]:
    usual = {
        "level": "limit",
        "reason": REASON,
        "bases": ["deposits"],
        "evidence": "转账记录。",
        "step_reason": "情节严重。",
        "ends_on": (clock.today() + timedelta(days=30)).isoformat(),
        "seen": "0",
    }
    return {**usual, **changes}


def new(agency: Agency) -> str:
    return f"/ops/sanctions/new/agency/{agency.pk}"


def test_a_sanction_is_imposed_with_evidence_and_read_again(desk: Client, agency: Agency) -> None:
    answer = desk.post(new(agency), written(attachments=[photo()]))
    sanction = Sanction.objects.get()
    assert answer["Location"] == f"/ops/sanctions/{sanction.pk}"
    agency.refresh_from_db()
    assert agency.restriction == "limited"
    page = desk.get(answer["Location"]).content.decode()
    for said in (REASON, "转账记录。", "情节严重。", "不得向劳动者收取押金", "限制发布"):
        assert said in page
    file = sanction.files.get()
    download = desk.get(f"/ops/sanctions/{sanction.pk}/files/{file.pk}")
    assert download["Content-Disposition"].startswith("attachment")
    assert download.content.startswith(b"\xff\xd8\xff")


def test_a_refused_form_keeps_what_was_written_and_says_where(desk: Client, agency: Agency) -> None:
    answer = desk.post(new(agency), written(bases=[], step_reason=""))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert REASON in page
    assert "请至少选择一条依据" in page
    assert not Sanction.objects.exists()


def test_the_form_offers_the_next_step_and_names_a_skipped_one(desk: Client, agency: Agency) -> None:
    assert "提醒（按以往记录的下一步）" in desk.get(new(agency)).content.decode()
    answer = desk.post(new(agency), written(step_reason=""))
    assert answer.status_code == 422
    assert "下一步是“提醒”" in answer.content.decode()


def test_from_a_posting_the_evidence_is_filled_in_and_the_posting_kept(desk: Client, agency: Agency) -> None:
    posting = jobs.posting(agency, title="急招普工")
    reported(posting)
    address = f"{new(agency)}?posting={posting.pk}"
    assert "职位“急招普工”" in desk.get(address).content.decode()
    desk.post(address, written(evidence=""))
    assert Sanction.objects.get().posting_id == posting.pk
    report = desk.get(f"/ops/reports/{posting.pk}").content.decode()
    assert f"/ops/sanctions/new/agency/{agency.pk}?posting={posting.pk}" in report


@pytest.mark.parametrize("text", ["nonsense", "00000000-0000-7000-8000-000000000000"])
def test_an_unknown_posting_in_the_address_is_ignored(desk: Client, agency: Agency, text: str) -> None:
    assert desk.get(f"{new(agency)}?posting={text}").status_code == 200


def test_a_form_sent_twice_imposes_once(desk: Client, agency: Agency) -> None:
    sent = written(csrfmiddlewaretoken="of-one-page")
    first, second = desk.post(new(agency), sent), desk.post(new(agency), sent)
    assert first["Location"] == second["Location"]
    assert Sanction.objects.count() == 1


def test_the_form_shows_the_agencys_api_clients(desk: Client, agency: Agency) -> None:
    assert "接口客户端" not in desk.get(new(agency)).content.decode()
    clients.caller(agency)
    shown = desk.get(new(agency)).content.decode()
    for said in ("接口客户端（1）", "人事系统", "正式", "还没有用过", "立即关闭它的接口"):
        assert said in shown


def test_organisations_are_found_by_name_and_code_and_people_by_their_number(desk: Client, agency: Agency) -> None:
    for text in (agency.legal_name[:6], agency.credit_code):
        assert new(agency) in desk.get("/ops/sanctions/new", {"q": text}).content.decode()
    person = accounts.person("王甲", phone="13800660066")
    found = desk.post("/ops/sanctions/new", {"phone": "138 0066 0066"})
    assert found["Location"] == f"/ops/sanctions/new/person/{person.pk}"
    page = desk.get(found["Location"]).content.decode()
    assert "王甲" not in page
    assert "13800660066" not in page
    assert desk.post("/ops/sanctions/new", {"phone": "13800660067"}).status_code == 422


def test_a_ban_is_confirmed_by_another_and_not_by_the_same(desk: Client, other: Client, agency: Agency) -> None:
    desk.post(new(agency), written(level="ban", ends_on=""))
    sanction = Sanction.objects.get()
    address = f"/ops/sanctions/{sanction.pk}"
    assert "/confirm" not in desk.get(address).content.decode()
    desk.post(f"{address}/confirm")
    sanction.refresh_from_db()
    assert sanction.state == "proposed"
    assert f"{address}/confirm" in other.get(address).content.decode()
    other.post(f"{address}/confirm")
    sanction.refresh_from_db()
    assert sanction.state == "active"


def test_a_proposed_ban_is_declined_with_a_reason(desk: Client, other: Client, agency: Agency) -> None:
    desk.post(new(agency), written(level="ban", ends_on=""))
    address = f"/ops/sanctions/{Sanction.objects.get().pk}"
    assert other.post(f"{address}/decline", {"decline-reason": ""}).status_code == 422
    other.post(f"{address}/decline", {"decline-reason": "证据不足。"})
    assert Sanction.objects.get().state == "declined"


def test_lifting_needs_a_reason(desk: Client, agency: Agency) -> None:
    desk.post(new(agency), written())
    address = f"/ops/sanctions/{Sanction.objects.get().pk}"
    assert desk.post(f"{address}/lift", {"lift-reason": ""}).status_code == 422
    desk.post(f"{address}/lift", {"lift-reason": "押金已退还。"})
    assert Sanction.objects.get().state == "lifted"


class TestAppeals:
    @pytest.fixture
    def appeal(self, auditor: Actor, agency: Agency) -> Appeal:
        sanction = sanctions.sanction(agency, "limit", decided_by=User.objects.get(pk=auditor.person))
        owner = organisations.member(agency, role="owner")
        return Appeal.objects.get(
            pk=actions.submit_appeal(owner, sanction_id=sanction.pk, text="押金已在处置前全部退还。")
        )

    def test_it_waits_in_its_tab(self, desk: Client, appeal: Appeal) -> None:
        assert f"/ops/sanctions/{appeal.sanction_id}" in desk.get("/ops/sanctions?tab=appeals").content.decode()
        assert f"/ops/sanctions/{appeal.sanction_id}" not in desk.get("/ops/sanctions?tab=closed").content.decode()

    def test_who_imposed_it_sees_why_another_decides_and_is_refused(
        self, desk: Client, other: Client, appeal: Appeal
    ) -> None:
        address = f"/ops/sanctions/{appeal.sanction_id}"
        assert "申诉要由另一位审核员处理" in desk.get(address).content.decode()
        sent = {"verdict": "reject", "answer": "收款账户与机构一致，维持原处置。"}
        desk.post(f"{address}/appeals/{appeal.pk}", sent)
        appeal.refresh_from_db()
        assert appeal.state == "open"
        assert other.post(f"{address}/appeals/{appeal.pk}", {"verdict": "reject", "answer": ""}).status_code == 422
        other.post(f"{address}/appeals/{appeal.pk}", sent)
        appeal.refresh_from_db()
        assert appeal.state == "rejected"


@pytest.mark.parametrize("role", ["support", "editor", "security_admin", "audit_admin"])
def test_other_operators_are_kept_out(role: str, agency: Agency) -> None:
    client = signed_in(organisations.operator(role))
    sanction = sanctions.sanction(agency, "limit")
    for address in ("/ops/sanctions", "/ops/sanctions/new", new(agency), f"/ops/sanctions/{sanction.pk}"):
        assert client.get(address).status_code == 403
    assert client.post(f"/ops/sanctions/{sanction.pk}/lift", {"lift-reason": "x"}).status_code == 403
    assert Sanction.objects.get().state == "active"


def test_the_pages_cost_the_same_for_one_and_for_many(
    desk: Client, agency: Agency, django_assert_max_num_queries: Any
) -> None:
    one = sanctions.sanction(agency, "remind", ends_on=clock.today())
    addresses = ("/ops/sanctions", f"/ops/sanctions/{one.pk}", new(agency), "/ops/sanctions/new?q=成都")
    counts = [queries_of(desk, address, django_assert_max_num_queries) for address in addresses]
    for _ in range(5):
        sanctions.sanction(agency, "warn", ends_on=clock.today())
    assert counts == [queries_of(desk, address, django_assert_max_num_queries) for address in addresses]


def queries_of(client: Client, address: str, at_most: DjangoAssertNumQueries) -> int:
    with at_most(12) as counted:
        assert client.get(address).status_code == 200
    return len(counted)
