"""What happens to rows of both employers that cannot stand side by side. Each function returns how many it joined."""

from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.models import ClosedPortal, Membership
from jiuye.domains.accounts.states import Role
from jiuye.domains.fairs.models import FairParticipation
from jiuye.domains.organisations.models import Affiliation, MemberInvitation, MembershipRequest, Qualification
from jiuye.domains.qualifications.models import OPEN_STATES, Case
from jiuye.kernel.errors import Refused

_RANKS = {Role.VIEWER: 0, Role.RECRUITER: 1, Role.OWNER: 2}
_STANDING = {"requested": 0, "approved": 1}
_JOINED = "企业登记合并，这一条并入同一家企业的另一条关联。"


def join_members(survivor: UUID, merged: UUID, moment: datetime) -> int:
    """A member of both stays a member once, in the higher role."""
    current = Membership.objects.select_for_update().filter(ended_at=None)
    stays = {row.user_id: row for row in current.filter(organisation_id=survivor).order_by("id")}
    joined = 0
    for row in current.filter(organisation_id=merged, user_id__in=stays).order_by("id"):
        other = stays[row.user_id]
        row.ended_at = moment
        row.save(update_fields=["ended_at"])
        if _RANKS.get(Role(row.role), 0) > _RANKS.get(Role(other.role), 0):
            other.role = row.role
            other.save(update_fields=["role"])
        joined += 1
    return joined


def join_closed_portals(survivor: UUID, merged: UUID, moment: datetime) -> int:
    """Closed once is closed."""
    if not ClosedPortal.objects.filter(organisation_id=survivor).exists():
        return 0
    return ClosedPortal.objects.filter(organisation_id=merged).delete()[0]


def join_invitations(survivor: UUID, merged: UUID, moment: datetime) -> int:
    """A phone that both have invited keeps the survivor's invitation."""
    invited = MemberInvitation.objects.filter(organisation_id=survivor, state="sent").values("phone_index")
    same = MemberInvitation.objects.filter(organisation_id=merged, state="sent", phone_index__in=invited)
    return same.update(state="cancelled", closed_at=moment)


def join_requests(survivor: UUID, merged: UUID, moment: datetime) -> int:
    """A person who asked both to become a member has asked once."""
    asked = MembershipRequest.objects.filter(organisation_id=survivor, state="requested").values("person_id")
    same = MembershipRequest.objects.filter(organisation_id=merged, state="requested", person_id__in=asked)
    return same.update(state="withdrawn", closed_at=moment)


def join_affiliations(survivor: UUID, merged: UUID, moment: datetime) -> int:
    """Of two open affiliations with one agency the approved one stays open, else the survivor's; the other ends."""
    both = Affiliation.objects.select_for_update().filter(state__in=_STANDING)
    stays = {row.agency_id: row for row in both.filter(employer_id=survivor).order_by("id")}
    joined = 0
    for row in both.filter(employer_id=merged, agency_id__in=stays).order_by("id"):
        other = stays[row.agency_id]
        ends = other if _STANDING[row.state] > _STANDING[other.state] else row
        ends.state, ends.ended_at, ends.ended_by, ends.reason = "ended", moment, "system", _JOINED
        ends.save(update_fields=["state", "ended_at", "ended_by", "reason"])
        joined += 1
    return joined


def join_cases(survivor: UUID, merged: UUID, moment: datetime) -> int:
    """Cases of the merged employer belong to the survivor's qualification, where it has one. Raises `Refused` for two open ones."""
    kept = Qualification.objects.filter(organisation_id=survivor).first()
    if kept is None:
        return 0
    open_ones = Case.objects.filter(state__in=OPEN_STATES).exclude(purpose="complaint")
    if open_ones.filter(organisation_id=survivor).exists() and open_ones.filter(organisation_id=merged).exists():
        raise Refused("两家单位都有没办完的资质审核，请先办完其中一件，再合并。", code="two_open_cases")
    return Case.objects.filter(organisation_id=merged).update(qualification=kept)


def join_qualifications(survivor: UUID, merged: UUID, moment: datetime) -> int:
    """The survivor's qualification stands; the row history keeps the other."""
    if not Qualification.objects.filter(organisation_id=survivor).exists():
        return 0
    Case.objects.filter(organisation_id=survivor, qualification__organisation_id=merged).update(
        qualification=Qualification.objects.get(organisation_id=survivor)
    )
    return Qualification.objects.filter(organisation_id=merged).delete()[0]


def join_places(survivor: UUID, merged: UUID, moment: datetime) -> int:
    """Two places at one fair are one, with the jobs of both and both booths."""
    stays = {row.fair_id: row for row in FairParticipation.objects.filter(employer_id=survivor).order_by("id")}
    joined = 0
    for row in FairParticipation.objects.filter(employer_id=merged, fair_id__in=stays).order_by("id"):
        other = stays[row.fair_id]
        booths = dict.fromkeys(booth for booth in (other.booth, row.booth) if booth)
        limit = FairParticipation._meta.get_field("booth").max_length
        other.booth = "、".join(booths)[:limit]
        if other.posting_ids is not None:
            other.posting_ids = None if row.posting_ids is None else sorted({*other.posting_ids, *row.posting_ids})
        other.save(update_fields=["booth", "posting_ids"])
        row.delete()
        joined += 1
    return joined
