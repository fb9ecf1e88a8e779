"""The authority's answers, and what happens without one."""

from datetime import datetime
from uuid import UUID

import orjson
from django.db import transaction

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.verification import policies
from jiuye.domains.verification.events import VerificationAnswered
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import VERB_OF_OUTCOME, VERIFICATION, CheckKind, EndReason
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import id_in
from jiuye.ports.authority import CheckAnswer


@transaction.atomic
def record_answer(actor: Actor, *, answer: CheckAnswer) -> bool:
    """Record the authority's answer. Return whether anything changed.

    Nothing changes for a case that was answered before, reset by an edit, or unknown: answers may arrive twice, late
    and by two ways.
    """
    case = _open_case(answer.id)
    if case is None:
        return False
    step = VERIFICATION.find(VERB_OF_OUTCOME[answer.outcome], case.state, "system")
    moment = clock.now()
    case.state = step.target
    if case.kind == CheckKind.IDENTITY and case.state == "verified" and not _made_known(actor, case):
        return _end(actor, case, EndReason.TAKEN)
    case.person = ""
    case.answered_at = min(_moment(answer.answered_at) or moment, moment)
    case.source = answer.source[:80]
    if case.state == "verified":
        case.expires_at = case.answered_at + policies.lasts(case.kind)
    if case.state == "mismatched":
        case.differences = orjson.dumps(
            [{"name": one.name, "stated": one.stated, "recorded": one.recorded} for one in answer.differences]
        ).decode()
    case.save(update_fields=["state", "person", "answered_at", "source", "expires_at", "differences"])
    _tell(actor, case)
    return True


@transaction.atomic
def end_unanswered(actor: Actor, *, case_id: UUID, reason: EndReason) -> bool:
    """End a case without an answer: the item is as unverified as before, and its owner sees why. Return whether it was open."""
    case = _open_case(str(case_id))
    if case is None:
        return False
    return _end(actor, case, reason)


def _end(actor: Actor, case: VerificationCase, reason: EndReason) -> bool:
    case.state = VERIFICATION.find("give_up", "pending", "system").target
    case.end_reason = reason
    case.person = ""
    case.save(update_fields=["state", "end_reason", "person"])
    _tell(actor, case)
    return True


def _made_known(actor: Actor, case: VerificationCase) -> bool:
    """Record a confirmed identity as the person's real name, in the same transaction, unless the number is another account's."""
    person = orjson.loads(case.person)
    return accounts.record_real_name(actor, person_id=case.user_id, name=person["name"], id_number=person["id_number"])


def _open_case(identifier: str) -> VerificationCase | None:
    """Lock and return the case while it waits for its answer."""
    case_id = id_in(identifier)
    if case_id is None:
        return None
    waiting = VerificationCase.objects.select_for_update().filter(state="pending", superseded_at=None)
    return waiting.filter(pk=case_id).order_by("id").first()


def _tell(actor: Actor, case: VerificationCase) -> None:
    events.publish(actor, VerificationAnswered(case.id, case.user_id, case.kind, case.subject_id, case.state))
    audit.record(actor, "verification.answer", case.id, kind=CheckKind(case.kind), state=case.state)


def _moment(text: str) -> datetime | None:
    """Parse ISO 8601 with offset; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
