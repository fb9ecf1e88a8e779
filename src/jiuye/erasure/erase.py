"""Erase accounts. Each erasure is one transaction and is retried after a failure.

Afterwards no readable or encrypted column identifies the person (个人信息保护法 art. 47). `rules` has the rule for
each table. The audit log and the service ledger keep the account's bare id.
"""

from uuid import UUID

import structlog
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q

from jiuye.domains.accounts.models import CodePlace, Consent, LoginCode, Membership, User
from jiuye.domains.applications.actions import end_all_of, forget_applicant
from jiuye.domains.applications.models import Application
from jiuye.domains.feedback.models import Feedback
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.organisations.models import MemberInvitation
from jiuye.domains.reports.models import Report
from jiuye.domains.reviews.actions import recount
from jiuye.domains.reviews.models import ReviewReport, ShopReview
from jiuye.erasure.models import ErasureRequest
from jiuye.erasure.rules import DELETED
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.notifications.actions import Sms, notify
from jiuye.notifications.messages import ERASURE_HELD, Facts, fill
from jiuye.privacy.actions import forget_exports

log = structlog.get_logger("erasure")

# Jobs that sent codes to the phone contain its number, encrypted.
_FORGET_CODE_JOBS = """
DELETE FROM procrastinate_jobs
WHERE task_name = 'send_login_code' AND status <> 'doing' AND args ->> 'code_id' = ANY(%s)
"""


def erase_due(actor: Actor) -> int:
    """Carry out every request that is due. Return how many. Run by the system.

    A request that fails is left for the next run and does not block the others. Raises RuntimeError at the end if any
    failed.
    """
    due = ErasureRequest.objects.filter(due_at__lte=clock.now(), cancelled_at=None, done_at=None)
    done, failed = 0, 0
    for request_id in list(due.order_by("due_at", "id").values_list("id", flat=True)):
        try:
            done += erase(actor, request_id=request_id)
        except Exception:  # Whatever the error is, the others have a right to their erasure.
            log.exception("an account could not be erased", request=str(request_id))
            failed += 1
    if failed:
        raise RuntimeError(f"{failed} accounts could not be erased; they are tried again")
    return done


@transaction.atomic
def erase(actor: Actor, *, request_id: UUID) -> bool:
    """Carry out one request. Return whether it was open, due and not locked by another process. Run by the system.

    A person who has become the only owner of an organisation meanwhile is told, and stays until they have handed over.
    """
    moment = clock.now()
    request = (
        ErasureRequest.objects.select_for_update(skip_locked=True)
        .filter(pk=request_id, due_at__lte=moment, cancelled_at=None, done_at=None)
        .first()
    )
    if request is None:
        return False
    if not _may_go(request):
        return False
    # Lock applications before the account, in the order in which agencies' actions lock them: no deadlock.
    ended = end_all_of(actor, person_id=request.person_id)
    person = User.objects.select_for_update().get(pk=request.person_id)
    # The account is locked now; close applications created since the previous step.
    ended += end_all_of(actor, person_id=person.id)
    kept = forget_applicant(actor, person_id=person.id)
    Feedback.objects.filter(author=person).delete()
    forget_exports(actor, person_id=person.id)
    _delete_reviews(person.id)
    Report.objects.filter(reporter=person).update(text="", contact="")
    ReviewReport.objects.filter(reporter=person).update(text="")
    _delete_rows(person.id)
    _delete_consents(person.id)
    Membership.objects.filter(user=person, ended_at=None).update(ended_at=moment)
    _delete_codes(person.phone_index or "")
    MemberInvitation.objects.filter(Q(phone_index=person.phone_index) | Q(accepted_by=person)).delete()
    _empty(person)
    request.done_at = moment
    request.save(update_fields=["done_at"])
    audit.record(actor, "account.erase", person.id, request=request.id, withdrawn=ended, kept_in_ledger=kept)
    return True


def _may_go(request: ErasureRequest) -> bool:
    """Return whether no organisation loses its only owner; tell the person once if one would."""
    try:
        organisations.refuse_last_owner(request.person_id, doing="注销")
    except Refused as refusal:
        notify(
            Actor.system(),
            user_ids=[request.person_id],
            kind="member.erasure_held",
            title=ERASURE_HELD.title,
            body=fill(ERASURE_HELD.body, Facts(reason=refusal.message), 300),
            link=ERASURE_HELD.link,
            dedupe_key=f"erasure-held:{request.id}",
            sms=Sms("member.erasure_held", {}, f"erasure-held:{request.id}", [request.person_id]),
        )
        return False
    return True


def _empty(person: User) -> None:
    """Empty the account: rows that reference it find no number and no name, and the number can be registered again."""
    person.phone, person.phone_index, person.name = "", None, ""
    person.last_login_at, person.erased_at = None, clock.now()
    person.suspension_notice = person.suspension_link = ""
    person.save()


def _delete_rows(person_id: UUID) -> None:
    for label, field in DELETED:
        apps.get_model(label)._base_manager.filter(**{field: person_id}).delete()


def _delete_reviews(person_id: UUID) -> None:
    """Delete the reviews. They are not kept under another name: people recognise each other by what they write."""
    mine = ShopReview.objects.filter(author_id=person_id)
    agencies = sorted(mine.values_list("agency_id", flat=True))
    mine.delete()
    for agency_id in agencies:
        recount(agency_id)


def _delete_consents(person_id: UUID) -> None:
    held = Application.objects.filter(applicant_id=person_id).values("consent_id")
    mine = Consent.objects.filter(user_id=person_id)
    mine.exclude(pk__in=held).delete()
    mine.filter(withdrawn_at=None).update(withdrawn_at=clock.now())


def _delete_codes(phone_index: str) -> None:
    codes = LoginCode.objects.filter(phone_index=phone_index)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_CODE_JOBS, [[str(pk) for pk in codes.values_list("id", flat=True)]])
    codes.delete()
    CodePlace.objects.filter(phone_index=phone_index).delete()
