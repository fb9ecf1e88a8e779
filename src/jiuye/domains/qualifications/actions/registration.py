"""Registering an agency or an employer, and releasing registrations that were never submitted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.models import Agency, Employer, Qualification, Shop
from jiuye.domains.organisations.states import AgencyKind
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.models import Case, Item, Material
from jiuye.domains.qualifications.requirements import Applicant, requirements_of
from jiuye.domains.qualifications.short_names import short_name_of
from jiuye.domains.qualifications.states import CasePurpose, ItemKind
from jiuye.domains.reference import queries as reference
from jiuye.domains.sanctions import queries as sanctions
from jiuye.kernel import audit, clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.identifiers import InvalidIdentifier, check_credit_code
from jiuye.kernel.ids import new_id
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_line

NAME_LIMIT = 100
REGISTRATIONS = Limit(
    "registrations", "登记单位（会说明信用代码是否已登记）", "每个人", 20, 3600, "登记得太频繁了，请 {wait}后再试。"
)
"""Enough for typing errors, too few for going through a list of codes."""

_FITS: Mapping[Applicant, str] = {
    "public": r"1[1239]|[AN]",
    "market": r"9[123]|5[123]",
    "employer": r".",
}
"""First characters of the codes (GB 32100: the registering body and the kind of unit) that fit an applicant."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What a new organisation states: its kind, legal name, unified social credit code, and the code of its region."""

    applicant: Applicant
    legal_name: str
    credit_code: str
    region: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A new organisation, and its kind for the portal."""

    organisation_id: UUID
    kind: Literal["agency", "employer"]


class AlreadyRegistered(Refused):
    """The credit code belongs to a registered organisation; its owner may let the person in."""

    code = "already_registered"

    def __init__(self, name: str, credit_code: str) -> None:
        super().__init__(f"这个信用代码已由“{name}”登记。同一单位只登记一次，请向它的管理员申请加入。")
        self.credit_code = credit_code


def register(actor: Actor, *, registration: Registration, has_agreed: bool) -> Registered:
    """Register an organisation with the actor as its owner, and begin its qualification.

    A record that agencies only named is taken over with its facts as they are: they are corrected when it is certified.
    Raises `Invalid` with fields of `Registration` and `agreement`; `AlreadyRegistered`; `RateLimited`; `Refused` for codes
    and people on the ban list.
    """
    person = actor.person
    stated = _checked(registration, has_agreed)
    REGISTRATIONS.hit(person)
    if ban := sanctions.ban_on(credit_code=stated.credit_code, person_id=person):
        raise Refused(ban.message, code="banned")
    _refuse_known(person, stated)
    try:
        with transaction.atomic():
            return _registered(actor, stated)
    except IntegrityError as problem:  # registered concurrently, or by an agency that nobody owns any more
        _refuse_known(person, stated)
        raise Refused("这个信用代码已有登记，但没有管理员。请通过“意见反馈”联系平台。", code="unowned") from problem


def _checked(given: Registration, has_agreed: bool) -> Registration:
    faults: dict[str, str] = {}
    name, code = tidy_line(given.legal_name), given.credit_code
    if not 2 <= len(name) <= NAME_LIMIT:
        faults["legal_name"] = f"请填写单位全称（2 到 {NAME_LIMIT} 字），与证照一字不差。"
    try:
        code = check_credit_code(code)
    except InvalidIdentifier as problem:
        faults["credit_code"] = f"{problem}。"
    else:
        if not re.match(_FITS[given.applicant], code):
            faults["credit_code"] = _unfitting(given.applicant)
    if not reference.has_region(given.region):
        faults["region"] = "请从列表中选择单位所在地。"
    if not has_agreed:
        faults["agreement"] = "请先阅读并勾选同意，再继续。"
    if faults:
        raise Invalid(faults)
    return replace(given, legal_name=name, credit_code=code)


def _unfitting(applicant: Applicant) -> str:
    if applicant == "public":
        return "公共就业服务机构的代码一般以 11、12 或 13 开头。这个代码像是企业的，请核对，或选择“市场化职介”。"
    return "经营性职介的代码一般以 91 开头。这个代码像是机关或事业单位的，请核对，或选择“公共职介”。"


def _refuse_known(person: UUID, stated: Registration) -> None:
    """A code is registered once. Only an owner of it may open the other side: an agency that recruits, or the reverse."""
    kind = OrganisationKind.EMPLOYER if stated.applicant == "employer" else OrganisationKind.AGENCY
    for known in organisations.known_organisations(stated.credit_code):
        owns = Membership.objects.filter(user_id=person, organisation_id=known.id, role=Role.OWNER, ended_at=None)
        if known.kind == kind or not owns.exists():
            raise AlreadyRegistered(known.name, stated.credit_code)


def _registered(actor: Actor, stated: Registration) -> Registered:
    moment = clock.now()
    if stated.applicant == "employer":
        organisation_id, kind = _employer(stated), OrganisationKind.EMPLOYER
    else:
        organisation_id, kind = _agency(stated), OrganisationKind.AGENCY
    Membership.objects.create(
        user_id=actor.person,
        organisation_id=organisation_id,
        organisation_kind=kind,
        role=Role.OWNER,
        created_at=moment,
    )
    qualification = Qualification.objects.create(
        organisation_id=organisation_id, organisation_kind=kind, created_at=moment
    )
    case = begin_case(actor, qualification=qualification, applicant=stated.applicant, purpose=CasePurpose.FIRST)
    known = typed.written({"legal_name": stated.legal_name, "credit_code": stated.credit_code})
    Item.objects.filter(case=case, kind__in=[ItemKind.BUSINESS_LICENCE, ItemKind.ESTABLISHMENT_DOCUMENT]).update(
        facts=known
    )
    audit.record(actor, "organisation.register", organisation_id, kind=kind)
    return Registered(organisation_id, "employer" if kind == OrganisationKind.EMPLOYER else "agency")


def begin_case(actor: Actor, *, qualification: Qualification, applicant: Applicant, purpose: str) -> Case:
    """Create a draft with its items. Call it in the transaction that decides that one is needed."""
    moment = clock.now()
    case = Case.objects.create(
        qualification=qualification,
        organisation_id=qualification.organisation_id,
        applicant=applicant,
        purpose=purpose,
        opened_by_id=actor.person_id,
        opened_at=moment,
    )
    Item.objects.bulk_create(
        Item(case=case, kind=one.kind, way=one.ways[0].code, updated_at=moment) for one in requirements_of(applicant)
    )
    return case


def _agency(stated: Registration) -> UUID:
    moment = clock.now()
    agency = Agency.objects.create(
        id=new_id(),
        kind=AgencyKind.PUBLIC if stated.applicant == "public" else AgencyKind.MARKET,
        legal_name=stated.legal_name,
        short_name=short_name_of(stated.legal_name),
        credit_code=stated.credit_code,
        region_id=stated.region,
        created_at=moment,
    )
    Shop.objects.create(agency=agency, fees="", updated_at=moment)
    return agency.id


def _employer(stated: Registration) -> UUID:
    """Return the employer's record: a new one, or the one that agencies named, whose facts stay as they are."""
    moment = clock.now()
    known = Employer.objects.select_for_update().filter(organisations.with_code(stated.credit_code))
    named = known.filter(registered_at=None).first()
    if named is not None:
        Employer.objects.filter(pk=named.pk).update(registered_at=moment)
        return named.id
    return Employer.objects.create(
        legal_name=stated.legal_name,
        credit_code=stated.credit_code,
        region_id=stated.region,
        registered_at=moment,
        created_at=moment,
    ).id


