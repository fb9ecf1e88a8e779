"""Request the erasure of one's account, and cancel the request."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions as resumes
from jiuye.erasure import queries
from jiuye.erasure.models import ErasureRequest
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, NotFound, Refused

TIME_TO_THINK = timedelta(days=7)


def request_erasure(actor: Actor) -> UUID:
    """Request the erasure, carried out after `TIME_TO_THINK`. Return the request's id. Idempotent.

    Raises `ConfirmationRequired` without recent re-authentication, `Refused` (code only_owner) for the only owner of
    an organisation, `NotFound` for an erased account.
    """
    person_id = actor.person
    if not actor.is_confirmed:
        raise ConfirmationRequired
    with transaction.atomic():
        if not User.objects.select_for_update().filter(pk=person_id, erased_at=None).exists():
            raise NotFound
        if alone := queries.owned_alone(person_id):
            raise Refused(
                f"您是{'、'.join(f'“{name}”' for name in alone)}唯一的管理员，注销后将无人能管理。请先把管理员交给同事，再来注销。",
                code="only_owner",
            )
        moment = clock.now()
        row, is_new = ErasureRequest.objects.get_or_create(
            person_id=person_id,
            cancelled_at=None,
            done_at=None,
            defaults={"asked_at": moment, "due_at": moment + TIME_TO_THINK},
        )
        if is_new:
            resumes.pause_visibility(actor, is_paused=True)
            audit.record(actor, "account.ask_erasure", person_id, request=row.id)
    return row.id


@transaction.atomic
def cancel_erasure(actor: Actor) -> bool:
    """Cancel the request and keep the account. Return whether there was an open request. Idempotent."""
    row = (
        ErasureRequest.objects.select_for_update()
        .filter(person_id=actor.person, cancelled_at=None, done_at=None)
        .first()
    )
    if row is None:
        return False
    row.cancelled_at = clock.now()
    row.save(update_fields=["cancelled_at"])
    resumes.pause_visibility(actor, is_paused=False)
    audit.record(actor, "account.cancel_erasure", actor.person, request=row.id)
    return True
