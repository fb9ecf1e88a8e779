"""Resumes that agencies can find because their owners chose so, and what is shown of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.queries import suspension_in_force
from jiuye.domains.organisations.models import Agency
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes.models import Intention, Resume, Visibility
from jiuye.domains.resumes.policies.visibility import FINDERS, places_of_agency
from jiuye.domains.resumes.queries.blocks import block_against
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.domains.resumes.queries.views import ResumeView
from jiuye.domains.resumes.states import Availability, VisibilityLevel
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound
from jiuye.kernel.identifiers import hide_given_name
from jiuye.kernel.paging import Page, paginate

EXPERIENCE = {"0": "无经验也可", "1": "1 年以上", "3": "3 年以上", "5": "5 年以上", "10": "10 年以上"}
DAYS = {"7": "近 7 天", "30": "近 30 天", "90": "近 90 天"}
MOST_SHOWN = 3
HIDDEN = "（联系方式已隐藏）"
NAMELESS = "求职者"
# A mobile or landline number however it is grouped, an address, a messenger name.
_CONTACT = re.compile(
    r"(?<!\d)(?:\+?86[\s-]*)?1[3-9](?:[\s.·_-]*\d){9}(?!\d)"
    r"|(?<!\d)0\d{2,3}[\s-]*\d{7,8}(?!\d)"
    r"|(?<![\w.+-])[\w.+-]+\s*@\s*[\w-]+(?:\.[\w-]+)+"
    r"|(?:微信|薇信|威信|weixin|wechat|vx|v信|qq|扣扣|钉钉)\s*+号?\s*+(?:码|是|为)?\s*+[:：]?\s*+[\w-]{5,30}",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class FindFilter:
    """Filter of resumes: words of the wanted job, region (with all below), minimum education and years, availability,
    age of the last change.
    """

    text: str = ""
    region: str = ""
    education: str = ""
    years: int | None = None
    availability: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A resume in the list. `name` is the family name with stars; never sex, age, photo or contacts."""

    id: UUID
    name: str
    wishes: Sequence[str]
    places: Sequence[str]
    education: str
    experience: str
    availability: str
    updated_on: date


@dataclass(frozen=True, slots=True)
class FoundResume:
    """An opened resume, limited to what its owner agreed to show."""

    id: UUID
    owner_id: UUID
    row: FoundRow
    resume: ResumeView | None


def findable(actor: Actor) -> QuerySet[Resume]:
    """Return the resumes that the actor's agency can find: shown to its region, with a wanted job, not blocking it, not
    about to be erased, not of its own members, and not of a suspended account. One query to build.

    Raises `NotFound` for people of other organisations and `Denied` for read-only members.
    """
    if actor.organisation_id is None or not actor.acts_for("agency"):
        raise NotFound
    if actor.role not in FINDERS:
        raise Denied("您在本机构是只读角色，不能查找简历。如需查找，请联系机构管理员。")
    agency = Agency.objects.filter(pk=actor.organisation_id).first()
    if agency is None:
        raise NotFound
    shown = Visibility.objects.filter(
        level=VisibilityLevel.AGENCIES,
        is_paused=False,
        places__overlap=places_of_agency(agency.region_id),
        user_id=OuterRef("user_id"),
    )
    colleague = Membership.objects.filter(
        organisation_id=actor.organisation_id, ended_at=None, user_id=OuterRef("user_id")
    )
    return Resume.objects.filter(
        Exists(shown),
        Exists(Intention.objects.filter(resume=OuterRef("pk"))),
        ~block_against(agency.id, agency.legal_name, agency.credit_code),
        ~Exists(colleague),
        ~suspension_in_force("user__"),
        user__erased_at=None,
    )


def found(actor: Actor, chosen: FindFilter, *, cursor: str = "", size: int = 20) -> Page[FoundRow]:
    """Return matching resumes, last changed first. Three queries."""
    rows = filtered(findable(actor), chosen).select_related("user")
    page = paginate(rows, ordering=("-updated_at", "-id"), cursor=cursor, size=size)
    wishes = _wishes([row.pk for row in page.items])
    return page.map(lambda row: _row(row, wishes.get(row.pk, [])))


