"""What agencies, employers and people read of sanctions on them, and what stays open to them."""

from typing import Any

import pytest
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.sanctions import actions
from jiuye.domains.sanctions.actions import Proposal
from jiuye.domains.sanctions.models import Appeal, EvidenceFile, Sanction
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventRecord
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.tasks import deliver_event
from tests.factories import accounts, organisations, sanctions
from tests.factories.pictures import photo

pytestmark = pytest.mark.django_db
REASON = "职位“急招普工”要求求职者交 500 元押金。"
TEXT = "押金已在处置前全部退还，附转账记录。"


def impose(level: str, subject: Agency | Employer | User) -> Sanction:
    """Impose with its effects; a ban is confirmed by a second operator."""
    kind = {Agency: "agency", Employer: "employer", User: "person"}[type(subject)]
    proposal = Proposal(
        level=level,
        reason=REASON,
        bases=("improper_means",),
        evidence="转账记录。",
        step_reason="情节严重。",
        note="内部",
    )
    auditor = organisations.operator("auditor")
    pk = actions.impose(auditor, kind=kind, subject_id=subject.pk, proposal=proposal)
    if level == "ban":
        actions.confirm(organisations.operator("auditor"), sanction_id=pk)
    return Sanction.objects.get(pk=pk)


def signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


CLOSED = [
    (
        "agency",
        ["/agency", "/agency/jobs", "/agency/applications", "/agency/shop", "/agency/members", "/agency/resumes"],
    ),
    ("employer", ["/employer", "/employer/applications", "/employer/members"]),
]


def of_kind(kind: str) -> Agency | Employer:
    return organisations.agency() if kind == "agency" else organisations.employer()


@pytest.mark.parametrize("level", ["suspend", "ban"])
@pytest.mark.parametrize(("kind", "pages"), CLOSED)
def test_a_suspended_portal_leads_to_the_notice_from_the_next_request_on(
    kind: str, pages: list[str], level: str
) -> None:
    party = of_kind(kind)
    owner = signed_in(organisations.member(party, role="owner"))
    assert owner.get(pages[0]).status_code == 200
    sanction = impose(level, party)
    for page in pages:
        answer = owner.get(page)
        assert (answer.status_code, answer["Location"]) == (302, f"/{kind}/sanctions"), page
    for page in (f"/{kind}/sanctions", f"/{kind}/sanctions/{sanction.pk}", f"/{kind}/notifications"):
        assert owner.get(page).status_code == 200, page
    assert owner.get("/me").status_code == 200
    actions.lift(organisations.operator("auditor"), sanction_id=sanction.pk, reason="已改正。")
    assert owner.get(pages[0]).status_code == 200


@pytest.mark.parametrize("level", ["limit", "take_down"])
def test_below_suspension_the_portal_stays_open(level: str) -> None:
    agency = organisations.agency()
    owner = signed_in(organisations.member(agency, role="owner"))
    impose(level, agency)
    assert owner.get("/agency").status_code == 200


def test_a_form_sent_to_a_closed_portal_changes_nothing() -> None:
    agency = organisations.agency()
    owner = signed_in(organisations.member(agency, role="owner"))
    impose("suspend", agency)
    answer = owner.post("/agency/members/invite", {"phone": "13800990001", "role": "viewer"})
    assert answer["Location"] == "/agency/sanctions"
    assert not EventRecord.objects.filter(name="MemberInvited").exists()


@pytest.mark.parametrize("kind", ["agency", "employer"])
def test_the_notice_says_why_on_what_basis_until_when_and_with_what_effect(kind: str) -> None:
    party = of_kind(kind)
    sanction = impose("limit", party)
    owner = signed_in(organisations.member(party, role="owner"))
    page = owner.get(f"/{kind}/sanctions/{sanction.pk}").content.decode()
    for said in (REASON, "第二十七条", "转账记录。", "解除为止", "不能", "提交申诉"):
        assert said in page, said
    for kept in ("内部", "情节严重"):
        assert kept not in page


def test_a_person_reads_it_while_suspended_and_appeals() -> None:
    person = accounts.person("王甲")
    client = accounts.browser(person)
    sanction = impose("suspend", person)
    assert client.get("/me/applications")["Location"] == "/me/suspended"
    address = f"/me/sanctions/{sanction.pk}"
    assert address in client.get("/me/sanctions").content.decode()
    assert REASON in client.get(address).content.decode()
    assert client.post(address, {"text": TEXT}).status_code == 303
    assert Appeal.objects.get().submitted_by_id == person.pk


