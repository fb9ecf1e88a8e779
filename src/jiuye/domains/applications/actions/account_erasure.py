"""Erasing an account: end the applications under way and keep only the service ledger of all of them.

Records of services are kept for at least three years (网络招聘服务管理规定): posting, agency, time, outcome. The
person, what they sent and what was written about them are deleted (个人信息保护法 art. 47).
"""

from uuid import UUID

from django.db import connection, transaction

from jiuye.domains.accounts.models import Consent
from jiuye.domains.applications.actions.transitions import advance
from jiuye.domains.applications.events import ResumesErased
from jiuye.domains.applications.models import (
    Application,
    ApplicationNote,
    EmployerOpinion,
    InterviewInvitation,
    OnboardingNotice,
    ResumeSnapshot,
)
from jiuye.domains.applications.states import OPEN
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor

# The trigger on resume snapshots allows only this update, and only in a transaction that sets the marker.
_PERMIT = "SELECT set_config('jiuye.erasing', 'on', true)"
_FORBID = "SELECT set_config('jiuye.erasing', 'off', true)"

# Of the notes at a step only the coded reason is kept.
_FORGET_WORDS = """
UPDATE applications_applicationevent e
SET note = '', detail = CASE WHEN e.detail ? 'reason' THEN jsonb_build_object('reason', e.detail -> 'reason') ELSE '{}' END
FROM applications_application a WHERE a.id = e.application_id AND a.applicant_id = %s
"""


@transaction.atomic
def end_all_of(actor: Actor, *, person_id: UUID) -> int:
    """Withdraw all open applications of the person and notify the agencies. Return the number. For the system."""
    # Lock all of them: `forget_applicant` also needs those that ended earlier.
    mine = Application.objects.select_for_update().filter(applicant_id=person_id).order_by("id")
    ended = [one for one in mine if one.state in OPEN]
    for application in ended:
        advance(actor, application, "system", "leave")
    InterviewInvitation.objects.filter(application__in=ended, state__in=["pending", "accepted"], result="").update(
        state="cancelled"
    )
    Consent.objects.filter(pk__in=[one.consent_id for one in ended]).update(withdrawn_at=clock.now())
    return len(ended)


@transaction.atomic
def forget_applicant(actor: Actor, *, person_id: UUID) -> int:
    """Remove the person from all their applications. Return their number. Call `end_all_of` first. For the system."""
    mine = Application.objects.filter(applicant_id=person_id)
    count = mine.update(applicant_name="", rejection_note="")
    InterviewInvitation.objects.filter(application__applicant_id=person_id).update(
        note="", answer_note="", ask_reason="", ask_times=[], result_note=""
    )
    OnboardingNotice.objects.filter(application__applicant_id=person_id).update(
        note="", documents="", pay_text="", answer_note="", result_note="", follow_up_note=""
    )
    EmployerOpinion.objects.filter(application__applicant_id=person_id).update(note="")
    ApplicationNote.objects.filter(application__applicant_id=person_id).delete()
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_WORDS, [person_id])
        cursor.execute(_PERMIT)
        ResumeSnapshot.objects.filter(user_id=person_id).update(content="", digest="")
        cursor.execute(_FORBID)
    sent: dict[UUID, list[UUID]] = {}
    for agency_id, application_id in mine.order_by("id").values_list("agency_id", "id"):
        sent.setdefault(agency_id, []).append(application_id)
    events.publish(actor, *(ResumesErased(agency_id, ids) for agency_id, ids in sent.items()))
    return count
