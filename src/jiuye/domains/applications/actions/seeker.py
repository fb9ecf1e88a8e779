"""What the applicant does with an application that is under way."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications.actions.advancing import advance, lock
from jiuye.domains.applications.models import InterviewInvitation, OnboardingNotice
from jiuye.domains.applications.policies import DAYS_FOR_A_RESULT
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused


@transaction.atomic
def answer_interview(actor: Actor, *, application_id: UUID, invitation_id: UUID, accept: bool, note: str = "") -> None:
    """Accept or decline the invitation that is standing. Raises `Refused` when a newer one has taken its place."""
    application, party = lock(actor, application_id)
    invitation = (
        InterviewInvitation.objects.select_for_update().filter(pk=invitation_id, application=application).first()
    )
    if invitation is None or invitation.state == "superseded":
        raise Refused("这份邀约已被新的安排取代，请刷新页面查看最新邀约。", code="superseded")
    moment = clock.now()
    respond_by = max(invitation.starts_at, moment) + timedelta(days=DAYS_FOR_A_RESULT) if accept else None
    advance(
        actor,
        application,
        party,
        "accept_interview" if accept else "decline_interview",
        note=note,
        respond_by=respond_by,
    )
    invitation.state = "accepted" if accept else "declined"
    invitation.answer_note, invitation.answered_at = note, moment
    invitation.save(update_fields=["state", "answer_note", "answered_at"])


@transaction.atomic
def answer_onboarding(actor: Actor, *, application_id: UUID, accept: bool, note: str = "") -> None:
    """Accept or decline the onboarding notice."""
    application, party = lock(actor, application_id)
    notice = OnboardingNotice.objects.select_for_update().filter(application=application).first()
    moment = clock.now()
    respond_by = max(notice.report_at, moment) + timedelta(days=DAYS_FOR_A_RESULT) if notice and accept else None
    advance(
        actor,
        application,
        party,
        "accept_onboarding" if accept else "decline_onboarding",
        note=note,
        respond_by=respond_by,
    )
    if notice is None:
        raise Refused("没有找到入职通知，请刷新页面后再试。", code="no_notice")
    notice.state = "accepted" if accept else "declined"
    notice.answer_note, notice.answered_at = note, moment
    notice.save(update_fields=["state", "answer_note", "answered_at"])


@transaction.atomic
def withdraw(actor: Actor, *, application_id: UUID, note: str = "") -> None:
    """Take the application back; the recipients may no longer open the resume (个人信息保护法 art. 15)."""
    application, party = lock(actor, application_id)
    advance(actor, application, party, "withdraw", note=note)
    InterviewInvitation.objects.filter(application=application, state__in=["pending", "accepted"]).update(
        state="cancelled"
    )
    Consent.objects.filter(pk=application.consent_id).update(withdrawn_at=clock.now())
