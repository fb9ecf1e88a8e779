"""Delete what has expired."""

from jiuye.domains.clients.models import AccessToken
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied


def forget_expired(actor: Actor) -> int:
    """Delete expired access tokens; return how many. Raises `Denied` for people."""
    if not actor.is_system:
        raise Denied
    return AccessToken.objects.filter(expires_at__lt=clock.real_now()).delete()[0]
