"""Whether an agency's shop and postings are public."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.organisations import policies
from jiuye.domains.organisations.events import AgencyListingChanged
from jiuye.domains.organisations.models import Agency, Qualification, Shop
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


@transaction.atomic
def refresh_listing(actor: Actor, agency_id: UUID) -> bool:
    """Set `Agency.is_listed` from qualification, profile and restriction (`policies.may_be_listed`), and return it.

    Call it after each change of one of the three; nothing else sets the column. Idempotent. Raises `NotFound`.
    """
    agency = Agency.objects.select_for_update().filter(pk=agency_id).first()
    shop = Shop.objects.filter(pk=agency_id).first()
    if agency is None or shop is None:
        raise NotFound
    until = Qualification.objects.filter(organisation_id=agency_id).values_list("expires_on", flat=True).first()
    is_listed = policies.may_be_listed(agency, shop, until, clock.today())
    if is_listed != agency.is_listed:
        agency.is_listed = is_listed
        agency.save(update_fields=["is_listed"])
        audit.record(actor, "agency.list" if is_listed else "agency.unlist", agency_id)
        events.publish(actor, AgencyListingChanged(agency_id=agency_id, is_listed=is_listed))
    return is_listed
