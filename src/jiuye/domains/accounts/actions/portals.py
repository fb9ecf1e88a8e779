"""Close an organisation's portal, and open it again."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import ClosedPortal
from jiuye.kernel import clock


@transaction.atomic
def close_portal(organisation_id: UUID) -> None:
    """Close the portal to the organisation's members, from their next request on. Idempotent.

    The caller has checked who may, and writes the audit entry.
    """
    ClosedPortal.objects.get_or_create(organisation_id=organisation_id, defaults={"closed_at": clock.now()})


@transaction.atomic
def open_portal(organisation_id: UUID) -> None:
    """Open the portal again. Idempotent."""
    ClosedPortal.objects.filter(organisation_id=organisation_id).delete()
