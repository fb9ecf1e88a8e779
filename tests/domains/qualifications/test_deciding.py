"""Decisions on cases: what they change, and what keeps them from being made."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from jiuye.domains.accounts.models import Membership
from jiuye.domains.organisations.models import Agency, Employer, Qualification
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case, CaseNote, Decision
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts, audits, organisations

pytestmark = pytest.mark.django_db


def passing(auditor: Actor, case: Case) -> str:
    return actions.pass_case(
        auditor, case_id=case.id, version=audits.version_of(case.id), stated=audits.all_accepted(case)
    )


def returning(auditor: Actor, case: Case, kind: str = "business_licence") -> None:
    actions.return_case(
        auditor, case_id=case.id, version=audits.version_of(case.id), stated=audits.refusing(case, kind)
    )


def approved(case: Case | None = None) -> Case:
    case = case or audits.waiting()
    passing(audits.auditor("审核员甲"), case)
    passing(audits.auditor("审核员乙"), case)
    case.refresh_from_db()
    return case


def letters() -> list[str]:
    return [
        one["step"]
        for one in EventRecord.objects.filter(name="CaseDecided").order_by("id").values_list("payload", flat=True)
    ]


class TestApproving:
    def test_a_first_approval_takes_two_people(self) -> None:
        case = audits.waiting()
        assert passing(audits.auditor(), case) == "first"
        case.refresh_from_db()
        assert case.state == "second_look"
        assert Qualification.objects.get(organisation_id=case.organisation_id).state == "submitted"
        assert passing(audits.auditor("审核员乙"), case) == "second"
        case.refresh_from_db()
        assert case.state == "approved"
        assert letters() == ["first", "second"]

    def test_an_approved_agency_has_the_facts_of_its_documents_and_its_shop_opens(self) -> None:
        agency = audits.newcomer(legal_name="成都待核人力资源有限公司", licence_number="", licence_expires_on=None)
        approved(audits.waiting(agency))
        agency.refresh_from_db()
        assert agency.licence_number == "(川)人服证字[2026]第0100009号"
        assert agency.licence_expires_on == date(2099, 6, 30)
        assert agency.is_listed
        assert EventRecord.objects.filter(name="AgencyListingChanged").count() == 1

    def test_an_approved_employer_is_certified(self) -> None:
        employer = audits.new_employer()
        approved(audits.waiting(employer))
        employer.refresh_from_db()
        assert employer.is_certified

    def test_it_lasts_six_calendar_months(self) -> None:
        case = approved()
        until = Qualification.objects.get(pk=case.qualification_id).expires_on
        assert until == clock.today() + relativedelta(months=6)

    @pytest.mark.parametrize("kind", ["business_licence", "hr_licence", "authorisation_letter"])
    def test_it_ends_with_the_first_document_that_expires(self, kind: str) -> None:
        agency = audits.newcomer()
        last = clock.today() + timedelta(days=40)
        facts = {**audits.facts_of(agency, kind), "expires_on": last.isoformat()}
        case = approved(audits.waiting(agency, facts={kind: facts}))
        assert Qualification.objects.get(pk=case.qualification_id).expires_on == last

    def test_a_document_is_good_on_its_last_day_and_not_after_it(self) -> None:
        agency = audits.newcomer()
        letter = audits.facts_of(agency, "authorisation_letter")
        today, yesterday = clock.today(), clock.today() - timedelta(days=1)
        case = audits.waiting(agency, facts={"authorisation_letter": {**letter, "expires_on": today.isoformat()}})
        passing(audits.auditor(), case)
        with clock.frozen(clock.now() + timedelta(days=1)), pytest.raises(Refused) as refusal:
            passing(audits.auditor("审核员乙"), case)
        assert refusal.value.code == "expired"
        assert f"{yesterday + timedelta(days=1):%Y-%m-%d}" in refusal.value.message
        case.refresh_from_db()
        assert case.state == "second_look"

    def test_a_renewal_takes_one_person_and_the_former_approval_stays(self) -> None:
        first = approved()
        renewal = audits.waiting(Agency.objects.get(pk=first.organisation_id), purpose="renewal")
        assert passing(audits.auditor("审核员丙"), renewal) == "single"
        first.refresh_from_db()
        assert first.state == "approved"
        assert Qualification.objects.get(pk=first.qualification_id).state == "approved"

    @pytest.mark.parametrize("fact", ["legal_name", "credit_code"])
    def test_a_renewal_that_changes_who_the_organisation_is_takes_two(self, fact: str) -> None:
        agency = Agency.objects.get(pk=approved().organisation_id)
        other = organisations.credit_code() if fact == "credit_code" else "成都改名人力资源有限公司"
        facts = {**audits.facts_of(agency, "business_licence"), fact: other}
        renewal = audits.waiting(agency, purpose="renewal", facts={"business_licence": facts})
        assert passing(audits.auditor("审核员丙"), renewal) == "first"

    def test_every_item_must_be_accepted(self) -> None:
        case = audits.waiting()
        stated = audits.refusing(case, "hr_licence")
        del stated["authorisation_letter"]
        with pytest.raises(Invalid) as refusal:
            actions.pass_case(audits.auditor(), case_id=case.id, version=1, stated=stated)
        assert set(refusal.value.fields) == {"hr_licence", "authorisation_letter"}
        case.refresh_from_db()
        assert (case.state, case.version) == ("submitted", 1)
        assert not case.items.exclude(verdict="pending").exists()

    @pytest.mark.parametrize("result", ["waiting", "away", "failed"])
    def test_a_register_that_is_away_lets_nobody_in(self, result: str) -> None:
        case = audits.waiting()
        audits.check(case, result)
        with pytest.raises(Refused) as refusal:
            passing(audits.auditor(), case)
        assert refusal.value.code == "unsettled"
        assert not Decision.objects.exists()

    def test_a_credit_code_of_another_organisation_is_refused(self) -> None:
        agency, other = audits.newcomer(), organisations.agency()
        facts = {**audits.facts_of(agency, "business_licence"), "credit_code": other.credit_code}
        case = audits.waiting(agency, facts={"business_licence": facts})
        passing(audits.auditor(), case)
        with pytest.raises(Refused) as refusal:
            passing(audits.auditor("审核员乙"), case)
        assert refusal.value.code == "credit_code_taken"
        case.refresh_from_db()
        assert case.state == "second_look"

    def test_a_banned_organisation_is_refused(self) -> None:
        case = audits.waiting()
        passing(audits.auditor(), case)
        Agency.objects.filter(pk=case.organisation_id).update(restriction="banned")
        with pytest.raises(Refused) as refusal:
            passing(audits.auditor("审核员乙"), case)
        assert refusal.value.code == "banned"


class TestReturning:
    def test_the_organisation_is_told_why_beside_the_item(self) -> None:
        case = audits.waiting()
        stated = audits.refusing(case, "hr_licence", "expired", "请换成 2026 年换发的新证。")
        actions.return_case(audits.auditor(), case_id=case.id, version=1, stated=stated)
        case.refresh_from_db()
        item = case.items.get(kind="hr_licence")
        assert case.state == "returned"
        assert item.reason == "材料已过有效期，请提供在有效期内的材料。请换成 2026 年换发的新证。"
        assert set(case.items.exclude(kind="hr_licence").values_list("verdict", flat=True)) == {"accepted"}
        assert Qualification.objects.get(pk=case.qualification_id).state == "rejected"
        assert letters() == ["return"]

    def test_something_must_be_refused_with_a_reason(self) -> None:
        case = audits.waiting()
        for stated, field in (
            (audits.all_accepted(case), "decision"),
            (audits.refusing(case, "hr_licence", ""), "hr_licence"),
            (audits.refusing(case, "hr_licence", "no_seal"), "hr_licence"),  # a reason of letters only
            (audits.refusing(case, "hr_licence", "", "长" * 301), "hr_licence"),
        ):
            with pytest.raises(Invalid) as refusal:
                actions.return_case(audits.auditor(), case_id=case.id, version=1, stated=stated)
            assert set(refusal.value.fields) == {field}
        assert not Decision.objects.exists()

    def test_a_returned_renewal_leaves_the_approval_in_force(self) -> None:
        first = approved()
        renewal = audits.waiting(Agency.objects.get(pk=first.organisation_id), purpose="renewal")
        returning(audits.auditor("审核员丙"), renewal)
        assert Qualification.objects.get(pk=first.qualification_id).state == "approved"

    def test_after_a_return_both_looks_are_made_again(self) -> None:
        case = audits.waiting()
        first = audits.auditor()
        passing(first, case)
        returning(audits.auditor("审核员乙"), case)
        Case.objects.filter(pk=case.id).update(state="submitted", version=9, submissions=2)
        assert passing(first, case) == "first"


class TestWhoDecides:
    """Trap 1.3: the second verdict by the person who gave the first is refused through every door."""

    def test_the_second_verdict_is_another_persons_through_every_door(self) -> None:
        case, first = audits.waiting(), audits.auditor()
        passing(first, case)
        version = audits.version_of(case.id)
        higher = Actor(first.person_id, first.organisation_id, "platform", "owner")
        chief = audits.auditor("平台管理员", role="owner")
        accepted, refused = audits.all_accepted(case), audits.refusing(case, "hr_licence")
        doors = [
            lambda: actions.pass_case(first, case_id=case.id, version=version, stated=accepted),
            lambda: actions.pass_case(first, case_id=case.id, version=1, stated=accepted),
            lambda: actions.return_case(first, case_id=case.id, version=version, stated=refused),
            lambda: actions.claim(first, case_id=case.id),
            lambda: actions.assign(chief, case_id=case.id, person_id=first.person),
            lambda: actions.pass_case(higher, case_id=case.id, version=version, stated=accepted),
            lambda: actions.claim(higher, case_id=case.id),
        ]
        reasons = set()
        for door in doors:
            with pytest.raises(Refused) as refusal:
                door()
            reasons.add((refusal.value.code, refusal.value.message))
        bulk = actions.claim_several(first, case_ids=[case.id])
        assert actions.claim_next(first) is None
        case.refresh_from_db()
        assert len(reasons) == 1
        assert (bulk.done, list(bulk.refusals)) == (0, [refusal.value.message])
        assert (case.state, case.version, case.claimed_by_id) == ("second_look", version, None)
        assert (
            AuditEntry.objects.filter(action="case.refuse_decider", subject_id=str(case.id)).count() == len(doors) + 1
        )
        assert letters() == ["first"]

    def test_the_other_person_succeeds_through_each_door(self) -> None:
        other, chief = audits.auditor("审核员乙"), audits.auditor("平台管理员", role="owner")
        case = audits.waiting()
        passing(audits.auditor(), case)
        actions.claim(other, case_id=case.id)
        actions.release(other, case_id=case.id)
        assert actions.claim_several(other, case_ids=[case.id]).done == 1
        actions.release(other, case_id=case.id)
        assert actions.claim_next(other) == case.id
        actions.assign(chief, case_id=case.id, person_id=other.person)
        assert passing(other, case) == "second"

    @pytest.mark.parametrize("still", [True, False])
    def test_nobody_decides_on_an_organisation_that_they_belong_or_belonged_to(self, still: bool) -> None:
        case = audits.waiting()
        user = accounts.member(case.organisation_id)
        if not still:
            Membership.objects.filter(user=user).update(ended_at=clock.now())
        auditor = audits.auditor(user=user)
        for attempt in (
            lambda: passing(auditor, case),
            lambda: returning(auditor, case),
            lambda: actions.claim(auditor, case_id=case.id),
        ):
            with pytest.raises(Refused) as refusal:
                attempt()
            assert refusal.value.code == "own_organisation"
        assert actions.claim_next(auditor) is None
        assert not Decision.objects.exists()
        assert AuditEntry.objects.filter(action="case.refuse_decider").count() == 3

    def test_only_auditors_decide(self) -> None:
        case = audits.waiting()
        for role in ("support", "editor", "security_admin", "audit_admin"):
            with pytest.raises(Denied):
                passing(organisations.operator(role), case)
        with pytest.raises(NotFound):
            passing(organisations.member(Agency.objects.get(pk=case.organisation_id)), case)
        assert not Decision.objects.exists()

    def test_a_case_that_a_colleague_holds_is_left_to_them(self) -> None:
        case, holder, other = audits.waiting(), audits.auditor(), audits.auditor("审核员乙")
        actions.claim(holder, case_id=case.id)
        with pytest.raises(Refused) as refusal:
            passing(other, case)
        assert refusal.value.code == "claimed"
        assert passing(holder, case) == "first"


class TestStalePages:
    """Trap 1.4: two auditors on one case, and a complaint about an approved one."""

    def test_a_decision_on_a_stale_page_is_refused_and_says_who_decided_what_and_when(self) -> None:
        case = audits.waiting()
        seen = audits.version_of(case.id)
        moment = clock.now()
        actions.return_case(
            audits.auditor("钱审核"),
            case_id=case.id,
            version=seen,
            stated=audits.refusing(case, "hr_licence", "expired"),
        )
        with clock.frozen(moment + timedelta(seconds=20)), pytest.raises(Refused) as refusal:
            actions.pass_case(
                audits.auditor("审核员乙"), case_id=case.id, version=seen, stated=audits.all_accepted(case)
            )
        said = refusal.value.message
        assert refusal.value.code == "changed_meanwhile"
        assert "钱审核" in said
        assert "退回补正" in said
        assert "人力资源服务许可证" in said
        assert f"{clock.local(moment):%H:%M}" in said
        case.refresh_from_db()
        assert case.state == "returned"
        assert case.items.get(kind="hr_licence").verdict == "refused"
        assert letters() == ["return"]

    def test_a_decision_after_a_new_submission_is_refused(self) -> None:
        case = audits.waiting()
        Case.objects.filter(pk=case.id).update(version=2, submitted_at=clock.now())
        with pytest.raises(Refused, match="重新提交"):
            actions.pass_case(audits.auditor(), case_id=case.id, version=1, stated=audits.all_accepted(case))

    def test_a_complaint_opens_a_case_of_its_own_and_the_approved_one_stays(self) -> None:
        case = approved()
        complaint = actions.open_complaint(audits.auditor("审核员丙"), case_id=case.id, text="举报：许可证疑似伪造。")
        case.refresh_from_db()
        found = Case.objects.get(pk=complaint)
        assert (case.state, found.state, found.purpose) == ("approved", "submitted", "complaint")
        assert found.items.count() == case.items.count()
        assert Qualification.objects.get(pk=case.qualification_id).state == "approved"
        assert passing(audits.auditor("审核员丁"), found) == "single"
        assert Agency.objects.get(pk=case.organisation_id).is_listed

    def test_a_complaint_is_dismissed_or_upheld_and_never_returned(self) -> None:
        complaint = Case.objects.get(
            pk=actions.open_complaint(audits.auditor("审核员丙"), case_id=approved().id, text="许可证疑似伪造。")
        )
        with pytest.raises(Refused) as refusal:
            returning(audits.auditor("审核员丙"), complaint)
        assert refusal.value.code == "complaint"
        complaint.refresh_from_db()
        assert complaint.state == "submitted"

    def test_a_second_complaint_joins_the_one_that_waits(self) -> None:
        case, auditor = approved(), audits.auditor("审核员丙")
        one = actions.open_complaint(auditor, case_id=case.id, text="第一件")
        assert actions.open_complaint(auditor, case_id=case.id, text="第二件") == one
        assert list(CaseNote.objects.order_by("id").values_list("text", flat=True)) == ["第一件", "第二件"]


class TestReversing:
    def test_a_reversal_closes_the_shop_and_says_why(self) -> None:
        case = approved()
        actions.reverse_case(
            audits.auditor("审核员丙"), case_id=case.id, version=audits.version_of(case.id), reason="许可证系伪造。"
        )
        case.refresh_from_db()
        row = Qualification.objects.get(pk=case.qualification_id)
        assert (case.state, row.state, row.expires_on, row.reason) == ("reversed", "rejected", None, "许可证系伪造。")
        assert not Agency.objects.get(pk=case.organisation_id).is_listed
        assert letters()[-1] == "reverse"

    def test_an_employer_loses_its_mark(self) -> None:
        employer = audits.new_employer()
        case = approved(audits.waiting(employer))
        actions.reverse_case(
            audits.auditor("审核员丙"), case_id=case.id, version=audits.version_of(case.id), reason="营业执照系伪造。"
        )
        assert not Employer.objects.get(pk=employer.id).is_certified

    def test_it_ends_the_complaints_with_one_letter(self) -> None:
        case, auditor = approved(), audits.auditor("审核员丙")
        complaint = actions.open_complaint(auditor, case_id=case.id, text="许可证疑似伪造。")
        actions.reverse_case(auditor, case_id=case.id, version=audits.version_of(case.id), reason="许可证系伪造。")
        assert Case.objects.get(pk=complaint).state == "reversed"
        assert letters().count("reverse") == 1

    def test_it_needs_a_reason_and_a_current_page(self) -> None:
        case, auditor = approved(), audits.auditor("审核员丙")
        with pytest.raises(Invalid):
            actions.reverse_case(auditor, case_id=case.id, version=audits.version_of(case.id), reason=" ")
        with pytest.raises(Refused):
            actions.reverse_case(auditor, case_id=case.id, version=1, reason="许可证系伪造。")
        case.refresh_from_db()
        assert case.state == "approved"

    def test_only_the_approval_in_force_can_be_reversed(self) -> None:
        first = approved()
        renewal = audits.waiting(Agency.objects.get(pk=first.organisation_id), purpose="renewal")
        passing(audits.auditor("审核员丙"), renewal)
        with pytest.raises(Refused) as refusal:
            actions.reverse_case(
                audits.auditor("审核员丙"), case_id=first.id, version=audits.version_of(first.id), reason="伪造。"
            )
        assert refusal.value.code == "not_latest"

    def test_the_next_approval_takes_two_people_again(self) -> None:
        case = approved()
        actions.reverse_case(
            audits.auditor("审核员丙"), case_id=case.id, version=audits.version_of(case.id), reason="许可证系伪造。"
        )
        Qualification.objects.filter(pk=case.qualification_id).update(state="submitted")
        again = audits.waiting(Agency.objects.get(pk=case.organisation_id), purpose="renewal")
        assert passing(audits.auditor("审核员丙"), again) == "first"
