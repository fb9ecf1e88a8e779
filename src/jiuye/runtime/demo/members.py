"""Members of employers, and what waits on the members page of the first agency: an invitation, one that is over, a request."""

from datetime import datetime, timedelta
from uuid import UUID

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.organisations.models import Employer, MemberInvitation, MembershipRequest, Qualification
from jiuye.domains.organisations.queries import token_of
from jiuye.notifications.messages import MEMBERS, Facts, fill
from jiuye.notifications.models import Notification
from jiuye.runtime.demo import names
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

SECOND_EMPLOYER = 910
"""The number of the phone of the second employer's owner; the other people here have the next numbers."""

INVITED = 915
"""The number of the phone of a person who is invited to the first agency and has an account."""

_STAFF = (
    (SECOND_EMPLOYER, "严青禾", "owner"),
    (911, "贺立春", "recruiter"),
    (912, "孟秋白", "viewer"),
)
_JOINING = ((913, "石远山", "recruiter"), (914, "江映雪", "viewer"))


def build(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Write everything together."""
    first = Membership.objects.filter(organisation_kind="employer", role="owner").get().organisation_id
    approved = Qualification.objects.filter(organisation_kind="employer").values("organisation_id")
    second = Employer.objects.filter(is_certified=True).exclude(pk__in=approved).order_by("legal_name")[0].id
    copy_rows([_approval(chance, moment, second)])
    people = {number: _person(chance, moment, number, name) for number, name, _ in (*_STAFF, *_JOINING)}
    asking, invited = _person(chance, moment, 916, "田小禾"), _person(chance, moment, INVITED, "冯若谷")
    copy_rows([*people.values(), asking, invited])
    rows = [(second, number, role) for number, _, role in _STAFF] + [
        (first, number, role) for number, _, role in _JOINING
    ]
    copy_rows(
        Membership(
            id=chance.id(),
            user=people[number],
            organisation_id=employer_id,
            organisation_kind="employer",
            role=role,
            created_at=moment,
        )
        for employer_id, number, role in rows
    )
    agency = cast.agencies[0]
    owner = cast.staff[agency.id][0]
    waiting = _invitation(chance, moment, agency.id, owner, names.phone(INVITED), "recruiter", days=1)
    over = _invitation(chance, moment, agency.id, owner, names.phone(917), "viewer", days=12)
    copy_rows([waiting, over])
    copy_rows(
        MembershipRequest(
            id=chance.id(),
            organisation_id=organisation_id,
            organisation_kind=kind,
            person=asking,
            note=note,
            requested_at=moment - timedelta(hours=20),
        )
        for organisation_id, kind, note in (
            (agency.id, "agency", "招聘二部新入职的招聘专员，部门负责人让我申请。"),
            (first, "employer", "人事部的小田，负责校园招聘。"),
        )
    )
    facts = Facts(agency=agency.legal_name, found="招聘专员", link=f"/join/invitations/{token_of(waiting.id)}")
    copy_rows(
        [
            Notification(
                id=chance.id(),
                user=invited,
                kind="member.invited",
                title=fill(MEMBERS["invited"].title, facts, 120),
                body=fill(MEMBERS["invited"].body, facts, 300),
                link=facts.link,
                dedupe_key=f"demo-invitation:{waiting.id}",
                created_at=waiting.sent_at,
            )
        ]
    )


def _approval(chance: Chance, moment: datetime, employer_id: UUID) -> Qualification:
    decided = moment - timedelta(days=40)
    return Qualification(
        id=chance.id(),
        organisation_id=employer_id,
        organisation_kind="employer",
        state="approved",
        submitted_at=decided - timedelta(days=1),
        decided_at=decided,
        expires_on=(decided + timedelta(days=183)).date(),
        created_at=decided - timedelta(days=2),
    )


def _person(chance: Chance, moment: datetime, number: int, name: str) -> User:
    phone = names.phone(number)
    return User(
        id=chance.id(),
        phone=phone,
        phone_index=phone_index(phone),
        name=name,
        created_at=moment - timedelta(days=chance.randint(20, 200)),
    )


def _invitation(
    chance: Chance, moment: datetime, agency_id: UUID, owner: User, phone: str, role: str, *, days: int
) -> MemberInvitation:
    sent = moment - timedelta(days=days)
    return MemberInvitation(
        id=chance.id(),
        organisation_id=agency_id,
        organisation_kind="agency",
        phone=phone,
        phone_index=phone_index(phone),
        role=role,
        invited_by=owner,
        created_at=sent,
        sent_at=sent,
        expires_at=sent + timedelta(days=7),
    )
