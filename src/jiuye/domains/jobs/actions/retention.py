"""Delete old browsing history (个人信息保护法 art. 19: the shortest time necessary)."""

from datetime import timedelta

from jiuye.domains.jobs.models import BrowsingRecord
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.retention import forget

VIEWS_KEPT = timedelta(days=180)
"""A job search rarely takes longer; postings can be saved."""


def forget_old_views(actor: Actor) -> int:
    """Delete browsing records of postings not viewed since. Return their number."""
    return forget(BrowsingRecord.objects.filter(viewed_at__lt=clock.now() - VIEWS_KEPT))
