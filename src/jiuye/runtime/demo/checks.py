"""Real names, and verification cases in every state.

The people are those with cards and records in the sandbox, so that a new check gives a real answer. ID numbers with
the sequence 000 belong to nobody.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db.models import F

from jiuye.domains.accounts.models import CardIdentity, Consent, RealName, User
from jiuye.domains.resumes.checkable import claims_of, identity_claims
from jiuye.domains.resumes.models import Education, Employment, Resume
from jiuye.domains.verification import policies
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.identifiers import resident_check_character
from jiuye.runtime.demo import names
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

# Place among the seekers → area and birthday of the ID number.
NAMED = {0: ("120100", "19950412"), 1: ("130100", "20051121"), 2: ("632200", "19940803"), 6: ("610400", "19930711")}
# Signing in with the sandbox's card of the same person replaces this one.
ISSUER = "https://essc.demo.invalid"
OWNER = ("510100", "19840907")
SOURCES = {
    CheckKind.IDENTITY: "人口基础信息",
    CheckKind.EMPLOYMENT: "社会保险参保记录",
    CheckKind.EDUCATION: "学历学位信息",
}
# Index among the seekers → kind, index among their entries of this kind, state, days ago.
CHECKS: dict[int, list[tuple[CheckKind, int, str, int]]] = {
    0: [
        (CheckKind.IDENTITY, 0, "verified", 90),
        (CheckKind.EMPLOYMENT, 0, "verified", 90),
        (CheckKind.EDUCATION, 0, "verified", 90),
    ],
    1: [
        (CheckKind.IDENTITY, 0, "verified", 85),
        (CheckKind.EMPLOYMENT, 0, "mismatched", 85),
        (CheckKind.EDUCATION, 0, "mismatched", 85),
    ],
    2: [(CheckKind.EMPLOYMENT, 0, "no_record", 82), (CheckKind.EDUCATION, 0, "no_record", 82)],
    6: [
        (CheckKind.IDENTITY, 0, "verified", 88),
        (CheckKind.EMPLOYMENT, 0, "verified", 88),
        (CheckKind.EMPLOYMENT, 1, "pending", 0),
        (CheckKind.EDUCATION, 0, "verified", 400),
    ],
}


def build(chance: Chance, moment: datetime, people: list[User], owner: User) -> None:
    """Write real names and checks together."""
    persons = [(people[place], *of) for place, of in NAMED.items()] + [(owner, *OWNER)]
    named = [
        _named(person, _id_number(area, born), "authority" if person is owner else "card", moment)
        for person, area, born in persons
    ]
    copy_rows(named)
    # Something for the card to fill in: a missing year, and another phone.
    Resume.objects.filter(user=people[1]).update(birth_year=None, completeness=F("completeness") - 2)
    copy_rows(_card(place, people[place], area, moment) for place, (area, _) in NAMED.items())
    numbers = {row.user_id: row.id_number for row in named}
    consents: list[Consent] = []
    cases = [
        _case(chance, moment, consents, people[place], kind, entry, state, days, numbers[people[place].id])
        for place, asked in CHECKS.items()
        for kind, entry, state, days in _with_entries(people[place], asked)
    ]
    copy_rows(consents)
    copy_rows(cases)


def _id_number(area: str, born: str) -> str:
    first = f"{area}{born}000"
    return first + resident_check_character(first)


def _named(person: User, number: str, source: str, moment: datetime) -> RealName:
    return RealName(
        user=person,
        name=person.name,
        id_number=number,
        id_number_index=blind_index(number, "id-number"),
        source=source,
        verified_at=moment - timedelta(days=100),
    )


def _card(place: int, person: User, area: str, moment: datetime) -> CardIdentity:
    subject = f"{ISSUER}\n{person.id.hex}"
    return CardIdentity(
        user=person,
        issuer=ISSUER,
        subject=subject,
        subject_index=blind_index(subject, "card-subject"),
        phone=names.phone(1100) if place == 1 else person.phone,
        region=area,
        level=2,
        linked_at=moment - timedelta(days=100),
        last_used_at=moment - timedelta(days=3),
    )


def _with_entries(
    person: User, asked: list[tuple[CheckKind, int, str, int]]
) -> Iterator[tuple[CheckKind, Any, str, int]]:
    """Return the entries of the person's resume for their indexes; the person for the identity."""
    models = {CheckKind.EMPLOYMENT: Employment, CheckKind.EDUCATION: Education}
    for kind, place, state, days in asked:
        model: Any = models.get(kind)
        rows = list(model.objects.filter(resume__user=person).order_by("position", "id")) if model else [person]
        if place < len(rows):
            yield kind, rows[place], state, days


def _case(
    chance: Chance,
    moment: datetime,
    consents: list[Consent],
    person: User,
    kind: CheckKind,
    entry: Any,
    state: str,
    days: int,
    id_number: str,
) -> VerificationCase:
    asked = moment - timedelta(days=days, minutes=2)
    claims = identity_claims(person.name) if kind == CheckKind.IDENTITY else claims_of(kind, entry)
    consent = Consent(
        id=chance.id(),
        user=person,
        kind="verification",
        scope={
            "recipients": [{"name": policies.RECIPIENT}],
            "purpose": policies.PURPOSE,
            "items": [{"kind": kind, "id": str(entry.pk)}],
        },
        text_version=policies.CONSENT_TEXT_VERSION,
        given_at=asked,
        withdrawn_at=None,
    )
    consents.append(consent)
    answered = None if state == "pending" else asked + timedelta(minutes=1)
    return VerificationCase(
        id=chance.id(),
        user=person,
        kind=kind,
        subject_id=entry.pk,
        consent=consent,
        state=state,
        person=orjson.dumps({"name": person.name, "id_number": id_number}).decode() if answered is None else "",
        claims=policies.written(claims),
        claims_digest=policies.digest(claims),
        asked_at=asked,
        # An open case was never really sent: the worker notices that and asks again.
        handed_over_at=asked,
        answered_at=answered,
        source=SOURCES[kind] if answered else "",
        expires_at=answered + policies.lasts(kind) if answered and state == "verified" else None,
        differences=_differences(claims) if state == "mismatched" else "",
    )


def _differences(claims: Any) -> str:
    """The end was half a year earlier; a school's by a year."""
    year, _, month = claims["end"].partition("-")
    recorded = f"{year}-06" if "employer" in claims and month else str(int(year) - 1)
    return orjson.dumps([{"name": "end", "stated": claims["end"], "recorded": recorded}]).decode()
