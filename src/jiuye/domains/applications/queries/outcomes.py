"""How applications that led to a job went on: who is to be asked, and where both sides disagree."""

from collections.abc import Collection
from datetime import datetime, timedelta

from jiuye.domains.applications.models import Application, OnboardingNotice
from jiuye.domains.applications.policies import RETENTION_DAYS


def retention_due(
    application: Application, notice: OnboardingNotice, answered: Collection[int], moment: datetime
) -> int | None:
    """After how many days at work the seeker is asked now whether they are still there; None for no question."""
    if application.state != "onboarded" or notice.seeker_result == "no_show":
        return None
    passed = [days for days in RETENTION_DAYS if moment >= notice.report_at + timedelta(days=days)]
    return passed[-1] if passed and passed[-1] not in answered else None
