"""Notifications about invitations to apply."""

from jiuye.domains.applications.events import InvitedToApply
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import notify


def tell_of_invitation_to_apply(event: InvitedToApply, delivered: Delivered) -> None:
    """Notify the person of the job and the agency, and that nothing has been sent yet. In the centre only: it is no appointment."""
    title = jobs.party_of(event.posting_id).title
    agency = organisations.organisation_name("agency", event.agency_id)
    notify(
        Actor.system(),
        user_ids=[event.user_id],
        kind="invitation.to_apply",
        title=f"{agency}邀请您投递“{title}”"[:120],
        body="对方看到了您向职介展示的简历。投不投由您决定；投递之前，对方看不到您的姓名和联系方式。",
        link=f"/me/invitations#{event.invitation_id}",
        dedupe_key=f"{delivered.id}:invitation",
        at=delivered.occurred_at,
    )
