"""Each step of a qualification is told to all owners, in their portal, once."""

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.qualifications import actions
from jiuye.kernel.actor import Actor
from jiuye.notifications.models import Notification
from tests.factories import accounts, qualifications
from tests.notifications.test_delivery import deliver, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def second_owner(owner: Actor) -> Actor:
    user: User = accounts.member(owner.organisation_id, owner.organisation_kind, "owner")  # type: ignore[arg-type]
    return accounts.actor(user)


def test_a_submission_is_confirmed_to_every_owner_and_to_nobody_else() -> None:
    owner = qualifications.filled()
    other = second_owner(owner)
    accounts.member(owner.organisation_id, "agency", "recruiter")  # type: ignore[arg-type]
    actions.submit(owner)
    deliver()
    deliver()
    assert told(owner) == told(other) == ["qualification.submitted"]
    assert Notification.objects.count() == 2
    message = Notification.objects.filter(user_id=owner.person).get()
    assert (message.link, message.organisation_id) == ("/agency/qualification", owner.organisation_id)
