"""The employer of the demonstration's employer owner: one with applications."""

from collections import Counter
from datetime import timedelta

from jiuye.domains.accounts.models import Membership
from jiuye.domains.applications.models import Application
from jiuye.domains.organisations.models import Qualification
from jiuye.kernel import clock
from jiuye.runtime.demo.organisations import Cast


def settle(cast: Cast, made: list[Application]) -> None:
    """Give the owner to the employer with the most applications at the demonstration's agency, and an approved qualification."""
    own = cast.agencies[0].id
    counted = Counter(one.employer_id for one in made if one.agency_id == own)
    if counted:
        employer, _ = counted.most_common(1)[0]
        Membership.objects.filter(organisation_kind="employer").update(organisation_id=employer)
        decided = clock.now() - timedelta(days=120)
        Qualification.objects.create(
            organisation_id=employer,
            organisation_kind="employer",
            state="approved",
            submitted_at=decided - timedelta(days=2),
            decided_at=decided,
            expires_on=clock.local(decided + timedelta(days=183)).date(),
            created_at=decided - timedelta(days=3),
        )
