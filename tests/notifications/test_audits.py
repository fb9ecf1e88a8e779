"""A decision on a qualification is told to the owners, once, with the reason for each item."""

import pytest

from jiuye.domains.organisations.models import Agency
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case
from jiuye.kernel import events
from jiuye.kernel.models import EventDelivery, EventRecord
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.handlers import HANDLERS
from tests.factories import audits, organisations
from tests.factories.databases import unprotected

pytestmark = pytest.mark.django_db


def deliver() -> None:
    """Deliver everything twice, as after a crash."""
    for _ in range(2):
        for event_id in EventRecord.objects.filter(name="CaseDecided").order_by("id").values_list("id", flat=True):
            events.deliver(event_id, HANDLERS)
        EventDelivery.objects.all().delete()


def passing(name: str, case: Case) -> None:
    actions.pass_case(
        audits.auditor(name), case_id=case.id, version=audits.version_of(case.id), stated=audits.all_accepted(case)
    )


def test_owners_hear_why_each_item_was_returned() -> None:
    agency = audits.newcomer()
    owner = organisations.member(agency, role="owner")
    organisations.member(agency, role="recruiter")
    case = audits.waiting(agency)
    stated = audits.refusing(case, "hr_licence", "expired")
    actions.return_case(audits.auditor(), case_id=case.id, version=1, stated=stated, reason="差一项。")
    deliver()
    told = Notification.objects.get()
    assert (told.user_id, told.kind, told.link) == (owner.person_id, "audit.return", "/agency/qualification")
    assert told.body.startswith("差一项；人力资源服务许可证：材料已过有效期，请提供在有效期内的材料。只改退回的项目")
    assert TextMessage.objects.get().template == "audit.return"


def test_each_step_to_the_approval_and_back() -> None:
    employer = audits.new_employer()
    organisations.member(employer, role="owner")
    case = audits.waiting(employer)
    passing("审核员甲", case)
    passing("审核员乙", case)
    actions.reverse_case(
        audits.auditor("审核员丙"), case_id=case.id, version=audits.version_of(case.id), reason="营业执照系伪造。"
    )
    deliver()
    told = list(Notification.objects.order_by("created_at", "id").values_list("kind", "link"))
    assert told == [(f"audit.{step}", "/employer/qualification") for step in ("first", "approved", "reverse")]
    assert "原因：营业执照系伪造。已停止" in Notification.objects.get(kind="audit.reverse").body


def test_a_dismissed_complaint_is_told_to_nobody() -> None:
    case = audits.waiting()
    organisations.member(Agency.objects.get(pk=case.organisation_id), role="owner")
    passing("审核员甲", case)
    passing("审核员乙", case)
    with unprotected("kernel_event"):
        EventRecord.objects.all().delete()
    complaint = Case.objects.get(pk=actions.open_complaint(audits.auditor(), case_id=case.id, text="疑似伪造"))
    passing("审核员丙", complaint)
    deliver()
    assert not Notification.objects.exists()
