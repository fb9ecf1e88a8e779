"""Visible and hidden resumes, blocked organisations, and some invitations to apply."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.applications.models import Application, InvitationToApply
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes.models import Employment, Intention, OrganisationBlock, Visibility
from jiuye.domains.resumes.policies.visibility import CONSENT_TEXT_VERSION, WHOLE_COUNTRY, name_key
from jiuye.domains.resumes.queries import place_name
from jiuye.domains.resumes.states import VisibilityLevel
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

NOTES = ("工作地点离您填写的地区不远，可以先看看。", "单位包吃住，您的经验很合适。", "")
INVITED = 12


def build(chance: Chance, moment: datetime, cast: Cast, people: Sequence[User], postings: Sequence[JobPosting]) -> None:
    """Make half of the resumes visible, the first person's to the province of the first agency; hide some; add blocks."""
    shown = _choices(chance, moment, cast, people)
    _blocks(chance, moment, people, postings)
    _invitations(chance, moment, cast, shown, postings)


def _choices(chance: Chance, moment: datetime, cast: Cast, people: Sequence[User]) -> list[User]:
    """Write the choices. Return the people whom the first agency finds."""
    own = reference.ancestors(cast.agencies[0].region_id)[0].code
    wished = dict(Intention.objects.filter(position=0).values_list("resume__user_id", "region_id"))
    consents, rows, shown = [], [], []
    for number, person in enumerate(people):
        kind = chance.choice(["here", "here", "own", "country", "hidden", "nothing", "nothing", "nothing"])
        home = wished.get(person.pk) or own
        places = {
            "here": [own],
            "own": [reference.ancestors(home)[0].code],
            "country": [WHOLE_COUNTRY],
        }.get("here" if number == 0 else kind, [])
        if not places and kind != "hidden":
            continue
        at = moment - timedelta(days=chance.uniform(1, 40))
        consent = _consent(chance, person, places, at) if places else None
        consents += [consent] if consent else []
        rows.append(
            Visibility(
                id=chance.id(),
                user=person,
                level=VisibilityLevel.AGENCIES if places else VisibilityLevel.HIDDEN,
                places=places,
                consent=consent,
                changed_at=at,
            )
        )
        if places in ([own], [WHOLE_COUNTRY]):
            shown.append(person)
    copy_rows(consents)
    copy_rows(rows)
    return shown


def _consent(chance: Chance, person: User, places: list[str], at: datetime) -> Consent:
    return Consent(
        id=chance.id(),
        user=person,
        kind=ConsentKind.RESUME_VISIBILITY,
        scope={"places": places, "place_names": [place_name(code) for code in places]},
        text_version=CONSENT_TEXT_VERSION,
        given_at=at,
    )


def _blocks(chance: Chance, moment: datetime, people: Sequence[User], postings: Sequence[JobPosting]) -> None:
    """Add blocks of the first person and of one in six: an employer, and the current one if there is any."""
    present: dict[UUID, str] = dict(
        Employment.objects.filter(end_on=None).values_list("resume__user_id", "employer_name")
    )
    rows: list[Any] = []
    for number, person in enumerate(people):
        if number and chance.random() > 1 / 6:
            continue
        employer = chance.choice([one.employer for one in postings[-200:] if one.employer])
        names: dict[str, tuple[UUID | None, list[str]]] = {
            employer.legal_name: (employer.id, [employer.credit_code] if employer.credit_code else [])
        }
        if number and person.pk in present:
            names.setdefault(present[person.pk], (None, []))
        rows += [
            OrganisationBlock(
                id=chance.id(),
                user=person,
                kind="employer",
                organisation_id=organisation_id,
                name=name,
                name_key=name_key(name),
                credit_codes=codes,
                created_at=moment - timedelta(days=chance.uniform(1, 60)),
            )
            for name, (organisation_id, codes) in names.items()
        ]
    copy_rows(rows)


def _invitations(
    chance: Chance, moment: datetime, cast: Cast, shown: Sequence[User], postings: Sequence[JobPosting]
) -> None:
    """The first agency invites the first person to two jobs, and some others to one."""
    agency = cast.agencies[0]
    offered = [one for one in postings if one.agency_id == agency.id and one.employer_id][:INVITED]
    applied = set(Application.objects.filter(agency_id=agency.id).values_list("applicant_id", "posting_id"))
    staff = cast.staff[agency.id][0].pk
    rows = []
    for number, posting in enumerate(offered):
        person = shown[0] if number < 3 else chance.choice(shown)
        if (person.pk, posting.id) in applied:
            continue
        at = moment - timedelta(days=chance.uniform(0.5, 12))
        rows.append(
            InvitationToApply(
                id=chance.id(),
                user=person,
                posting=posting,
                agency=agency,
                invited_by=staff,
                note=chance.choice(NOTES),
                created_at=at,
                declined_at=at + timedelta(hours=5) if number % 4 == 1 else None,
            )
        )
    rows.sort(key=lambda row: row.created_at)
    copy_rows(rows)
