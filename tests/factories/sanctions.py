"""Sanctions as they stand, and entries of the ban list."""

from typing import Any

from jiuye.domains.accounts.models import RealName, User
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.sanctions.models import BanEntry, Sanction
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index
from tests.factories import accounts

REASON = "职位“急招普工”要求求职者交押金。"


def sanction(subject: Agency | Employer | User, level: str = "suspend", **given: Any) -> Sanction:
    """Create a sanction in force, without its effects."""
    kind = {Agency: "agency", Employer: "employer", User: "person"}[type(subject)]
    values = {
        kind: subject,
        "level": level,
        "state": "active",
        "reason": REASON,
        "bases": ["deposits"],
        "decided_by": accounts.person("陈审核"),
        "decided_at": clock.now(),
        "starts_at": clock.now(),
    }
    if level == "ban":
        values |= {"confirmed_by": accounts.person("郑复核"), "confirmed_at": clock.now()}
    return Sanction.objects.create(**{**values, **given})


def ban_entry(ban: Sanction, *, credit_code: str = "", person: User | None = None) -> BanEntry:
    """Create an entry in force."""
    named = RealName.objects.filter(pk=person.id).first() if person else None
    return BanEntry.objects.create(
        sanction=ban,
        credit_code=credit_code,
        person=person,
        phone=person.phone if person else "",
        phone_index=person.phone_index if person else None,
        id_number=named.id_number if named else "",
        id_number_index=blind_index(named.id_number, "id-number") if named else None,
        since=clock.now(),
    )
