"""Find a person to sanction."""

from uuid import UUID

from jiuye.domains.accounts.duties import LOOKED_UP
from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.domains.sanctions import policies
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor


def find_person(actor: Actor, *, phone: str) -> UUID | None:
    """Return the account with this complete number, or None. The number itself is stored nowhere.

    Raises `Invalid` (phone), `RateLimited`, `Denied`, `NotFound`.
    """
    policies.require_sanctioner(actor)
    number = parse_mobile(phone)
    LOOKED_UP.hit(actor.person)
    found = User.objects.filter(phone_index=phone_index(number), erased_at=None).values_list("pk", flat=True).first()
    audit.record(actor, "sanction.look_up", found, found=found is not None)
    return found
