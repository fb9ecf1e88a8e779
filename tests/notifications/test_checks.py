"""People who requested checks are notified once, when all that were requested together are answered."""

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.verification import actions
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import events
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import EventDelivery, EventRecord
from jiuye.notifications.models import Notification
from jiuye.worker.handlers import HANDLERS
from tests.factories.accounts import actor, seeker
from tests.factories.verification import answer, id_number, item, real_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def cases(lin: User) -> list[VerificationCase]:
    """Two jobs checked together."""
    actions.request(actor(lin), items=[item(), item()], name="林小满", id_number=id_number(), has_consented=True)
    return list(VerificationCase.objects.order_by("id"))


def deliver() -> None:
    for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
        events.deliver(event_id, HANDLERS)


def test_nobody_is_told_while_one_is_open(cases: list[VerificationCase]) -> None:
    actions.record_answer(Actor.system(), answer=answer(cases[0]))
    deliver()
    assert not Notification.objects.exists()


def test_the_last_answer_tells_of_all_once(lin: User, cases: list[VerificationCase]) -> None:
    actions.record_answer(Actor.system(), answer=answer(cases[0]))
    actions.record_answer(Actor.system(), answer=answer(cases[1], "mismatched"))
    for _ in range(2):
        deliver()
        EventDelivery.objects.all().delete()
    told = Notification.objects.get()
    assert (told.user_id, told.link) == (lin.pk, "/me/resume")
    assert "已核验 1 项，信息不一致 1 项" in told.body


def test_what_was_edited_meanwhile_is_not_waited_for(lin: User, cases: list[VerificationCase]) -> None:
    actions.reset(actor(lin), subject_ids=[cases[1].subject_id])
    actions.record_answer(Actor.system(), answer=answer(cases[0]))
    deliver()
    assert "已核验 1 项" in Notification.objects.get().body


def test_the_answer_about_an_employment_leads_back_to_the_employers_side(lin: User) -> None:
    real_name(lin)
    actions.request_employment(actor(lin), organisation_id=new_id(), employer="某某公司", has_consented=True)
    actions.record_answer(Actor.system(), answer=answer(VerificationCase.objects.get(), "no_record"))
    deliver()
    told = Notification.objects.get()
    assert (told.title, told.link) == ("您申请的在职核验有结果了", "/employer")
    assert "在职：未查到记录 1 项" in told.body