class TestAppealing:
    @pytest.fixture
    def agency(self) -> Agency:
        return organisations.agency()

    @pytest.fixture
    def address(self, agency: Agency) -> str:
        return f"/agency/sanctions/{impose('suspend', agency).pk}"

    @pytest.fixture
    def owner(self, agency: Agency) -> Client:
        return signed_in(organisations.member(agency, role="owner"))

    def test_the_owner_appeals_with_a_file_and_follows_it(self, owner: Client, address: str) -> None:
        assert owner.post(address, {"text": TEXT, "attachments": [photo()]})["Location"] == address
        page = owner.get(address).content.decode()
        assert TEXT in page
        assert "处理中" in page
        assert "提交申诉</" not in page
        file = EvidenceFile.objects.get(appeal__isnull=False)
        assert owner.get(f"{address}/files/{file.pk}").content.startswith(b"\xff\xd8\xff")

    def test_a_refused_appeal_keeps_its_text(self, owner: Client, address: str) -> None:
        answer = owner.post(address, {"text": "冤枉我们了"})
        assert answer.status_code == 422
        assert "冤枉我们了" in answer.content.decode()

    def test_a_recruiter_is_told_to_ask_the_owner(self, agency: Agency, address: str) -> None:
        recruiter = signed_in(organisations.member(agency))
        assert "联系您单位的管理员" in recruiter.get(address).content.decode()
        assert recruiter.post(address, {"text": TEXT}).status_code == 403
        assert not Appeal.objects.exists()

    def test_evidence_of_the_platform_is_not_downloaded(self, owner: Client, address: str) -> None:
        sanction = Sanction.objects.get()
        file = EvidenceFile.objects.create(
            sanction=sanction, key="sealed/sanctions/none.jpg", name="举报人截图.jpg", content_type="image/jpeg", size=1,
            uploaded_by=sanction.decided_by, uploaded_at=sanction.decided_at,
        )  # fmt: skip
        assert owner.get(f"{address}/files/{file.pk}").status_code == 404
        assert "举报人截图" not in owner.get(address).content.decode()

    def test_others_do_not_find_it(self, address: str) -> None:
        stranger = signed_in(organisations.member(organisations.agency(), role="owner"))
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, {"text": TEXT}).status_code == 404


def deliver_all() -> None:
    for event in EventRecord.objects.order_by("occurred_at", "id"):
        deliver_event(str(event.id))


def test_owners_are_told_in_their_centre_and_by_text_message_without_the_facts() -> None:
    agency = organisations.agency()
    owner = organisations.member(agency, role="owner")
    organisations.member(agency)
    sanction = impose("limit", agency)
    deliver_all()
    deliver_all()
    message = Notification.objects.get()
    assert (message.user_id, message.link) == (owner.person, f"/agency/sanctions/{sanction.pk}")
    assert "限制发布" in message.title
    assert "押金" not in message.title + message.body
    assert TextMessage.objects.get().user_id == owner.person


def test_the_answer_to_an_appeal_is_told() -> None:
    agency = organisations.agency()
    owner = organisations.member(agency, role="owner")
    sanction = sanctions.sanction(agency, "limit")
    appeal_id = actions.submit_appeal(owner, sanction_id=sanction.pk, text=TEXT)
    actions.decide_appeal(
        organisations.operator("auditor"), appeal_id=appeal_id, uphold=False, answer="收款账户与机构一致。"
    )
    deliver_all()
    assert "申诉不成立" in Notification.objects.get().title


def test_the_public_list_names_organisations_and_no_people() -> None:
    agency, person = organisations.agency(), accounts.person("王甲")
    limited = organisations.agency()
    impose("ban", agency)
    impose("ban", person)
    impose("limit", limited)
    page = Client().get("/help/bans").content.decode()
    for said in (agency.legal_name, agency.credit_code, REASON):
        assert said in page
    assert page.count("列入日期") <= 2
    assert limited.legal_name not in page
    assert "王甲" not in page


def test_the_own_pages_cost_at_most_twelve_queries(django_assert_max_num_queries: Any) -> None:
    agency = organisations.agency()
    owner = signed_in(organisations.member(agency, role="owner"))
    sanction = impose("limit", agency)
    for address in ("/agency/sanctions", f"/agency/sanctions/{sanction.pk}"):
        with django_assert_max_num_queries(12):
            assert owner.get(address).status_code == 200
    with django_assert_max_num_queries(2):
        Client().get("/help/bans")
