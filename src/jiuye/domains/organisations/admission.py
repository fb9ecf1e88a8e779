"""Whether an organisation's portal is open to its members: it is approved, and its profile is complete.

As an expression, so that it is part of the query that reads a person's memberships (`accounts.sessions`).
"""

from django.db.models import Exists, Expression, OuterRef, Q, Value
from django.db.models.expressions import Combinable

from jiuye.domains.organisations.models import Agency, Qualification, Shop


def is_admitted(kind: str) -> Expression | Combinable:
    """Return the expression over memberships of a kind. It agrees with `policies.missing_profile` (a test compares them)."""
    if kind not in ("agency", "employer"):
        return Value(True)
    # `expires_on` is set by an approval and emptied when one is revoked; a qualification that expired keeps the portal open.
    approved = Exists(
        Qualification.objects.filter(organisation_id=OuterRef("organisation_id"), expires_on__isnull=False)
    )
    if kind == "employer":
        return approved
    displayed = ("short_name", "address", "phone", "supervising_body", "supervising_phone")
    agency = Agency.objects.filter(pk=OuterRef("organisation_id")).exclude(_any_empty(displayed))
    shop = Shop.objects.filter(pk=OuterRef("organisation_id")).exclude(Q(fees="") | Q(services=[]))
    return approved & Exists(agency) & Exists(shop)


def _any_empty(columns: tuple[str, ...]) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{column: ""})
    return found
