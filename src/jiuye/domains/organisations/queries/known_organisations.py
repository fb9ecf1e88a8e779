"""Which organisation has registered a credit code, and one's own requests to become its member."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.domains.organisations.models import Agency, Employer, MembershipRequest
from jiuye.domains.organisations.queries.employers import with_code
from jiuye.domains.organisations.queries.members import organisation_names
from jiuye.domains.organisations.states import MEMBERSHIP_REQUEST_LABELS
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from jiuye.kernel.identifiers import InvalidIdentifier, check_credit_code

_REQUESTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An organisation that has an owner here. `name` is complete only if it is public anyway."""

    id: UUID
    kind: str
    kind_label: str
    name: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """One's own request to become a member."""

    id: UUID
    organisation_name: str
    kind: str
    state: str
    state_label: str
    role_label: str
    reason: str
    requested_at: datetime
    closed_at: datetime | None


def known_organisations(credit_code: str) -> list[KnownOrganisation]:
    """Return who has registered here with this code: nobody, an agency, an employer, or both under one code.

    An employer that agencies only name has no owner and counts as not registered. Raises `Invalid` (credit_code).
    Three queries.
    """
    try:
        code = check_credit_code(credit_code)
    except InvalidIdentifier as error:
        raise Invalid({"credit_code": f"{error}。"}) from error
    found = [(one.id, OrganisationKind.AGENCY, _shown(one)) for one in Agency.objects.filter(credit_code=code)]
    found += [(one.id, OrganisationKind.EMPLOYER, _shown(one)) for one in Employer.objects.filter(with_code(code))]
    owned = set(
        Membership.objects.filter(
            organisation_id__in=[row[0] for row in found], role=Role.OWNER, ended_at=None
        ).values_list("organisation_id", flat=True)
    )
    return [KnownOrganisation(pk, kind, str(kind.label), name) for pk, kind, name in found if pk in owned]


def my_membership_requests(actor: Actor) -> list[RequestView]:
    """Return the actor's own requests, newest first. Names are complete once accepted. At most three queries."""
    rows = list(
        MembershipRequest.objects.filter(person_id=actor.person).order_by("-requested_at", "-id")[:_REQUESTS_SHOWN]
    )
    names = _names(rows)
    return [
        RequestView(
            id=row.id,
            organisation_name=names.get(row.organisation_id, "已不存在的机构"),
            kind=row.organisation_kind,
            state=row.state,
            state_label=MEMBERSHIP_REQUEST_LABELS[row.state],
            role_label=str(Role(row.role).label) if row.role else "",
            reason=row.reason,
            requested_at=row.requested_at,
            closed_at=row.closed_at,
        )
        for row in rows
    ]


def _names(rows: list[MembershipRequest]) -> dict[UUID, str]:
    accepted = [(row.organisation_kind, row.organisation_id) for row in rows if row.state == "accepted"]
    others = {row.organisation_id for row in rows} - {one for _, one in accepted}
    names = {one.id: _shown(one) for one in Agency.objects.filter(pk__in=others)}
    names |= {one.id: _shown(one) for one in Employer.objects.filter(pk__in=others)}
    return names | organisation_names(accepted)


def _shown(organisation: Agency | Employer) -> str:
    """Return the name, complete if the shop is listed or the employer certified, else its ends: enough for those who know it."""
    is_public = organisation.is_listed if isinstance(organisation, Agency) else organisation.is_certified
    name = organisation.legal_name
    return name if is_public else f"{name[:2]}****{name[-4:]}"
