"""Employers: the details that every posting states."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jiuye.domains.organisations import policies
from jiuye.domains.organisations.models import Affiliation, Agency, Employer, MergedEmployer
from jiuye.domains.organisations.states import HIDING, Restriction
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.terms import EmployerSize, OwnershipKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True)
class EmployerFacts:
    """单位基本情况 of an employer (人力资源市场暂行条例 art. 24); labels in Chinese, empty if not stated."""

    id: UUID
    legal_name: str
    credit_code: str
    ownership: str
    ownership_label: str
    size: str
    size_label: str
    industry_code: str
    industry_name: str
    region_code: str
    region_name: str
    address: str
    phone: str
    introduction: str
    is_certified: bool


def employer_facts(employer: Employer) -> EmployerFacts:
    """Return the details of a loaded employer; no query."""
    return EmployerFacts(
        id=employer.id,
        legal_name=employer.legal_name,
        credit_code=employer.credit_code or "",
        ownership=employer.ownership,
        ownership_label=OwnershipKind(employer.ownership).label if employer.ownership else "",
        size=employer.size,
        size_label=EmployerSize(employer.size).label if employer.size else "",
        industry_code=employer.industry_id or "",
        industry_name=reference.industry(employer.industry_id).name if employer.industry_id else "",
        region_code=employer.region_id or "",
        region_name=reference.full_name(employer.region_id) if employer.region_id else "",
        address=employer.address,
        phone=employer.phone,
        introduction=employer.introduction,
        is_certified=employer.is_certified,
    )


def employer(actor: Actor, employer_id: UUID) -> EmployerFacts:
    """Return an employer that the actor's agency may name, or the actor's own. One query. Raises `NotFound`."""
    found = Employer.objects.filter(pk=employer_id).first()
    if found is None or not (policies.may_name(actor, found) or actor.acts_for("employer", employer_id)):
        raise NotFound
    return employer_facts(found)


def with_code(credit_code: str) -> Q:
    """Return the condition on `Employer` for the record with a credit code, or into which the one with it was merged."""
    survivors = MergedEmployer.objects.filter(credit_code=credit_code).values("survivor_id")
    return Q(credit_code=credit_code) | Q(pk__in=survivors)


def merged_into(employer_id: UUID) -> UUID | None:
    """Return the employer into which a record with this id was merged, or None. One query."""
    found = MergedEmployer.objects.filter(pk=employer_id).values_list("survivor_id", flat=True)
    return found.first()


def company(employer_id: UUID) -> EmployerFacts:
    """Return the public page of an employer. One query. Raises `NotFound` unless it is certified and no sanction hides it."""
    found = _companies().filter(pk=employer_id).first()
    if found is None:
        raise NotFound("没有找到这家单位的主页。只有通过平台认证的单位才有主页。")
    return employer_facts(found)


def companies(*, text: str = "", region: str = "", cursor: str = "", size: int = 20) -> Page[EmployerFacts]:
    """Return the employers with a public page, by name. `region` at any level includes all its parts. One query."""
    rows = _companies()
    if region:
        rows = rows.filter(region_id__in=reference.descendants(region) if reference.has_region(region) else [])
    for word in text.split():
        rows = rows.filter(legal_name__icontains=word)
    return paginate(rows, ordering=("legal_name", "id"), cursor=cursor, size=size).map(employer_facts)


def companies_by_id(employer_ids: Collection[UUID]) -> dict[UUID, EmployerFacts]:
    """Return those of these employers that have a public page, by id. One query."""
    return {one.pk: employer_facts(one) for one in _companies().filter(pk__in=employer_ids).order_by("pk")}


def _companies() -> QuerySet[Employer]:
    return Employer.objects.filter(is_certified=True).exclude(restriction__in=HIDING)


def employers_named_by(actor: Actor, *, text: str = "", limit: int = 8) -> list[EmployerFacts]:
    """Return employers that the actor's agency has named or works with, with `text` in name or code. One query."""
    if actor.organisation_id is None or not actor.acts_for("agency"):
        return []
    affiliated = Affiliation.objects.filter(agency_id=actor.organisation_id, state="approved").values("employer_id")
    rows = Employer.objects.filter(Q(named_by_id=actor.organisation_id) | Q(pk__in=affiliated))
    if text:
        rows = rows.filter(Q(legal_name__icontains=text) | Q(credit_code=text.upper()))
    return [employer_facts(row) for row in rows.order_by("legal_name", "id")[:limit]]


def employer_obstacles(employer_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return why no postings for these employers may be published; those without an obstacle are left out. One query.

    A ban (异常名录) is on a credit code, whichever kind of organisation has it.
    """
    banned = Agency.objects.filter(credit_code=OuterRef("credit_code"), restriction=Restriction.BANNED)
    rows = Employer.objects.filter(~Q(restriction="") | Exists(banned), pk__in=employer_ids).order_by("pk")
    return {row.pk: policies.employer_obstacle(row) for row in rows}