def found_one(actor: Actor, resume_id: UUID, *, is_open: bool = False) -> FoundResume:
    """Return one resume; its content only with `is_open`, after `actions.discovery.open_found_resume`. At most four
    queries.

    Raises `NotFound` when the actor's agency cannot find it, or there is none.
    """
    row = findable(actor).select_related("user").filter(pk=resume_id).first()
    if row is None:
        raise NotFound("没有找到这份简历，它可能已不再对职介展示。")
    head = _row(row, _wishes([row.pk]).get(row.pk, []))
    return FoundResume(row.pk, row.user_id, head, shown(load_view(row.user_id)) if is_open else None)


def shown(view: ResumeView) -> ResumeView:
    """Return what an agency that found the resume may see. Fields are listed one by one, so that new ones stay hidden."""
    return ResumeView(
        name=hide_given_name(view.name) or NAMELESS,
        region=view.region,
        education=view.education,
        experience_years=view.experience_years,
        availability=view.availability,
        self_description=without_contacts(view.self_description),
        intentions=view.intentions,
        employments=tuple(replace(one, description=without_contacts(one.description)) for one in view.employments),
        educations=tuple(replace(one, description=without_contacts(one.description)) for one in view.educations),
        projects=tuple(replace(one, description=without_contacts(one.description)) for one in view.projects),
        skills=view.skills,
        certificates=tuple(replace(one, number="") for one in view.certificates),
        marks=view.marks,
        updated_at=view.updated_at,
        masked=True,
    )


def without_contacts(text: str) -> str:
    """Return free text without numbers and addresses: contact goes through the platform."""
    return _CONTACT.sub(HIDDEN, text)


def filtered(rows: QuerySet[Resume], chosen: FindFilter) -> QuerySet[Resume]:
    """Filter the resumes."""
    wish = Q()
    for word in chosen.text.split():
        wish &= Q(title__icontains=word) | Q(occupation__name__icontains=word)
    if chosen.region and reference.has_region(chosen.region):
        wish &= Q(region_id__in=reference.descendants(chosen.region)) | Q(region_id=None)
    if wish:
        rows = rows.filter(Exists(Intention.objects.filter(wish, resume=OuterRef("pk"))))
    if chosen.education in EducationLevel.values:
        least = EducationLevel(chosen.education).rank
        rows = rows.filter(education__in=[one for one in EducationLevel if one.rank >= least])
    if chosen.years is not None:
        rows = rows.filter(experience_years__gte=chosen.years)
    if chosen.availability in Availability.values:
        rows = rows.filter(availability=chosen.availability)
    if chosen.days:
        rows = rows.filter(updated_at__gte=clock.now() - timedelta(days=chosen.days))
    return rows


def _wishes(resume_ids: Sequence[UUID]) -> Mapping[UUID, list[Intention]]:
    found: dict[UUID, list[Intention]] = {}
    for one in Intention.objects.filter(resume_id__in=resume_ids).order_by("position", "id"):
        found.setdefault(one.resume_id, []).append(one)
    return found


def _row(row: Any, wishes: Sequence[Intention]) -> FoundRow:
    places = dict.fromkeys(reference.display_name(one.region_id) for one in wishes if one.region_id)
    return FoundRow(
        id=row.pk,
        name=hide_given_name(row.name or row.user.name) or NAMELESS,
        wishes=[one.title for one in wishes[:MOST_SHOWN]],
        places=list(places)[:MOST_SHOWN],
        education=EducationLevel(row.education).label if row.education else "",
        experience=_years(row.experience_years),
        availability=Availability(row.availability).label if row.availability else "",
        updated_on=clock.local(row.updated_at).date(),
    )


def _years(years: int | None) -> str:
    if years is None:
        return ""
    return f"{years} 年经验" if years else "无工作经验"
