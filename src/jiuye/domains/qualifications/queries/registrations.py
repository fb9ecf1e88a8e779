"""Which credit codes are registered."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.domains.organisations.models import Agency, Employer


@dataclass(frozen=True, slots=True)
class RegisteredOrganisation:
    """A registered organisation; its name is public."""

    organisation_id: UUID
    kind: str
    name: str


def registered_as(credit_code: str) -> RegisteredOrganisation | None:
    """Return the agency, or the employer that registered itself, with this credit code. At most two queries."""
    agency = Agency.objects.filter(credit_code=credit_code).first()
    if agency:
        return RegisteredOrganisation(agency.id, "agency", agency.legal_name)
    employer = Employer.objects.filter(credit_code=credit_code, registered_at__isnull=False).first()
    return RegisteredOrganisation(employer.id, "employer", employer.legal_name) if employer else None
