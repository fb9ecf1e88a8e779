"""The cast: agencies, those who work for them, and employers. All invented."""

from datetime import date
from itertools import count
from typing import Any

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Affiliation, Agency, Employer, Qualification, Shop
from jiuye.kernel import clock, database
from jiuye.kernel.actor import Actor
from jiuye.kernel.identifiers import credit_check_character
from jiuye.kernel.ids import new_id
from tests.factories import accounts, reference

_numbers = count(1)


def credit_code(kind: str = "91510107") -> str:
    """A unified social credit code that nobody else here has; its check character is right."""
    first_17 = f"{kind}{next(_numbers):09d}"
    return first_17 + credit_check_character(first_17)


def agency(*, qualified: bool = True, **given: Any) -> Agency:
    """A market agency in 成都武侯 with its shop; its qualification is approved unless `qualified` is false."""
    reference.industry("72")
    values = {
        "kind": "market",
        "legal_name": f"成都示例{next(_numbers)}人力资源有限公司",
        "short_name": "示例人力",
        "credit_code": credit_code(),
        "region": reference.region(reference.WUHOU),
        "address": "示范路1号",
        "phone": "028-00000000",
        "licence_number": "(川)人服证字[2026]第0100001号",
        "licence_expires_on": date(2099, 12, 31),
        "supervising_body": "示例区人力资源和社会保障局",
        "supervising_phone": "028-00000001",
        "is_listed": True,
        "created_at": clock.now(),
    }
    made = Agency(**{**values, **given})
    qualification = Qualification(
        organisation_id=made.id,
        organisation_kind="agency",
        state="approved" if qualified else "submitted",
        decided_at=clock.now(),
        expires_on=date(2099, 12, 31),
        created_at=clock.now(),
    )
    database.insert(made, Shop(agency=made, services=["职业介绍"], updated_at=clock.now()), qualification)
    return made


def employer(*, named_by: Agency | None = None, **given: Any) -> Employer:
    """An enterprise with a credit code, named by an agency when given."""
    values = {
        "legal_name": f"示例{next(_numbers)}精密机械有限公司",
        "credit_code": credit_code(),
        "named_by": named_by,
        "ownership": "private",
        "size": "from_50",
        "created_at": clock.now(),
    }
    return Employer.objects.create(**{**values, **given})


def qualify(employer: Employer) -> None:
    """Its three certifications are approved, unless it has a qualification in another state."""
    Qualification.objects.get_or_create(
        organisation_id=employer.id,
        defaults={
            "organisation_kind": "employer",
            "state": "approved",
            "decided_at": clock.now(),
            "expires_on": date(2099, 12, 31),
            "created_at": clock.now(),
        },
    )


def affiliate(employer: Employer, agency: Agency, state: str = "approved", **given: Any) -> Affiliation:
    """An affiliation in a state; the employer is certified."""
    Employer.objects.filter(pk=employer.pk).update(is_certified=True)
    employer.is_certified = True
    moment = clock.now()
    values = {
        "jobs_meant": "电焊工 5 人",
        "note": "两班倒，包午餐",
        "reason": "近期任务已满" if state in ("refused", "ended") else "",
        "ended_by": "employer" if state == "ended" else "",
        "requested_at": moment,
        "decided_at": None if state in ("requested", "withdrawn") else moment,
        "ended_at": moment if state == "ended" else None,
    }
    return Affiliation.objects.create(employer=employer, agency=agency, state=state, **{**values, **given})


def member(organisation: Agency | Employer, *, role: str = "recruiter", user: User | None = None) -> Actor:
    """Somebody who works for an agency or an employer, acting for it; an employer is approved."""
    if isinstance(organisation, Employer):
        qualify(organisation)
    kind = "agency" if isinstance(organisation, Agency) else "employer"
    return Actor(accounts.member(organisation.id, kind, role, user).id, organisation.id, kind, role)


def operator(role: str = "audit_admin", *, user: User | None = None) -> Actor:
    """Somebody who works for the platform."""
    platform = new_id()
    return Actor(accounts.member(platform, "platform", role, user).id, platform, "platform", role)
