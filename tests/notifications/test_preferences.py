"""People choose their notifications and quiet hours; mandatory messages are sent anyway."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from pytest_django import Settings

from jiuye.domains.accounts.models import User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from jiuye.notifications import messages, preferences, tasks
from jiuye.notifications.actions import Side, Sms, notify
from jiuye.notifications.kinds import ACCOUNT, FOR_SEEKERS, FOR_STAFF, Group, Way, group_of
from jiuye.notifications.models import Notification, NotificationPreference, TextMessage
from jiuye.notifications.wishes import QuietHours, wishes_of
from tests.factories.accounts import actor, seeker
from tests.notifications.test_text_messages import Gateway

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""12:00 in China."""
NIGHT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
"""23:30 in China."""
MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""8:00 in China, the next day."""
EVERY_SWITCH = {(group.code, way.value) for group in (*FOR_SEEKERS, *FOR_STAFF) for way in group.switches}


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Gateway:
    gateway = Gateway()
    monkeypatch.setattr(tasks.sms, "get", lambda: gateway)
    return gateway


def tell(user: User, kind: str = "fair.tomorrow", side: Side | None = None) -> None:
    """Notify with a message and a text message."""
    sms = Sms(kind, {}, str(uuid4()), [user.pk]) if messages.find(kind).sms else None
    notify(
        Actor.system(), user_ids=[user.pk], kind=kind, title="有消息", dedupe_key=str(uuid4())[:8], side=side, sms=sms
    )


def switch_off(user: User, *switches: tuple[str, str], quiet: QuietHours | None = None) -> None:
    """Switch these off and everything else on."""
    preferences.choose(actor(user), on=EVERY_SWITCH - set(switches), quiet=quiet)


def got(user: User) -> tuple[int, int]:
    """Return the number of a person's messages and text messages."""
    return Notification.objects.filter(user=user).count(), TextMessage.objects.filter(user=user).count()


