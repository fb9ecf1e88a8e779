"""Rescheduling: the seeker asks for another time; the agency invites again or keeps the time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.transitions import lock, remark
from jiuye.domains.applications.actions.validation import FURTHEST, tidied, tidy_note
from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused


@transaction.atomic
def ask_for_another_time(
    actor: Actor, *, application_id: UUID, invitation_id: UUID, reason: str, times: Sequence[datetime] = ()
) -> None:
    """Ask the agency for another time, with a reason and up to 3 proposals (aware); once per invitation.

    The invitation stays valid until the agency invites again. Raises `Invalid` (reason, times), `Refused`.
    """
    application, party = lock(actor, application_id)
    invitation = _invitation(application, invitation_id)
    reason, proposed = _checked(reason, times)
    moment = clock.now()
    shown = [time.isoformat() for time in proposed]
    remark(actor, application, party, "ask_for_another_time", note=reason, detail={"times": shown})
    if not policies.may_ask_for_another_time(invitation, moment):
        raise Refused(_why_not(invitation, moment), code="cannot_ask")
    invitation.asked_at, invitation.ask_reason, invitation.ask_times = moment, reason, shown
    invitation.save(update_fields=["asked_at", "ask_reason", "ask_times"])


@transaction.atomic
def keep_interview_time(actor: Actor, *, application_id: UUID, note: str = "") -> None:
    """Answer the seeker's request for another time: the time is kept. Raises `Refused` when there is no request."""
    application, party = lock(actor, application_id)
    note = tidy_note(note, InterviewInvitation, "note")
    remark(actor, application, party, "keep_time", note=note)
    invitation = (
        InterviewInvitation.objects.select_for_update()
        .filter(application=application)
        .order_by("-created_at", "-id")
        .first()
    )
    if invitation is None or not policies.waits_for_a_time(invitation):
        raise Refused("求职者没有待答复的改时间申请，请刷新页面查看最新进展。", code="nothing_asked")
    invitation.kept_at = clock.now()
    invitation.save(update_fields=["kept_at"])


def _invitation(application: Application, invitation_id: UUID) -> InterviewInvitation:
    found = InterviewInvitation.objects.select_for_update().filter(pk=invitation_id, application=application).first()
    if found is None or found.state == "superseded":
        raise Refused("这份邀约已被新的安排取代，请刷新页面查看最新邀约。", code="superseded")
    return found


def _checked(reason: str, times: Sequence[datetime]) -> tuple[str, list[datetime]]:
    kept, wrong = tidied({"ask_reason": reason}, InterviewInvitation)
    problems = {"reason": wrong["ask_reason"]} if wrong else {}
    if not kept["ask_reason"]:
        problems["reason"] = "请写明原因，例如“当天已有安排”，职介会看到。"
    proposed, moment = sorted(set(times)), clock.now()
    if len(proposed) > policies.MOST_TIMES:
        problems["times"] = f"最多提出 {policies.MOST_TIMES} 个时间。"
    elif any(time <= moment or time > moment + FURTHEST for time in proposed):
        problems["times"] = f"提出的时间须晚于现在，且在 {FURTHEST.days} 天以内，请重新选择。"
    if problems:
        raise Invalid(problems)
    return kept["ask_reason"], proposed


def _why_not(invitation: InterviewInvitation, moment: datetime) -> str:
    if invitation.kept_at:
        return "职介已确认按原时间面试。时间确实不合适的，可以谢绝并留言。"
    if invitation.asked_at:
        return "您已经提出改时间，正在等待职介答复，不用重复提出。"
    if invitation.starts_at <= moment:
        return "面试时间已经过了。可以谢绝并留言，请职介改约时间。"
    return "这份邀约已经结束，不能再改时间。"
