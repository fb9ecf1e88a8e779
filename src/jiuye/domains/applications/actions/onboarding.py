"""Onboarding: the agency notifies, the seeker answers, the agency records whether the person came."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from jiuye.domains.applications.actions.transitions import advance, lock
from jiuye.domains.applications.actions.validation import check_contact, check_times, tidied, tidy_note
from jiuye.domains.applications.models import Application, OnboardingNotice
from jiuye.domains.applications.policies import DAYS_FOR_A_RESULT
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid


@dataclass(frozen=True)
class OnboardingDetails:
    """The terms of an onboarding notice. Times are aware."""

    report_at: datetime
    answer_by: datetime
    place: str
    contact_name: str
    contact_phone: str
    documents: str = ""
    pay_text: str = ""
    note: str = ""


@transaction.atomic
def notify_onboarding(actor: Actor, *, application_id: UUID, details: OnboardingDetails) -> UUID:
    """Send the onboarding notice; returns its id. Raises `Invalid` and `Refused`."""
    application, party = lock(actor, application_id)
    checked = _checked(details)
    shown = {"report_at": checked.report_at.isoformat(), "answer_by": checked.answer_by.isoformat()}
    advance(
        actor, application, party, "notify_onboarding", note=checked.note, detail=shown, respond_by=checked.answer_by
    )
    return OnboardingNotice.objects.create(application=application, created_at=clock.now(), **asdict(checked)).id


def _checked(details: OnboardingDetails) -> OnboardingDetails:
    names = ("place", "contact_name", "contact_phone", "documents", "pay_text", "note")
    kept, wrong = tidied({name: getattr(details, name) for name in names}, OnboardingNotice)
    wrong |= check_times(details.report_at, details.answer_by, "report_at", "报到时间")
    wrong |= check_contact(kept["contact_name"], kept["contact_phone"])
    if not kept["place"]:
        wrong["place"] = "请填写报到地点，方便求职者前往。"
    if wrong:
        raise Invalid(wrong)
    texts: dict[str, Any] = dict(kept)
    return replace(details, **texts)


@transaction.atomic
def answer_onboarding(actor: Actor, *, application_id: UUID, accept: bool, note: str = "") -> None:
    """Accept or decline the onboarding notice. Raises `Refused`."""
    application, party = lock(actor, application_id)
    note = tidy_note(note, OnboardingNotice, "answer_note")
    moment = clock.now()
    verb = "accept_onboarding" if accept else "decline_onboarding"
    advance(actor, application, party, verb, note=note, respond_by=_result_by(application, moment) if accept else None)
    notice = _notice(application)
    notice.state = "accepted" if accept else "declined"
    notice.answer_note, notice.answered_at = note, moment
    notice.save(update_fields=["state", "answer_note", "answered_at"])


def _result_by(application: Application, moment: datetime) -> datetime:
    """The deadline for the agency to record the result: some days after the first day at work, or after the answer."""
    report_at = (
        OnboardingNotice.objects.filter(application=application).values_list("report_at", flat=True).first() or moment
    )
    return max(report_at, moment) + timedelta(days=DAYS_FOR_A_RESULT)


@transaction.atomic
def record_onboarding_result(actor: Actor, *, application_id: UUID, onboarded: bool, note: str = "") -> None:
    """Record whether the person came on the first day; the seeker can read the note. Raises `Refused`."""
    application, party = lock(actor, application_id)
    note = tidy_note(note, OnboardingNotice, "result_note")
    advance(actor, application, party, "record_onboarded" if onboarded else "record_no_show", note=note)
    notice = _notice(application)
    notice.result, notice.result_note, notice.result_at = ("onboarded" if onboarded else "no_show"), note, clock.now()
    notice.save(update_fields=["result", "result_note", "result_at"])


def _notice(application: Application) -> OnboardingNotice:
    """Return the notice that was sent; the state machine guarantees that there is one."""
    return OnboardingNotice.objects.select_for_update().get(application=application)
