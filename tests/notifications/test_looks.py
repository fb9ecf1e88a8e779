"""People are notified of views of their resume: once a day for each organisation, in the centre only."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from jiuye.domains.applications import actions
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel import clock
from jiuye.notifications.models import Notification, TextMessage
from tests.factories import applications as make
from tests.factories.cast import Cast, assemble
from tests.notifications.test_delivery import deliver

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def application(cast: Cast) -> UUID:
    """Sent, and first viewed on the day before."""
    with clock.frozen(NOON - timedelta(days=1)):
        sent = make.apply(cast.lin, cast.posting)
        actions.open_resume(cast.zhou, application_id=sent)
    deliver()
    return sent


def looks(cast: Cast) -> list[str]:
    """Return Lin's messages about views."""
    rows = Notification.objects.filter(user_id=cast.lin.person_id, kind="resume.seen").order_by("created_at")
    return list(rows.values_list("title", flat=True))


def test_the_first_look_at_an_application_is_told_as_its_progress_alone(cast: Cast, application: UUID) -> None:
    told = Notification.objects.filter(user_id=cast.lin.person_id)
    assert list(told.values_list("kind", flat=True)) == ["seeker.view"]


def test_another_day_it_is_told_once_however_often_they_look(cast: Cast, application: UUID) -> None:
    for minutes in range(3):
        with clock.frozen(NOON + timedelta(minutes=minutes)):
            actions.open_resume(cast.zhou, application_id=application)
            actions.open_resume(cast.qian, application_id=application)
    deliver()
    assert looks(cast) == ["蓉江人力资源有限公司查看了您的简历"]
    with clock.frozen(NOON + timedelta(days=1)):
        actions.download_resume(cast.zhou, application_id=application)
    deliver()
    assert looks(cast)[1:] == ["蓉江人力资源有限公司下载了您的简历"]


def test_it_says_what_for_and_leads_to_who_saw_the_resume(cast: Cast, application: UUID) -> None:
    with clock.frozen(NOON):
        actions.open_resume(cast.zhou, application_id=application)
    deliver()
    message = Notification.objects.get(kind="resume.seen")
    assert message.body.startswith("用途：")
    assert cast.posting.title in message.body
    assert message.link == "/me/resume/accesses"


def test_another_organisation_is_told_of_by_itself(cast: Cast, application: UUID) -> None:
    for who, name in ((cast.zhou, "蓉江人力"), (cast.ma, "别处人力")):
        with clock.frozen(NOON):
            resumes.record_access(
                who, owner_id=cast.lin.person, organisation_name=name, kind=AccessKind.VIEW, purpose="了解"
            )
    deliver()
    assert looks(cast) == ["蓉江人力查看了您的简历", "别处人力查看了您的简历"]


def test_it_never_comes_by_text_message(cast: Cast, application: UUID) -> None:
    before = TextMessage.objects.count()
    with clock.frozen(NOON):
        actions.open_resume(cast.zhou, application_id=application)
    deliver()
    assert TextMessage.objects.count() == before
