"""Names of organisations, and their members."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Subquery

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.domains.organisations.models import Affiliation, Agency, Employer
from jiuye.kernel.errors import NotFound

PLATFORM_NAME = "就业在线平台"


@dataclass(frozen=True)
class MembershipView:
    """A person's membership, with the organisation's name; `requests`: employers that wait for the agency's answer."""

    organisation_id: UUID
    kind: str
    name: str
    role: str
    role_label: str
    requests: int = 0


def organisation_names(organisations: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """Return the names of organisations given as (kind, id). At most two queries."""
    wanted: dict[str, set[UUID]] = {kind: set() for kind in OrganisationKind.values}
    for kind, organisation_id in organisations:
        wanted[kind].add(organisation_id)
    names = dict.fromkeys(wanted[OrganisationKind.PLATFORM], PLATFORM_NAME)
    if ids := wanted[OrganisationKind.AGENCY]:
        names.update(Agency.objects.filter(pk__in=ids).values_list("id", "legal_name"))
    if ids := wanted[OrganisationKind.EMPLOYER]:
        names.update(Employer.objects.filter(pk__in=ids).values_list("id", "legal_name"))
    return names


def organisation_name(kind: str, organisation_id: UUID) -> str:
    """Return the organisation's legal name. Raises `NotFound`."""
    names = organisation_names([(kind, organisation_id)])
    if organisation_id not in names:
        raise NotFound
    return names[organisation_id]


def identity_of(organisation_id: UUID) -> tuple[str, str]:
    """Return the legal name and credit code recorded of an agency or employer; empty for none. At most two queries."""
    for model in (Agency, Employer):
        found = model.objects.filter(pk=organisation_id).values_list("legal_name", "credit_code").first()
        if found:
            return found[0], found[1] or ""
    raise NotFound


def memberships_of(user_id: UUID) -> list[MembershipView]:
    """Return a person's memberships, longest first. At most three queries."""
    rows = list(
        Membership.objects.filter(user_id=user_id, user__erased_at=None, ended_at=None).order_by("created_at", "id")
    )
    # The agencies' names and requests come in one query: every page of an agency shows both.
    agencies = [row.organisation_id for row in rows if row.organisation_kind == OrganisationKind.AGENCY]
    found = _names_and_requests(agencies) if agencies else []
    requests = {pk: number or 0 for pk, _, number in found}
    names = {pk: name for pk, name, _ in found}
    names |= organisation_names(
        (row.organisation_kind, row.organisation_id) for row in rows if row.organisation_id not in names
    )
    return [
        MembershipView(
            row.organisation_id,
            row.organisation_kind,
            names[row.organisation_id],
            row.role,
            Role(row.role).label,
            requests.get(row.organisation_id, 0),
        )
        for row in rows
        if row.organisation_id in names
    ]


def _names_and_requests(agency_ids: list[UUID]) -> list[tuple[UUID, str, int | None]]:
    asked = Affiliation.objects.filter(agency_id=OuterRef("pk"), state="requested").order_by().values("agency_id")
    rows = Agency.objects.filter(pk__in=agency_ids).annotate(asked=Subquery(asked.annotate(n=Count("pk")).values("n")))
    return list(rows.values_list("id", "legal_name", "asked"))


def owned_alone(person_id: UUID) -> list[str]:
    """Return the names of organisations of which the person is the only owner: nobody could manage them afterwards. At
    most three queries.
    """
    others = Membership.objects.filter(
        organisation_id=OuterRef("organisation_id"), role=Role.OWNER, ended_at=None, user__erased_at=None
    ).exclude(user_id=person_id)
    mine = (
        Membership.objects.filter(~Exists(others), user_id=person_id, role=Role.OWNER, ended_at=None)
        .order_by("created_at", "id")
        .values_list("organisation_kind", "organisation_id")
    )
    names = organisation_names(mine)
    return list(names.values())
