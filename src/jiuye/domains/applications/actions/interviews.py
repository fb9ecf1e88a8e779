"""Interviews: the agency invites, the seeker answers, the agency records the result."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from jiuye.domains.applications.actions.transitions import advance, lock
from jiuye.domains.applications.actions.validation import check_contact, check_times, tidied, tidy_note
from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.domains.applications.policies import DAYS_FOR_A_RESULT
from jiuye.domains.applications.states import InterviewMode
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused

_REPLACEABLE = ("pending", "accepted", "declined")


@dataclass(frozen=True)
class InterviewDetails:
    """The terms of an interview. Times are aware; `place` is required on site, `link` online."""

    mode: str
    starts_at: datetime
    answer_by: datetime
    contact_name: str
    contact_phone: str
    place: str = ""
    link: str = ""
    note: str = ""
    route: str = ""


@transaction.atomic
def invite_to_interview(actor: Actor, *, application_id: UUID, details: InterviewDetails) -> UUID:
    """Invite to an interview, or invite again: a new invitation supersedes the previous one. Return its id.

    Raises `Invalid` for invalid terms, `Refused` when the resume has not been opened yet or the state does not allow
    it.
    """
    application, party = lock(actor, application_id)
    checked = _checked(details)
    earlier = InterviewInvitation.objects.filter(application=application, state__in=_REPLACEABLE)
    shown = {
        "mode": checked.mode,
        "starts_at": checked.starts_at.isoformat(),
        "answer_by": checked.answer_by.isoformat(),
    }
    advance(
        actor,
        application,
        party,
        "reschedule" if earlier.exists() else "invite",
        note=checked.note,
        detail=shown,
        respond_by=checked.answer_by,
    )
    earlier.update(state="superseded")
    return InterviewInvitation.objects.create(
        application=application, invited_by=actor.person_id, created_at=clock.now(), **asdict(checked)
    ).id


def _checked(details: InterviewDetails) -> InterviewDetails:
    names = ("contact_name", "contact_phone", "place", "route", "link", "note")
    kept, wrong = tidied({name: getattr(details, name) for name in names}, InterviewInvitation)
    wrong |= check_times(details.starts_at, details.answer_by, "starts_at", "面试时间")
    wrong |= check_contact(kept["contact_name"], kept["contact_phone"])
    if details.mode not in InterviewMode.values:
        wrong["mode"] = "请选择面试方式。"
    if details.mode == InterviewMode.ONSITE and not kept["place"]:
        wrong["place"] = "现场面试请填写详细地址，方便求职者前往。"
    if (details.mode == InterviewMode.ONLINE or kept["link"]) and not kept["link"].startswith("https://"):
        wrong["link"] = "请填写以 https:// 开头的会议链接。"
    if wrong:
        raise Invalid(wrong)
    texts: dict[str, Any] = dict(kept)
    return replace(details, **texts)


@transaction.atomic
def answer_interview(actor: Actor, *, application_id: UUID, invitation_id: UUID, accept: bool, note: str = "") -> None:
    """Accept or decline the open invitation.

    Raises `Refused` when it was superseded, is no longer open, or its time has passed.
    """
    application, party = lock(actor, application_id)
    note = tidy_note(note, InterviewInvitation, "answer_note")
    invitation = (
        InterviewInvitation.objects.select_for_update().filter(pk=invitation_id, application=application).first()
    )
    if invitation is None or invitation.state == "superseded":
        raise Refused("这份邀约已被新的安排取代，请刷新页面查看最新邀约。", code="superseded")
    moment = clock.now()
    deadline = invitation.starts_at + timedelta(days=DAYS_FOR_A_RESULT) if accept else None
    verb = "accept_interview" if accept else "decline_interview"
    advance(actor, application, party, verb, note=note, respond_by=deadline)
    if accept and invitation.starts_at <= moment:
        raise Refused("面试时间已经过了，不能再接受。可以谢绝并留言，请职介改约时间。", code="interview_over")
    invitation.state = "accepted" if accept else "declined"
    invitation.answer_note, invitation.answered_at = note, moment
    invitation.save(update_fields=["state", "answer_note", "answered_at"])


@transaction.atomic
def record_interview_result(actor: Actor, *, application_id: UUID, passed: bool, note: str = "") -> None:
    """Record the result of the interview; the seeker can read the note. Raises `Refused`."""
    application, party = lock(actor, application_id)
    note = tidy_note(note, InterviewInvitation, "result_note")
    advance(actor, application, party, "pass_interview" if passed else "fail_interview", note=note)
    invitation = _accepted(application)
    invitation.result = "passed" if passed else "failed"
    invitation.result_note, invitation.result_at = note, clock.now()
    invitation.save(update_fields=["result", "result_note", "result_at"])


def _accepted(application: Application) -> InterviewInvitation:
    """Return the accepted invitation; the state machine guarantees that there is one."""
    return InterviewInvitation.objects.select_for_update().get(application=application, state="accepted")