def release_abandoned(actor: Actor) -> int:
    """Delete registrations that were not submitted in `policies.DRAFTS_KEPT`: their codes can be registered again.

    What agencies named stays. Return the number.
    """
    before = clock.now() - policies.DRAFTS_KEPT
    abandoned = Case.objects.filter(state="draft", submissions=0, purpose=CasePurpose.FIRST, opened_at__lt=before)
    abandoned = abandoned.exclude(qualification__cases__submissions__gt=0)
    released = 0
    for case_id in abandoned.order_by("opened_at", "id").values_list("id", flat=True):
        released += _release(actor, case_id)
    return released


@transaction.atomic
def _release(actor: Actor, case_id: UUID) -> bool:
    case = Case.objects.select_for_update().filter(pk=case_id, state="draft", submissions=0).first()
    if case is None:
        return False
    organisation_id, qualification_id = case.organisation_id, case.qualification_id
    for keys in Material.objects.filter(item__case=case).order_by("id").values_list("page_keys", flat=True):
        sealed_files.delete(*keys)
    case.delete()
    Qualification.objects.filter(pk=qualification_id).delete()
    Membership.objects.filter(organisation_id=organisation_id, ended_at=None).update(ended_at=clock.now())
    Employer.objects.filter(pk=organisation_id).update(registered_at=None)
    for rows in (Agency.objects.filter(pk=organisation_id), Employer.objects.filter(pk=organisation_id, named_by=None)):
        try:
            with transaction.atomic():
                rows.delete()
        except ProtectedError:  # an agency's postings name it
            continue
    audit.record(actor, "organisation.release", organisation_id)
    return True
