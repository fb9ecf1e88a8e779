"""Record a person's legal name after it was confirmed."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.accounts.states import RealNameSource
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index


@transaction.atomic
def record_real_name(actor: Actor, *, person_id: UUID, name: str, id_number: str) -> bool:
    """Record that the authority has confirmed this name and resident ID number of this person.

    Returns whether the person now has this name. Nothing is overwritten: not if the ID number is another account's,
    not if this account already has another legal name. Idempotent.
    """
    index = blind_index(id_number, "id-number")
    if not User.objects.filter(pk=person_id, erased_at=None).exists():
        return False
    fresh = RealName(
        user_id=person_id,
        name=name,
        id_number=id_number,
        id_number_index=index,
        source=RealNameSource.AUTHORITY,
        verified_at=clock.now(),
    )
    # Two accounts may be confirmed with one ID number at once: a unique constraint keeps one.
    RealName.objects.bulk_create([fresh], ignore_conflicts=True)
    kept = RealName.objects.filter(pk=person_id, id_number_index=index).first()
    if kept is None:
        audit.record(actor, "account.real_name_refused", person_id)
        return False
    if kept.verified_at == fresh.verified_at:
        audit.record(actor, "account.real_name", person_id, source=RealNameSource.AUTHORITY)
    return True
