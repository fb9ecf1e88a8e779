"""Registrations for the demonstration's fairs, and check-ins at those in progress."""

from datetime import datetime, timedelta

from jiuye.domains.accounts.models import User
from jiuye.domains.fairs.models import FairInterest, JobFair
from jiuye.domains.fairs.policies import ALPHABET
from jiuye.runtime.demo import names
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

_SEEKER = names.phone(99)


def build(chance: Chance, moment: datetime, seekers: list[User]) -> None:
    """Write everything together. The demonstration's seeker is registered for the first future fair."""
    fairs = list(JobFair.objects.filter(state="published").order_by("starts_at", "id"))
    coming = next((fair for fair in fairs if fair.starts_at > moment), None)
    rows = []
    for fair in fairs:
        crowd = chance.sample(seekers, chance.randint(5, min(40, len(seekers))))
        if fair is coming:
            crowd = [one for one in seekers if one.phone == _SEEKER] + [one for one in crowd if one.phone != _SEEKER]
        for person in crowd:
            registered = min(moment, fair.starts_at) - timedelta(hours=chance.uniform(1, 200))
            came = fair.starts_at <= moment and chance.random() < 0.7
            rows.append(
                FairInterest(
                    id=chance.id(),
                    fair=fair,
                    person=person,
                    code="".join(chance.choices(ALPHABET, k=8)),
                    created_at=registered,
                    reminded_at=fair.starts_at - timedelta(hours=20) if fair.starts_at <= moment else None,
                    checked_in_at=fair.starts_at + timedelta(minutes=chance.randint(0, 40)) if came else None,
                )
            )
    copy_rows(rows)
