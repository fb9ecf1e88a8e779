"""A person's blocks, and which organisations they cover."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from jiuye.domains.accounts.states import OrganisationKind
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.resumes.models import Employment, OrganisationBlock
from jiuye.domains.resumes.policies.visibility import name_key, name_keys
from jiuye.kernel import database
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound

FOUND_BY_NAME = 10
_COVERING = """
SELECT b.id, b.name FROM resumes_organisationblock b
WHERE b.user_id = %s AND (
  b.organisation_id = ANY(%s::uuid[]) OR b.name_key = ANY(%s::text[]) OR b.credit_codes && (
    SELECT coalesce(array_agg(o.credit_code), '{}') FROM (
      SELECT credit_code FROM organisations_agency WHERE id = ANY(%s::uuid[])
      UNION SELECT credit_code FROM organisations_employer WHERE id = ANY(%s::uuid[]) AND credit_code IS NOT NULL) o))
ORDER BY b.created_at, b.id
"""


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block. `organisation_id` None: no organisation of this name was on the platform when it was blocked."""

    id: UUID
    kind: str
    kind_label: str
    organisation_id: UUID | None
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that can be blocked; one entry for all with the same name."""

    kind: str
    kind_label: str
    id: UUID
    name: str
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class Covering:
    """A block that covers an organisation."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A person's blocks, for marking lists."""

    ids: frozenset[UUID]
    keys: frozenset[str]
    codes: frozenset[str]

    def covers(self, organisation_id: UUID | None, name: str, code: str | None = "") -> bool:
        """Whether a block covers this organisation; without its credit code only by id and name."""
        if not self.keys:
            return False
        return organisation_id in self.ids or name_key(name) in self.keys or code in self.codes


def kept_out(actor: Actor) -> KeptOut:
    """Return the actor's blocks; none for anonymous actors. One query."""
    rows = OrganisationBlock.objects.filter(user_id=actor.person_id) if actor.person_id else []
    found = list(rows)
    return KeptOut(
        frozenset(one.organisation_id for one in found if one.organisation_id),
        frozenset(one.name_key for one in found),
        frozenset(code for one in found for code in one.credit_codes),
    )


def my_blocks(actor: Actor) -> list[BlockView]:
    """Return the actor's blocks, latest first. One query."""
    rows = OrganisationBlock.objects.filter(user_id=actor.person).order_by("-created_at", "-id")
    return [
        BlockView(row.id, row.kind, OrganisationKind(row.kind).label, row.organisation_id, row.name, row.created_at)
        for row in rows
    ]


def covering(user_id: UUID, organisations: Mapping[UUID, str]) -> list[Covering]:
    """Return the person's blocks that cover any of these organisations (id → name).

    One query, prepared, because every application needs it.
    """
    ids = list(organisations)
    with database.prepared() as cursor:
        cursor.execute(_COVERING, [user_id, ids, name_keys(list(organisations.values())), ids, ids])
        return [Covering(*row) for row in cursor.fetchall()]


def block_of(kind: str, organisation_id: UUID, user: str = "user_id") -> Exists:
    """Return a condition for other rows: their person (column `user`) blocks this organisation. One query to build.

    Raises `NotFound` for no such organisation.
    """
    return block_against(organisation_id, *_name_and_code(kind, organisation_id), user)


def block_against(organisation_id: UUID, name: str, code: str | None, user: str = "user_id") -> Exists:
    """Return the same condition where name and credit code are known. No query."""
    covers = Q(organisation_id=organisation_id) | Q(name_key=name_key(name))
    if code:
        covers |= Q(credit_codes__contains=[code])
    return Exists(OrganisationBlock.objects.filter(covers, user_id=OuterRef(user)))


def candidates(actor: Actor, text: str) -> list[Candidate]:
    """Return agencies and employers matching the typed name. Three queries; none for fewer than two characters."""
    words = text.split()
    if sum(map(len, words)) < 2:
        return []
    blocked = {name_key(one.name) for one in my_blocks(actor)}
    found: dict[str, Candidate] = {}
    for kind, model in (("agency", Agency), ("employer", Employer)):
        rows: Any = model._default_manager.all()
        if kind == "agency":
            rows = rows.filter(is_listed=True)
        for word in words:
            rows = rows.filter(legal_name__icontains=word)
        for pk, name in rows.order_by("legal_name", "id").values_list("id", "legal_name")[: 2 * FOUND_BY_NAME]:
            key = name_key(name)
            found.setdefault(key, Candidate(kind, OrganisationKind(kind).label, pk, name, key in blocked))
    return list(found.values())[:FOUND_BY_NAME]


def candidate(actor: Actor, kind: str, organisation_id: UUID) -> Candidate:
    """Return one organisation by its id. Two queries. Raises `NotFound`."""
    name, _ = _name_and_code(kind, organisation_id)
    is_blocked = bool(covering(actor.person, {organisation_id: name}))
    return Candidate(kind, OrganisationKind(kind).label, organisation_id, name, is_blocked)


def present_employers(actor: Actor) -> list[str]:
    """Return the present employers in the actor's resume that are not blocked. Two queries."""
    rows = Employment.objects.filter(resume__user_id=actor.person, end_on=None).order_by("position", "id")
    names = {name_key(name): name for name in rows.values_list("employer_name", flat=True)}
    if not names:
        return []
    blocked = OrganisationBlock.objects.filter(user_id=actor.person, name_key__in=list(names))
    covered = set(blocked.values_list("name_key", flat=True))
    return [name for key, name in names.items() if key and key not in covered]


def _name_and_code(kind: str, organisation_id: UUID) -> tuple[str, str | None]:
    models: dict[str, Any] = {"agency": Agency, "employer": Employer}
    if kind not in models:
        raise NotFound
    found = models[kind].objects.filter(pk=organisation_id).values_list("legal_name", "credit_code").first()
    if found is None:
        raise NotFound("没有找到这个单位或机构，它可能已被删除。")
    name, code = found
    return name, code
