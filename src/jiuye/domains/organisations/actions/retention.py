"""Delete invitations and requests that are no longer needed (个人信息保护法 art. 19: the shortest time necessary)."""

from datetime import timedelta

from jiuye.domains.organisations.models import MemberInvitation, MembershipRequest
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.retention import forget

KEPT = timedelta(days=180)
"""After the end: as long as an inquiry about a member's access may ask for it. The audit log keeps who joined, without numbers."""


def forget_old_invitations(actor: Actor) -> dict[str, int]:
    """Delete old invitations with the phones that they name, and requests that were closed. Return the number of each."""
    before = clock.now() - KEPT
    old = {
        "invitations": MemberInvitation.objects.filter(expires_at__lt=before),
        "membership_requests": MembershipRequest.objects.filter(closed_at__lt=before),
    }
    return {name: forget(rows) for name, rows in old.items()}
