"""Delete what has expired."""

from datetime import timedelta

from jiuye.domains.clients.models import AccessToken, UsageCount
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied

_USAGE_KEPT = timedelta(days=92)


def forget_expired(actor: Actor) -> int:
    """Delete expired access tokens, and counts of requests after three months; return how many tokens. Raises `Denied` for
    people.
    """
    if not actor.is_system:
        raise Denied
    UsageCount.objects.filter(day__lt=(clock.real_now() - _USAGE_KEPT).date()).delete()
    return AccessToken.objects.filter(expires_at__lt=clock.real_now()).delete()[0]
