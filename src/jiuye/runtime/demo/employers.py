"""The employer of the demonstration's employer owner: one with applications."""

from collections import Counter

from jiuye.domains.accounts.models import Membership
from jiuye.domains.applications.models import Application
from jiuye.runtime.demo.organisations import Cast


def settle(cast: Cast, made: list[Application]) -> None:
    """Give the owner to the employer with the most applications at the demonstration's agency. One query."""
    own = cast.agencies[0].id
    counted = Counter(one.employer_id for one in made if one.agency_id == own)
    if counted:
        employer, _ = counted.most_common(1)[0]
        Membership.objects.filter(organisation_kind="employer").update(organisation_id=employer)
