"""Several people at the same fair at the same moment, on real connections."""

from functools import partial

import pytest

from jiuye.domains.fairs import actions
from jiuye.domains.fairs.models import FairInterest, JobFair
from jiuye.kernel.models import EventRecord
from tests.factories import accounts, organisations
from tests.factories.public_site import fair
from tests.factories.races import at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_last_places_go_to_as_many_as_there_are() -> None:
    row = fair(capacity=2)
    people = [accounts.actor(accounts.seeker()) for _ in range(8)]
    results = at_once(*[partial(actions.register, person, fair_id=row.id) for person in people])
    assert outcomes(results) == [*["done"] * 2, *["full"] * 6]
    assert FairInterest.objects.count() == 2


def test_it_is_cancelled_once_and_told_once() -> None:
    row = fair()
    staff = [organisations.member(row.agency) for _ in range(3)]
    results = at_once(*[partial(actions.cancel_fair, one, fair_id=row.id, reason="场地检修") for one in staff])
    assert outcomes(results) == ["cancelled", "cancelled", "done"]
    assert JobFair.objects.get().state == "cancelled"
    assert EventRecord.objects.filter(name="FairCancelled").count() == 1
