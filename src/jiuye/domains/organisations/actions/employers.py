"""Employers named by agencies."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction

from jiuye.domains.organisations import policies
from jiuye.domains.organisations.events import OrganisationEdited
from jiuye.domains.organisations.models import Agency, Employer, MergedEmployer
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.terms import EmployerSize, OwnershipKind
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.kernel.identifiers import InvalidIdentifier, check_credit_code
from jiuye.kernel.text.tidying import tidy_line

NAME_LIMIT = 100


@dataclass(frozen=True)
class EmployerBasics:
    """单位基本情况 as stated by an agency; codes of the shared enumerations, empty if not stated."""

    legal_name: str
    credit_code: str = ""
    ownership: str = ""
    size: str = ""
    industry: str = ""
    region: str = ""


def name_employer(actor: Actor, *, basics: EmployerBasics) -> UUID:
    """Return the id of the employer for which the actor's agency recruits, creating it on first mention.

    A credit code identifies an employer across agencies; without one, its name does within the agency. An agency's
    details are added to the records it named itself; records of other agencies and registered employers do not
    change. Raises `Invalid` with fields of `EmployerBasics`, `Denied`, `NotFound`.
    """
    policies.may_edit_agency(actor)
    basics = _checked_basics(basics)
    try:
        with transaction.atomic():
            return _named(actor, basics)
    except IntegrityError:  # created concurrently
        with transaction.atomic():
            return _named(actor, basics)


def own_employer(actor: Actor) -> UUID:
    """Return the id of the record under which the actor's agency recruits for itself."""
    policies.may_edit_agency(actor)
    agency = Agency.objects.filter(pk=actor.organisation_id).first() if actor.organisation_id else None
    if agency is None:
        raise NotFound
    known = Employer.objects.filter(credit_code=agency.credit_code).values_list("id", flat=True).first()
    if known:
        return known
    return name_employer(
        actor,
        basics=EmployerBasics(agency.legal_name, agency.credit_code, industry="72", region=agency.region_id),
    )


def _checked_basics(basics: EmployerBasics) -> EmployerBasics:
    faults: dict[str, str] = {}
    name, code = tidy_line(basics.legal_name), basics.credit_code.strip()
    if len(name) < 2:
        faults["legal_name"] = "请填写用人单位的全称，与营业执照一致。"
    elif len(name) > NAME_LIMIT:
        faults["legal_name"] = f"单位名称最多 {NAME_LIMIT} 字。"
    if code:
        try:
            code = check_credit_code(code)
        except InvalidIdentifier as error:
            faults["credit_code"] = f"{error}。"
    if basics.ownership and basics.ownership not in OwnershipKind.values:
        faults["ownership"] = "请从列表中选择单位性质。"
    if basics.size and basics.size not in EmployerSize.values:
        faults["size"] = "请从列表中选择单位规模。"
    if basics.industry and not reference.has_industry(basics.industry):
        faults["industry"] = "请从列表中选择所属行业。"
    if basics.region and not reference.has_region(basics.region):
        faults["region"] = "请从列表中选择单位所在地。"
    if faults:
        raise Invalid(faults)
    return replace(basics, legal_name=name, credit_code=code)


def _named(actor: Actor, basics: EmployerBasics) -> UUID:
    named = Employer.objects.select_for_update().filter(named_by_id=actor.organisation_id, legal_name=basics.legal_name)
    employer = None
    if basics.credit_code:
        employer = Employer.objects.select_for_update().filter(credit_code=basics.credit_code).first()
        employer = employer or _survivor(basics.credit_code)
        if employer and employer.legal_name != basics.legal_name:
            raise Invalid(
                {"legal_name": f"这个信用代码登记的单位是“{employer.legal_name}”，请核对名称和代码是否属于同一家单位。"}
            )
        employer = employer or named.filter(credit_code=None).first()
    else:
        employer = named.order_by("credit_code").first()  # nulls sort last
    if employer is None:
        employer = Employer(legal_name=basics.legal_name, named_by_id=actor.organisation_id, created_at=clock.now())
        audit.record(actor, "employer.name", employer.id)
    elif employer.named_by_id != actor.organisation_id or employer.is_certified:
        return employer.id
    stated = {
        "credit_code": basics.credit_code,
        "ownership": basics.ownership,
        "size": basics.size,
        "industry_id": basics.industry,
        "region_id": basics.region,
    }
    new = {column: value for column, value in stated.items() if value and value != getattr(employer, column)}
    for column, value in new.items():
        setattr(employer, column, value)
    if new and not employer._state.adding:
        events.publish(actor, OrganisationEdited(employer.id, "employer"))
    employer.save()
    return employer.id


def _survivor(credit_code: str) -> Employer | None:
    """Return the employer into which a record with this credit code was merged."""
    merged = MergedEmployer.objects.filter(credit_code=credit_code).order_by("-merged_at").values("survivor_id")
    return Employer.objects.select_for_update().filter(pk__in=merged[:1]).first()
