"""Teams of agencies and employers, and the text messages that their invitations send."""

import re
from dataclasses import dataclass, replace

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Employer, MemberInvitation
from jiuye.domains.organisations.queries import token_of
from jiuye.kernel.actor import Actor
from tests.factories import accounts, organisations
from tests.portals.seeker.security.reading import notices

NAMES = {"qian": "钱主管", "he": "何经办", "shen": "沈观察"}


@dataclass(frozen=True)
class TeamOf:
    """Qian owns the organisation, He recruits, Shen only reads."""

    organisation: Agency | Employer
    kind: str
    qian: Actor
    he: Actor
    shen: Actor

    def person(self, actor: Actor) -> User:
        """The person of an actor."""
        return User.objects.get(pk=actor.person)


def team(kind: str = "agency", legal_name: str = "甲人力资源有限公司") -> TeamOf:
    """An organisation with an owner, a recruiter and a viewer."""
    make = organisations.agency if kind == "agency" else organisations.employer
    place = make(legal_name=legal_name)
    people = {
        key: organisations.member(place, role=role, user=accounts.person(NAMES[key]))
        for key, role in (("qian", "owner"), ("he", "recruiter"), ("shen", "viewer"))
    }
    return TeamOf(place, kind, **people)


def confirmed(actor: Actor) -> Actor:
    """The same, who has just proved who they are."""
    return replace(actor, is_confirmed=True)


def link_to(phone: str) -> str:
    """The path of the link in the newest message to a phone."""
    found = re.search(r"https?://[^/]+(/join/invitations/\S+)", notices(phone)[-1])
    assert found
    return found.group(1)


def token_to(phone: str) -> str:
    """The token of that link."""
    return link_to(phone).rpartition("/")[2]


def path_of(invitation: MemberInvitation) -> str:
    """The path of an invitation's link."""
    return f"/join/invitations/{token_of(invitation.id)}"
