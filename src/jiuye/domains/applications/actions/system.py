"""What the platform itself does with applications that nobody handles."""

from datetime import timedelta

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.advancing import advance
from jiuye.domains.applications.models import Application
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor


def close_unanswered(*, limit: int = 500) -> int:
    """Close applications that an agency left without an answer for 60 days, with an explanation to the seeker.

    Idempotent; returns how many were closed.
    """
    actor = Actor.system()
    due = clock.now() - timedelta(days=policies.SILENT_DAYS_BEFORE_CLOSING)
    with transaction.atomic():
        silent = list(
            Application.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state__in=["submitted", "viewed"], state_changed_at__lt=due)
            .order_by("state_changed_at")[:limit]
        )
        for application in silent:
            advance(
                actor,
                application,
                "system",
                "close_unanswered",
                note=f"该机构 {policies.SILENT_DAYS_BEFORE_CLOSING} 天内没有处理，系统已自动关闭。您可以重新投递或选择其他职位。",
                detail={"reason": "unanswered"},
                rejection_reason="unanswered",
            )
    return len(silent)
