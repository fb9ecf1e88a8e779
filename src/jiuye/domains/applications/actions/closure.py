"""Ends before the first day at work: rejected by the agency, withdrawn by the seeker, closed by the system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.transitions import advance, lock
from jiuye.domains.applications.actions.validation import tidy_note
from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.domains.applications.states import APPLICATION, RejectionReason
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused

MOST_TOGETHER = 100


@dataclass(frozen=True)
class EndedOne:
    """The result of one application in a batch: `code` and `message` are empty when it ended."""

    application_id: UUID
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class Ended:
    """The results of a batch, in its order."""

    results: tuple[EndedOne, ...]

    @property
    def done(self) -> int:
        """How many ended."""
        return sum(not one.code for one in self.results)

    @property
    def refused(self) -> tuple[str, ...]:
        """A message for each that did not."""
        return tuple(one.message for one in self.results if one.code)


def reject(actor: Actor, *, application_id: UUID, reason: str, note: str = "") -> None:
    """Reject the application with a reason for the seeker. Raises `Invalid` and `Refused`."""
    with transaction.atomic():
        application, party = lock(actor, application_id)
        _reject(actor, application, party, reason, _checked(reason, note))


def reject_several(actor: Actor, *, application_ids: Sequence[UUID], reason: str, note: str = "") -> Ended:
    """Reject several applications with the same reason, each in its own transaction; one failure does not stop the
    others.

    Raises `Invalid` before any change, also for more than `MOST_TOGETHER`.
    """
    if len(application_ids) > MOST_TOGETHER:
        raise Invalid({"reason": f"一次最多处理 {MOST_TOGETHER} 份投递，请分几次操作。"})
    note = _checked(reason, note)
    return Ended(tuple(_reject_one(actor, one, reason, note) for one in application_ids))


def _reject_one(actor: Actor, application_id: UUID, reason: str, note: str) -> EndedOne:
    try:
        with transaction.atomic():
            application, party = lock(actor, application_id)
            who = application.applicant_name or "求职者"
            _reject(actor, application, party, reason, note)
    except NotFound as missing:
        return EndedOne(application_id, missing.code, "有一份投递已找不到，没有处理。")
    except Refused as refusal:
        return EndedOne(application_id, refusal.code, f"{who}：{refusal.message}")
    return EndedOne(application_id)


def _checked(reason: str, note: str) -> str:
    note = tidy_note(note, Application, "rejection_note")
    if reason not in RejectionReason.values or reason == RejectionReason.UNANSWERED:
        raise Invalid({"reason": "请选择一个原因，求职者会看到。"})
    if reason == RejectionReason.OTHER and not note:
        raise Invalid({"note": "选择“其他原因”时，请写明是什么原因。"})
    return note


def _reject(actor: Actor, application: Application, party: str, reason: str, note: str) -> None:
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
    _cancel_interview(application)


@transaction.atomic
def withdraw(actor: Actor, *, application_id: UUID, note: str = "") -> None:
    """Withdraw the application and its consent: the receivers can no longer open the resume (个人信息保护法 art. 15). Raises `Refused`."""
    application, party = lock(actor, application_id)
    note = tidy_note(note, Application, "rejection_note")
    advance(actor, application, party, "withdraw", note=note)
    _cancel_interview(application)
    Consent.objects.filter(pk=application.consent_id).update(withdrawn_at=clock.now())


def close_unanswered(*, limit: int = 500) -> int:
    """Close applications that wait for the agency and have not changed for 60 days, with an explanation.

    Applications with an interview still to come are skipped. Idempotent. Return the number closed.
    """
    actor = Actor.system()
    moment = clock.now()
    with transaction.atomic():
        silent = list(
            Application.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(
                state__in=APPLICATION.rows["close_unanswered"].sources,
                state_changed_at__lt=moment - timedelta(days=policies.SILENT_DAYS_BEFORE_CLOSING),
                respond_by__lt=moment,
            )
            .order_by("state_changed_at", "id")[:limit]
        )
        for application in silent:
            advance(
                actor,
                application,
                "system",
                "close_unanswered",
                note=f"对方 {policies.SILENT_DAYS_BEFORE_CLOSING} 天内没有处理，系统已自动关闭。您可以重新投递或选择其他职位。",
                detail={"reason": RejectionReason.UNANSWERED},
                rejection_reason=RejectionReason.UNANSWERED,
            )
            _cancel_interview(application)
    return len(silent)


def _cancel_interview(application: Application) -> None:
    """Cancel an interview that is still to come; leave past ones as they are."""
    InterviewInvitation.objects.filter(application=application, state__in=["pending", "accepted"], result="").update(
        state="cancelled"
    )
