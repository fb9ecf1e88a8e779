"""Reminders: tomorrow's appointments, applications due at agencies, whether people are still employed."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from jiuye.domains.applications import actions
from jiuye.domains.applications.models import Application, InterviewInvitation, OnboardingNotice
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventRecord
from jiuye.notifications import reminders
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.handlers import HANDLERS
from tests.factories import applications as make
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def told(who: Actor) -> list[str]:
    rows = Notification.objects.filter(user=who.person_id, kind__startswith="reminder.").order_by("created_at", "id")
    return list(rows.values_list("kind", flat=True))


def texted(who: Actor) -> list[str]:
    rows = TextMessage.objects.filter(user=who.person_id, template__startswith="reminder.").order_by("created_at", "id")
    return list(rows.values_list("template", flat=True))


def evening_before(moment: datetime, hour: int = 18) -> datetime:
    day = clock.local(moment) - timedelta(days=1)
    return day.replace(hour=hour, minute=5, second=0, microsecond=0)


def interview_at() -> datetime:
    return InterviewInvitation.objects.order_by("-created_at", "-id")[0].starts_at


class TestTheDayBefore:
    def test_at_six_in_the_evening_both_sides_hear_of_the_interview_once(self, cast: Cast) -> None:
        make.in_state(cast, "interview_accepted")
        with clock.frozen(evening_before(interview_at())):
            assert reminders.remind_of_tomorrow() == 2
            assert reminders.remind_of_tomorrow() == 0
        assert told(cast.lin) == texted(cast.lin) == ["reminder.interview"]
        assert told(cast.zhou) == ["reminder.interviewer"]
        assert texted(cast.zhou) == told(cast.qian) == []

    @pytest.mark.parametrize(("days", "hour"), [(0, 17), (-1, 18), (1, 18)])
    def test_not_earlier_and_not_on_another_day(self, cast: Cast, days: int, hour: int) -> None:
        make.in_state(cast, "interview_accepted")
        with clock.frozen(evening_before(interview_at(), hour) + timedelta(days=days)):
            assert reminders.remind_of_tomorrow() == 0

    @pytest.mark.parametrize("step", ["withdraw", "reject", "decline_interview"])
    def test_an_interview_that_was_called_off_is_not_reminded_of(self, cast: Cast, step: str) -> None:
        application = make.in_state(cast, "interview_invited")
        make.STEPS[step](cast.lin if step in make.SEEKERS else cast.zhou, application)
        with clock.frozen(evening_before(interview_at())):
            assert reminders.remind_of_tomorrow() == 0

    def test_who_has_not_answered_is_reminded_of_that(self, cast: Cast) -> None:
        make.in_state(cast, "interview_invited")
        with clock.frozen(evening_before(interview_at())):
            reminders.remind_of_tomorrow()
        assert told(cast.lin) == ["reminder.interview_unanswered"]
        assert told(cast.zhou) == []

    def test_a_new_date_gets_a_new_reminder(self, cast: Cast) -> None:
        application = make.in_state(cast, "interview_accepted")
        with clock.frozen(evening_before(interview_at())):
            reminders.remind_of_tomorrow()
            actions.invite_to_interview(cast.zhou, application_id=application, details=make.interview())
        with clock.frozen(evening_before(interview_at())):
            reminders.remind_of_tomorrow()
        assert told(cast.lin) == ["reminder.interview", "reminder.interview_unanswered"]

    def test_when_the_inviting_member_has_left_all_who_may_act_are_told(self, cast: Cast) -> None:
        make.in_state(cast, "interview_accepted")
        InterviewInvitation.objects.update(invited_by=cast.ma.person_id)
        with clock.frozen(evening_before(interview_at())):
            reminders.remind_of_tomorrow()
        assert told(cast.zhou) == told(cast.qian) == ["reminder.interviewer"]
        assert told(cast.shen) == told(cast.ma) == []

    def test_the_first_day_at_work_is_reminded_of(self, cast: Cast) -> None:
        make.in_state(cast, "onboarding_accepted")
        with clock.frozen(evening_before(OnboardingNotice.objects.get().report_at)):
            reminders.remind_of_tomorrow()
        assert told(cast.lin) == texted(cast.lin) == ["reminder.first_day"]


class TestWhatIsDue:
    @pytest.fixture
    def due(self, cast: Cast) -> datetime:
        moment = Application.objects.get(pk=make.apply(cast.lin, cast.posting)).respond_by
        assert moment is not None
        return clock.local(moment).replace(hour=9, minute=30)

    @pytest.mark.parametrize(("days", "words"), [(2, "后天到期 1 份"), (0, "今天到期 1 份")])
    def test_on_the_fifth_and_the_seventh_day_the_agency_gets_one_summary(
        self, cast: Cast, due: datetime, days: int, words: str
    ) -> None:
        make.apply(cast.wu, cast.posting)
        Application.objects.filter(applicant=cast.wu.person_id).update(respond_by=due - timedelta(days=days + 1))
        with clock.frozen(due - timedelta(days=days)):
            assert reminders.remind_of_due() == 2
            assert reminders.remind_of_due() == 0
        (row,) = Notification.objects.filter(kind="reminder.due", user=cast.zhou.person_id)
        assert words in row.body
        assert texted(cast.zhou) == ["reminder.due"]
        assert told(cast.shen) == told(cast.ma) == []

    @pytest.mark.parametrize("days", [-1, 1, 3])
    def test_on_other_days_nobody_is_disturbed(self, cast: Cast, due: datetime, days: int) -> None:
        with clock.frozen(due - timedelta(days=days)):
            assert reminders.remind_of_due() == 0

    def test_before_nine_nobody_is_disturbed(self, cast: Cast, due: datetime) -> None:
        with clock.frozen(due.replace(hour=8)):
            assert reminders.remind_of_due() == 0

    def test_reminders_of_people_and_of_the_platform_are_one_text_message_a_day(self, cast: Cast) -> None:
        first, second = make.apply(cast.lin, cast.posting), make.apply(cast.wu, cast.posting)
        day = clock.local(clock.now() + timedelta(days=8)).replace(hour=10)
        Application.objects.update(respond_by=day - timedelta(minutes=1))
        with clock.frozen(day):
            actions.nudge(cast.lin, application_id=first)
            actions.nudge(cast.wu, application_id=second)
            reminders.remind_of_due()
        deliver()
        nudges = Notification.objects.filter(user=cast.zhou.person_id, kind="agency.nudge")
        assert nudges.count() == 2
        sent = TextMessage.objects.filter(user=cast.zhou.person_id, template__in=["agency.nudge", "reminder.due"])
        assert sent.count() == 1


class TestWhetherPeopleStayed:
    def test_thirty_and_ninety_days_later_they_are_asked_once_each(self, cast: Cast) -> None:
        application = make.in_state(cast, "onboarded")
        first_day = clock.local(OnboardingNotice.objects.get().report_at).replace(hour=12)
        for days, asked in [(29, 0), (31, 1), (31, 0), (32, 0), (91, 1)]:
            with clock.frozen(first_day + timedelta(days=days)):
                assert reminders.ask_about_retention() == asked
        assert told(cast.lin) == ["reminder.retention"] * 2
        assert (
            Notification.objects.filter(kind="reminder.retention", link=f"/me/applications/{application}").count() == 2
        )

    def test_who_has_answered_already_is_left_alone(self, cast: Cast) -> None:
        application = make.in_state(cast, "onboarded")
        first_day = clock.local(OnboardingNotice.objects.get().report_at).replace(hour=12)
        with clock.frozen(first_day + timedelta(days=31)):
            actions.answer_retention(cast.lin, application_id=application, days=30, is_there=True)
            assert reminders.ask_about_retention() == 0


def deliver() -> None:
    for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
        events.deliver(UUID(str(event_id)), HANDLERS)


def test_a_wish_for_another_time_is_told_to_the_agency_and_its_answer_to_the_seeker(cast: Cast) -> None:
    application = make.in_state(cast, "interview_invited")
    make.ask_for_another_time(cast, application)
    actions.keep_interview_time(cast.zhou, application_id=application)
    deliver()
    assert Notification.objects.filter(user=cast.zhou.person_id, kind="agency.ask_for_another_time").exists()
    assert Notification.objects.filter(user=cast.lin.person_id, kind="seeker.keep_time").exists()
