"""Messages within an application: requests for another time, directions, outcomes; one agency that does not answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jiuye.domains.applications.models import Application, ApplicationEvent, InterviewInvitation, OnboardingNotice
from jiuye.runtime.demo.chance import Chance

SILENT = timedelta(days=9)
ROUTES = [
    "地铁 2 号线示范路站 B 口出，步行约 300 米，大堂登记后上楼。",
    "公交 15 路示范园站下车，园区东门进，右手第一栋。",
    "开车请走示范路入口，报单位名称可停车 2 小时。",
]
REASONS = ["当天已有别的面试", "家里有事走不开", "目前还在上班，工作日下午不方便"]


def build(chance: Chance, moment: datetime, made: Sequence[Application]) -> None:
    """Add to the histories; `made` are all applications, the named seeker's first."""
    seeker_id = made[0].applicant_id
    invitations = list(InterviewInvitation.objects.select_related("application").order_by("id"))
    open_ones = [one for one in invitations if one.application.state == "interview_invited" and one.state == "pending"]
    for one in open_ones:
        _lie_ahead(chance, moment, one)
    Application.objects.bulk_update([one.application for one in open_ones], ["respond_by"])
    said = [event for one in invitations if (event := _invitation(chance, moment, one, seeker_id))]
    InterviewInvitation.objects.bulk_update(
        invitations, ["route", "starts_at", "answer_by", "asked_at", "ask_reason", "ask_times"]
    )
    notices = list(OnboardingNotice.objects.exclude(result="").select_related("application").order_by("id"))
    said += [event for one in notices if (event := _outcome(chance, moment, one, seeker_id))]
    OnboardingNotice.objects.bulk_update(notices, ["seeker_result", "seeker_result_at"])
    ApplicationEvent.objects.bulk_create(said)
    _silence(made[0])


def _event(chance: Chance, application: Application, verb: str, at: datetime, **said: object) -> ApplicationEvent:
    return ApplicationEvent(
        id=chance.id(),
        application=application,
        verb=verb,
        from_state=application.state,
        to_state=application.state,
        party="seeker",
        actor_person_id=application.applicant_id,
        occurred_at=at,
        **said,
    )


def _lie_ahead(chance: Chance, moment: datetime, one: InterviewInvitation) -> None:
    """Move an unanswered interview into the coming days, at the same hour."""
    while one.starts_at < moment + timedelta(days=1):
        one.starts_at += timedelta(days=chance.randint(1, 4))
    one.answer_by = one.starts_at - timedelta(hours=12)
    one.application.respond_by = one.answer_by


def _invitation(
    chance: Chance, moment: datetime, one: InterviewInvitation, seeker_id: object
) -> ApplicationEvent | None:
    """Add directions for interviews on site, and requests for another time from a few who have not answered."""
    if one.mode == "onsite":
        one.route = chance.choice(ROUTES)
    if one.application.state != "interview_invited" or one.application.applicant_id == seeker_id:
        return None
    if one.starts_at < moment or chance.random() > 0.3:
        return None
    one.asked_at = min(moment, one.created_at + timedelta(hours=3))
    one.ask_reason = chance.choice(REASONS)
    one.ask_times = [(one.starts_at + timedelta(days=days)).isoformat() for days in (1, 2)]
    detail = {"times": one.ask_times}
    return _event(chance, one.application, "ask_for_another_time", one.asked_at, note=one.ask_reason, detail=detail)


def _outcome(chance: Chance, moment: datetime, one: OnboardingNotice, seeker_id: object) -> ApplicationEvent | None:
    """Most people confirm what the agency recorded; a few report another outcome."""
    if one.application.applicant_id == seeker_id or one.result_at is None or chance.random() > 0.7:
        return None
    agrees = chance.random() > 0.06
    came = (one.result == "onboarded") == agrees
    one.seeker_result = "onboarded" if came else "no_show"
    one.seeker_result_at = min(moment, one.result_at + timedelta(hours=5))
    return _event(
        chance, one.application, "confirm_onboarded" if came else "confirm_not_onboarded", one.seeker_result_at
    )


def _silence(application: Application) -> None:
    """The named seeker's newest application has waited long enough for a reminder to the agency."""
    application.submitted_at -= SILENT
    application.state_changed_at -= SILENT
    if application.respond_by:
        application.respond_by -= SILENT
    Application.objects.filter(pk=application.pk).update(
        submitted_at=application.submitted_at,
        state_changed_at=application.state_changed_at,
        respond_by=application.respond_by,
    )
    for event in ApplicationEvent.objects.filter(application=application):
        event.occurred_at -= SILENT
        event.save(update_fields=["occurred_at"])
