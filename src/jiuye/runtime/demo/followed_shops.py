"""Shops that the demonstration's seeker follows."""

from datetime import datetime, timedelta

from jiuye.alerts import stored
from jiuye.alerts.followers import digest_of, following
from jiuye.alerts.models import SavedSearch
from jiuye.domains.accounts.models import User
from jiuye.runtime.demo import names
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

_SEEKER = names.phone(99)


def build(chance: Chance, moment: datetime, cast: Cast, seekers: list[User]) -> None:
    """Write two of them together."""
    person = next(one for one in seekers if one.phone == _SEEKER)
    copy_rows(
        [
            SavedSearch(
                id=chance.id(),
                user=person,
                name=agency.short_name,
                criteria=stored.write(following(agency.id)),
                digest=digest_of(agency.id),
                frequency="daily",
                created_at=moment - timedelta(days=9 + place),
                next_tell_at=moment + timedelta(hours=20),
                opened_at=moment - timedelta(days=2),
            )
            for place, agency in enumerate(cast.agencies[:2])
        ]
    )
