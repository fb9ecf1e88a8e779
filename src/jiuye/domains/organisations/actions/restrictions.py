"""Restrict an organisation, as the sanctions in force say."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.accounts.duties import require_operator
from jiuye.domains.organisations.actions.listing import refresh_listing
from jiuye.domains.organisations.events import EmployerRestricted
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.organisations.states import CLOSING, Restriction
from jiuye.kernel import audit, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


@transaction.atomic
def lock_organisation(kind: str, organisation_id: UUID) -> Agency | Employer:
    """Lock and return an agency or an employer, so that its sanctions change one after the other. Raises `NotFound`."""
    found: Agency | Employer | None = None
    if kind == "agency":
        found = Agency.objects.select_for_update().filter(pk=organisation_id).first()
    elif kind == "employer":
        found = Employer.objects.select_for_update().filter(pk=organisation_id).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def restrict(actor: Actor, *, kind: str, organisation_id: UUID, restriction: str) -> bool:
    """Set the restriction of an agency or an employer, with its effects. Return whether it changed. Idempotent.

    The shop, the postings and the portal follow; nothing else sets the column. Raises `Denied` for everybody except
    operators and the system, `NotFound`.
    """
    if not actor.is_system:
        require_operator(actor)
    found = lock_organisation(kind, organisation_id)
    before, after = found.restriction, Restriction(restriction)
    if before == after:
        return False
    found.restriction = after
    found.save(update_fields=["restriction"])
    if after in CLOSING:
        accounts.close_portal(found.pk)
    else:
        accounts.open_portal(found.pk)
    audit.record(actor, f"{kind}.restrict", found.pk, before=before, after=after)
    if kind == "agency":
        refresh_listing(actor, found.pk)
    else:
        events.publish(actor, EmployerRestricted(employer_id=found.pk, restriction=after))
    return True
