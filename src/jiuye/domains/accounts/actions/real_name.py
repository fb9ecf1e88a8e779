"""Writing down who a person is by law, once somebody has confirmed it."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.accounts.states import RealNameSource
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index


@transaction.atomic
def record_real_name(actor: Actor, *, person_id: UUID, name: str, id_number: str) -> bool:
    """The authority has confirmed that this name and resident ID number belong together, as this person stated.

    Returns whether the person is now known by it. Nothing is overwritten: not when the ID number is another account's, not
    when this account already is somebody else's by law. Repeating it changes nothing.
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
    # Two accounts may be confirmed with one ID number at once: the database keeps one.
    RealName.objects.bulk_create([fresh], ignore_conflicts=True)
    kept = RealName.objects.filter(pk=person_id, id_number_index=index).first()
    if kept is None:
        audit.record(actor, "account.real_name_refused", person_id)
        return False
    if kept.verified_at == fresh.verified_at:
        audit.record(actor, "account.real_name", person_id, source=RealNameSource.AUTHORITY)
    return True
