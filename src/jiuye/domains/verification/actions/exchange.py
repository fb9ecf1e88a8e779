"""Calls to the authority: send cases and fetch answers. Never within a transaction, because calls take time."""

from typing import cast
from uuid import UUID

import orjson
import structlog
from django.db.models import F, QuerySet
from procrastinate.contrib.django import app as queue

from jiuye.domains.verification import policies
from jiuye.domains.verification.actions.requests import ASKING_TASK
from jiuye.domains.verification.actions.results import end_unanswered, record_answer
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import CheckKind, EndReason
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.ports import authority
from jiuye.ports.authority import AuthorityRejected, AuthorityUnavailable, CheckRequest

log = structlog.get_logger("verification")
# Callbacks bring nearly all answers; each minute's run polls for the others, those polled longest ago first.
POLLED_AT_ONCE = 100


def ask_authority(actor: Actor, *, case_id: UUID) -> None:
    """Send one case; does nothing if it is no longer open. Raises `AuthorityUnavailable` for a retry."""
    case = _under_way().filter(pk=case_id).first()
    if case is None or case.handed_over_at is not None:
        return
    mine = VerificationCase.objects.filter(pk=case_id)
    mine.update(attempts=F("attempts") + 1)
    try:
        authority.get().ask(_question(case))
    except AuthorityRejected as problem:
        log.warning("the authority rejected a question", case=str(case_id), reason=str(problem))
        end_unanswered(actor, case_id=case_id, reason=EndReason.REJECTED)
    else:
        mine.update(handed_over_at=clock.now())


def fetch_answers(actor: Actor) -> int:
    """Poll for cases sent more than 30 s ago, and end those older than a week. Return the number answered.

    Ends early, without an error, while the authority does not answer.
    """
    moment = clock.now()
    for case_id in _under_way().filter(asked_at__lt=moment - policies.GIVE_UP_AFTER).values_list("id", flat=True):
        end_unanswered(actor, case_id=case_id, reason=EndReason.TIMEOUT)
    waiting = (
        _under_way()
        .filter(handed_over_at__lt=moment - policies.POLL_AFTER)
        .order_by(F("polled_at").asc(nulls_first=True), "id")
        .values_list("id", flat=True)[:POLLED_AT_ONCE]
    )
    answered = 0
    for case_id in list(waiting):
        try:
            answer = authority.get().fetch(str(case_id))
        except AuthorityUnavailable:
            break
        except AuthorityRejected as problem:
            log.warning("the authority does not know a question", case=str(case_id), reason=str(problem))
            ask_again(actor, case_id=case_id)
            continue
        if answer is None:
            VerificationCase.objects.filter(pk=case_id).update(polled_at=clock.now())
        else:
            answered += record_answer(actor, answer=answer)
    return answered


def ask_again(actor: Actor, *, case_id: UUID) -> None:
    """The authority has lost a case: send it once more."""
    VerificationCase.objects.filter(pk=case_id, state="pending").update(handed_over_at=None)
    queue.configure_task(ASKING_TASK, queue="authority").defer(case_id=str(case_id))


def _under_way() -> QuerySet[VerificationCase]:
    return VerificationCase.objects.filter(state="pending", superseded_at=None).order_by("id")


def _question(case: VerificationCase) -> CheckRequest:
    person, claims = orjson.loads(case.person), orjson.loads(case.claims)
    if case.kind == CheckKind.IDENTITY:
        claims.pop("name", None)  # the name is what is verified
    kind = CheckKind.EMPLOYMENT if case.kind == CheckKind.EMPLOYED else case.kind
    return CheckRequest(
        id=str(case.id),
        kind=cast(authority.CheckKind, str(kind)),
        name=person["name"],
        id_number=person["id_number"],
        claims=claims,
    )