def jobs_of(message_id: UUID) -> list[datetime | None]:
    """Return when the jobs for a text message run; None: at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at FROM procrastinate_jobs WHERE args->>'message_id' = %s ORDER BY id", [str(message_id)]
        )
        return [at for (at,) in cursor.fetchall()]


class TestWhat:
    def test_who_has_chosen_nothing_is_told_by_every_way(self, lin: User) -> None:
        tell(lin)
        assert got(lin) == (1, 1)

    def test_each_way_of_each_group_is_switched_off_by_itself(self, lin: User) -> None:
        switch_off(lin, ("fairs", "sms"))
        tell(lin)
        assert got(lin) == (1, 0)
        switch_off(lin, ("fairs", "centre"))
        tell(lin)
        assert got(lin) == (1, 1)
        tell(lin, "feedback.answered")
        assert got(lin) == (2, 2)

    @pytest.mark.parametrize("kind", ["seeker.invite", "seeker.notify_onboarding", "reminder.interview"])
    def test_interviews_and_onboarding_stay_in_the_centre_whatever_is_asked_for(self, lin: User, kind: str) -> None:
        preferences.choose(actor(lin), on=[], quiet=None)
        tell(lin, kind)
        assert got(lin) == (1, 0)

    def test_what_nobody_named_is_about_the_account_and_always_told(self, lin: User) -> None:
        preferences.choose(actor(lin), on=[], quiet=None)
        tell(lin, "verification.answered")
        notify(Actor.system(), user_ids=[lin.pk], kind="safety.fees", title="小心收费", dedupe_key="x")
        assert got(lin) == (2, 0)

    def test_a_person_chooses_as_a_seeker_and_as_staff_apart(self, lin: User) -> None:
        organisation = uuid4()
        as_staff = Actor(person_id=lin.pk, organisation_id=organisation, organisation_kind="agency", role="owner")
        switch_off(lin, ("fairs", "sms"))
        preferences.choose(as_staff, on=EVERY_SWITCH - {("postings", "centre")}, quiet=None)
        tell(lin, "staff.import_done", Side("agency", organisation))
        assert got(lin) == (0, 0)
        assert set(NotificationPreference.objects.get().off) == {"fairs:sms", "postings:centre"}

    def test_a_message_that_waits_is_not_sent_after_it_was_switched_off(self, lin: User, gateway: Gateway) -> None:
        tell(lin)
        message = TextMessage.objects.get()
        switch_off(lin, ("fairs", "sms"))
        tasks.send_text_message(str(message.pk))
        message.refresh_from_db()
        assert gateway.sent == []
        assert (message.withheld_at is not None, message.sent_at, message.failed_at) == (True, None, None)


class TestKinds:
    @pytest.mark.parametrize("groups", [FOR_SEEKERS, FOR_STAFF])
    def test_every_group_has_a_switch_or_says_why_not(self, groups: tuple[Group, ...]) -> None:
        for group in groups:
            assert group.switches or group.always, group.label

    def test_every_template_but_those_of_the_account_belongs_to_a_group_of_its_side(self) -> None:
        on_both = {
            template
            for template, _ in messages.every()
            if group_of(template, of_staff=False) is ACCOUNT and group_of(template, of_staff=True) is ACCOUNT
        }
        assert on_both == {"verification.answered"}

    def test_there_is_a_switch_for_text_messages_only_where_there_are_any(self) -> None:
        with_sms = {group.code for group in (*FOR_SEEKERS, *FOR_STAFF) if Way.SMS in group.switches}
        assert with_sms >= {"progress", "interviews", "jobs", "fairs", "feedback", "applications"}
        assert not with_sms & {"looks", "account", "postings", "reviews"}


class TestQuietHours:
    @pytest.fixture(autouse=True)
    def usual(self, settings: Settings) -> None:
        settings.SMS_QUIET_HOURS = "22-8"

    @pytest.mark.parametrize(
        ("hour", "quiet"), [(21, False), (22, True), (23, True), (0, True), (7, True), (8, False), (12, False)]
    )
    def test_they_begin_and_end_at_full_hours_in_china_over_midnight(self, hour: int, quiet: bool) -> None:
        moment = datetime(2026, 11, 23, (hour - 8) % 24, 59, tzinfo=UTC)
        assert (QuietHours(22, 8).over_at(moment) is not None) is quiet

    def test_in_the_night_a_text_message_waits_for_the_morning_and_the_centre_does_not(self, lin: User) -> None:
        with clock.frozen(NIGHT):
            tell(lin)
        assert got(lin) == (1, 1)
        assert jobs_of(TextMessage.objects.get().pk) == [MORNING]

    def test_by_day_it_goes_at_once(self, lin: User) -> None:
        with clock.frozen(NOON):
            tell(lin)
        assert jobs_of(TextMessage.objects.get().pk) == [None]

    def test_a_gateway_that_comes_back_in_the_night_is_not_a_reason_to_wake_anyone(
        self, lin: User, gateway: Gateway
    ) -> None:
        with clock.frozen(NOON):
            tell(lin)
        message = TextMessage.objects.get()
        with clock.frozen(NIGHT):
            tasks.send_text_message(str(message.pk))
        assert gateway.sent == []
        assert jobs_of(message.pk) == [None, MORNING]
        with clock.frozen(MORNING):
            for _ in range(2):
                tasks.send_text_message(str(message.pk))
        assert len(gateway.sent) == 1

    def test_who_chose_other_hours_has_those(self, lin: User) -> None:
        switch_off(lin, quiet=QuietHours(12, 13))
        with clock.frozen(NIGHT):
            tell(lin)
        with clock.frozen(NOON):
            tell(lin)
        times = {jobs_of(row.pk)[0] for row in TextMessage.objects.all()}
        assert times == {None, datetime(2026, 11, 23, 5, 0, tzinfo=UTC)}

    def test_who_wants_no_quiet_hours_has_none(self, lin: User) -> None:
        switch_off(lin, quiet=None)
        with clock.frozen(NIGHT):
            tell(lin)
        assert jobs_of(TextMessage.objects.get().pk) == [None]

    def test_who_wakes_up_early_gets_at_once_what_was_put_off(self, lin: User, gateway: Gateway) -> None:
        with clock.frozen(NIGHT):
            tell(lin)
            message = TextMessage.objects.get()
            switch_off(lin, quiet=None)
            assert jobs_of(message.pk) == [MORNING, None]
            tasks.send_text_message(str(message.pk))
        assert len(gateway.sent) == 1

    def test_who_leaves_them_as_they_are_goes_along_when_the_platform_changes_them(
        self, lin: User, settings: Settings
    ) -> None:
        switch_off(lin, ("fairs", "sms"), quiet=QuietHours(22, 8))
        settings.SMS_QUIET_HOURS = "21-7"
        assert wishes_of([lin.pk])[lin.pk].quiet == QuietHours(21, 7)

    @pytest.mark.parametrize("hours", [(8, 8), (8, 7), (0, 15)])
    def test_they_end_and_they_leave_part_of_the_day(self, lin: User, hours: tuple[int, int]) -> None:
        with pytest.raises(Invalid):
            switch_off(lin, quiet=QuietHours(*hours))
        assert not NotificationPreference.objects.filter(has_own_hours=True).exists()

    def test_the_database_keeps_no_hours_without_an_end(self, lin: User) -> None:
        with pytest.raises(IntegrityError):
            NotificationPreference.objects.create(
                user=lin, has_own_hours=True, quiet_from=22, quiet_until=22, changed_at=NOON
            )
