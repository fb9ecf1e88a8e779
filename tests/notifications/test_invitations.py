"""People who are invited to apply are notified."""

import pytest

from jiuye.domains.applications.actions.invitations import invite_to_apply
from jiuye.domains.applications.queries.invitations import my_invitations
from jiuye.kernel import events
from jiuye.kernel.models import EventRecord
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.handlers import HANDLERS
from tests.factories.cast import assemble
from tests.factories.visibility import resume_of, show

pytestmark = pytest.mark.django_db


def test_of_an_invitation_once_in_the_centre_with_the_way_to_it() -> None:
    cast = assemble()
    lin = cast.people["lin"]
    show(lin)
    invite_to_apply(cast.zhou, resume_id=resume_of(lin).id, posting_id=cast.posting.id)
    event = EventRecord.objects.get(name="InvitedToApply")
    for _ in range(2):
        events.deliver(event.id, HANDLERS)
    told = Notification.objects.get()
    (invitation,) = my_invitations(cast.lin).items
    assert told.user_id == lin.pk
    assert told.title == f"蓉江人力资源有限公司邀请您投递“{cast.posting.title}”"
    assert told.link == f"/me/invitations#{invitation.id}"
    assert "林" not in told.title + told.body
    assert not TextMessage.objects.exists()
