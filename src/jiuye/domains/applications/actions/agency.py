"""What the agency does with an application: open the resume, invite, record, notify, reject."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.applications.actions.advancing import advance, lock
from jiuye.domains.applications.models import InterviewInvitation, OnboardingNotice
from jiuye.domains.applications.states import InterviewMode, RejectionReason
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused


@dataclass(frozen=True)
class InterviewDetails:
    """An interview's terms. Times aware; `place` for an interview on site, `link` for one online."""

    mode: str
    starts_at: datetime
    answer_by: datetime
    contact_name: str
    contact_phone: str
    place: str = ""
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class OnboardingDetails:
    """An onboarding notice's terms. Times aware."""

    report_at: datetime
    answer_by: datetime
    place: str
    contact_name: str
    contact_phone: str
    documents: str = ""
    pay_text: str = ""
    note: str = ""


@transaction.atomic
def open_resume(actor: Actor, *, application_id: UUID) -> None:
    """Somebody of the agency opens the resume: logged for its owner; the first time also moves the application on.

    Raises `Refused` when the applicant has withdrawn.
    """
    application, party = lock(actor, application_id, to_write=False)
    if application.state == "withdrawn":
        raise Refused("求职者已撤回这次投递，简历不再提供查看。", code="withdrawn")
    if application.state == "submitted":
        advance(actor, application, party, "view", respond_by=application.respond_by)
    resumes.record_access(
        actor,
        owner_id=application.applicant_id,
        organisation_name=organisations.organisation_name("agency", application.agency_id),
        kind="view",
        purpose=f"处理“{application.title}”的投递",
        posting_id=application.posting_id,
        application_id=application.id,
    )


@transaction.atomic
def invite_to_interview(actor: Actor, *, application_id: UUID, details: InterviewDetails) -> UUID:
    """Invite, or invite anew: the new invitation supersedes the one before it. Raises `Invalid` and `Refused`."""
    _check_interview(details)
    application, party = lock(actor, application_id)
    if application.state == "submitted":
        advance(actor, application, party, "view")
    earlier = InterviewInvitation.objects.filter(application=application, state__in=["pending", "accepted", "declined"])
    verb = "reschedule" if earlier.exists() else "invite"
    shown = {
        "mode": details.mode,
        "starts_at": details.starts_at.isoformat(),
        "answer_by": details.answer_by.isoformat(),
    }
    advance(actor, application, party, verb, note=details.note, detail=shown, respond_by=details.answer_by)
    earlier.update(state="superseded")
    return InterviewInvitation.objects.create(application=application, created_at=clock.now(), **asdict(details)).id


def _check_interview(details: InterviewDetails) -> None:
    wrong = _check_times(details.starts_at, details.answer_by, "starts_at", "面试时间")
    if details.mode not in InterviewMode.values:
        wrong["mode"] = "请选择面试方式。"
    if details.mode == "onsite" and not details.place.strip():
        wrong["place"] = "现场面试请填写详细地址，方便求职者前往。"
    if details.mode == "online" and not details.link.startswith(("https://", "http://")):
        wrong["link"] = "视频面试请填写以 https:// 开头的会议链接。"
    _check_contact(details.contact_name, details.contact_phone, wrong)
    if wrong:
        raise Invalid(wrong)


def _check_times(moment: datetime, answer_by: datetime, field: str, label: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    now = clock.now()
    if moment <= now:
        wrong[field] = f"{label}须晚于现在，请重新选择。"
    if moment > now + timedelta(days=180):
        wrong[field] = f"{label}不能超过 180 天以后，请重新选择。"
    if answer_by <= now:
        wrong["answer_by"] = "答复截止时间须晚于现在，请重新选择。"
    elif answer_by > moment:
        wrong["answer_by"] = f"答复截止时间不能晚于{label}，请重新选择。"
    return wrong


def _check_contact(name: str, phone: str, wrong: dict[str, str]) -> None:
    if not name.strip():
        wrong["contact_name"] = "请填写联系人，求职者好知道找谁。"
    if len([character for character in phone if character.isdigit()]) < 7:
        wrong["contact_phone"] = "请填写能打通的联系电话，例如 028-12345678。"


@transaction.atomic
def record_interview_result(actor: Actor, *, application_id: UUID, passed: bool, note: str = "") -> None:
    """Record how the interview went."""
    application, party = lock(actor, application_id)
    invitation = (
        InterviewInvitation.objects.select_for_update().filter(application=application, state="accepted").first()
    )
    advance(actor, application, party, "pass_interview" if passed else "fail_interview", note=note)
    if invitation is None:
        raise Refused("没有找到已接受的面试邀约，请刷新页面后再试。", code="no_invitation")
    invitation.result, invitation.result_note, invitation.result_at = (
        ("passed" if passed else "failed"),
        note,
        clock.now(),
    )
    invitation.save(update_fields=["result", "result_note", "result_at"])


@transaction.atomic
def notify_onboarding(actor: Actor, *, application_id: UUID, details: OnboardingDetails) -> UUID:
    """Send the onboarding notice. Raises `Invalid` and `Refused`."""
    wrong = _check_times(details.report_at, details.answer_by, "report_at", "报到时间")
    if not details.place.strip():
        wrong["place"] = "请填写报到地点。"
    _check_contact(details.contact_name, details.contact_phone, wrong)
    if wrong:
        raise Invalid(wrong)
    application, party = lock(actor, application_id)
    shown = {"report_at": details.report_at.isoformat(), "answer_by": details.answer_by.isoformat()}
    advance(
        actor, application, party, "notify_onboarding", note=details.note, detail=shown, respond_by=details.answer_by
    )
    return OnboardingNotice.objects.create(application=application, created_at=clock.now(), **asdict(details)).id


@transaction.atomic
def record_onboarding_result(actor: Actor, *, application_id: UUID, onboarded: bool, note: str = "") -> None:
    """Record whether the person came to the first day at work."""
    application, party = lock(actor, application_id)
    notice = OnboardingNotice.objects.select_for_update().filter(application=application).first()
    advance(actor, application, party, "record_onboarded" if onboarded else "record_no_show", note=note)
    if notice is None:
        raise Refused("没有找到入职通知，请刷新页面后再试。", code="no_notice")
    notice.result, notice.result_note, notice.result_at = ("onboarded" if onboarded else "no_show"), note, clock.now()
    notice.save(update_fields=["result", "result_note", "result_at"])


@transaction.atomic
def reject(actor: Actor, *, application_id: UUID, reason: str, note: str = "") -> None:
    """End the application with a reason that the seeker sees."""
    if reason not in RejectionReason.values or reason == RejectionReason.UNANSWERED:
        raise Invalid({"reason": "请选择一个原因，求职者会看到。"})
    if reason == RejectionReason.OTHER and not note.strip():
        raise Invalid({"note": "选择“其他原因”时，请写明原因。"})
    application, party = lock(actor, application_id)
    advance(
        actor,
        application,
        party,
        "reject",
        note=note,
        detail={"reason": reason},
        rejection_reason=reason,
        rejection_note=note,
    )
    InterviewInvitation.objects.filter(application=application, state__in=["pending", "accepted"]).update(
        state="cancelled"
    )
