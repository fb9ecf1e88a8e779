"""Every step of an application is reported to the other side, in the centre and by text message, once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from jiuye.domains.accounts.models import Membership
from jiuye.domains.applications.models import InterviewInvitation
from jiuye.domains.applications.states import APPLICATION
from jiuye.domains.jobs.actions import expire_due_postings
from jiuye.domains.jobs.events import ImportFinished
from jiuye.domains.jobs.models import ImportBatch
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventRecord
from jiuye.notifications.messages import TO_AGENCY, TO_SEEKER, Facts, Text, fill
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.handlers import HANDLERS
from tests.factories import applications as make
from tests.factories import jobs
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def application(cast: Cast) -> UUID:
    return make.apply(cast.lin, cast.posting)


def take(cast: Cast, application: UUID, *verbs: str) -> None:
    """Lin and Zhou take these steps."""
    for verb in verbs:
        make.STEPS[verb](cast.lin if verb in make.SEEKERS else cast.zhou, application)


def deliver() -> None:
    """Run the worker's handlers for every event."""
    for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
        events.deliver(event_id, HANDLERS)


def told(who: Actor) -> list[str]:
    """Return the kinds of a person's messages, in order."""
    rows = Notification.objects.filter(user=who.person_id).order_by("created_at", "id")
    return list(rows.values_list("kind", flat=True))


def texted(who: Actor) -> list[str]:
    """Return the kinds of a person's text messages, in order."""
    rows = TextMessage.objects.filter(user=who.person_id).order_by("created_at", "id")
    return list(rows.values_list("template", flat=True))


class TestTheWholeWay:
    def test_each_side_hears_of_what_the_other_did(self, cast: Cast, application: UUID) -> None:
        take(cast, application, *make.PATHS["onboarded"])
        deliver()
        verbs = ("view", "invite", "pass_interview", "notify_onboarding", "record_onboarded")
        to_seeker = [f"seeker.{verb}" for verb in verbs]
        to_agency = [f"agency.{verb}" for verb in ("submit", "accept_interview", "accept_onboarding")]
        assert told(cast.lin) == to_seeker
        assert texted(cast.lin) == to_seeker[1:]  # the invitation came before the view was reported
        assert told(cast.zhou) == to_agency
        assert texted(cast.zhou) == to_agency

    def test_a_look_alone_is_told_by_text_message_too(self, cast: Cast, application: UUID) -> None:
        take(cast, application, "view")
        deliver()
        assert texted(cast.lin) == ["seeker.view"]

    def test_delivering_again_tells_nobody_twice(self, cast: Cast, application: UUID) -> None:
        take(cast, application, "view", "invite")
        deliver()
        before = (Notification.objects.count(), TextMessage.objects.count())
        for record in EventRecord.objects.filter(name="ApplicationAdvanced"):
            delivered = events.restore(record)
            for handler in HANDLERS["ApplicationAdvanced"]:
                handler(delivered.event, delivered)
        assert (Notification.objects.count(), TextMessage.objects.count()) == before

    def test_other_endings_are_told_too(self, cast: Cast, application: UUID) -> None:
        take(cast, application, "view", "invite", "invite", "decline_interview", "reject")
        deliver()
        assert told(cast.lin) == ["seeker.view", "seeker.invite", "seeker.reschedule", "seeker.reject"]
        assert told(cast.zhou) == ["agency.submit", "agency.decline_interview"]

    def test_a_message_leads_to_the_application_and_says_when(self, cast: Cast, application: UUID) -> None:
        take(cast, application, "view", "invite")
        deliver()
        message = Notification.objects.get(kind="seeker.invite")
        starts = clock.local(InterviewInvitation.objects.get().starts_at)
        assert message.link == f"/me/applications/{application}"
        assert f"{starts.month}月{starts.day}日 {starts:%H:%M}" in message.body
        theirs = Notification.objects.get(kind="agency.submit", user=cast.zhou.person_id)
        assert theirs.link == f"/agency/applications/{application}"

    def test_no_name_of_the_applicant_is_kept_in_the_clear(self, cast: Cast, application: UUID) -> None:
        take(cast, application, "withdraw")
        deliver()
        assert not any("林小满" in f"{row.title}{row.body}" for row in Notification.objects.all())
        assert not any("林小满" in str(row.params) for row in TextMessage.objects.all())


class TestWhoOfTheAgency:
    def test_all_who_work_there_now_see_it_and_those_who_may_answer_get_the_text(self, cast: Cast) -> None:
        Membership.objects.filter(user=cast.zhou.person_id).update(ended_at=clock.now())
        make.apply(cast.lin, cast.posting)
        deliver()
        owner, viewer, gone, stranger = cast.qian, cast.shen, cast.zhou, cast.ma
        assert [told(who) for who in (owner, viewer, gone, stranger)] == [["agency.submit"]] * 2 + [[], []]
        assert [texted(who) for who in (owner, viewer)] == [["agency.submit"], []]

    def test_it_is_in_the_agencys_centre_and_not_in_the_persons_own(self, cast: Cast, application: UUID) -> None:
        deliver()
        message = Notification.objects.get(user=cast.zhou.person_id)
        assert (message.organisation_kind, message.organisation_id) == ("agency", cast.agency.id)

    def test_a_rush_of_applications_to_one_posting_is_one_text_message(self, cast: Cast) -> None:
        with clock.frozen(datetime(2026, 11, 20, 8, 5, tzinfo=UTC)):
            for who in (cast.lin, cast.wu):
                make.apply(who, cast.posting)
        deliver()
        assert told(cast.zhou) == ["agency.submit"] * 2
        assert texted(cast.zhou) == ["agency.submit"]

    def test_another_posting_is_worth_another_text_message(self, cast: Cast) -> None:
        for posting in (cast.posting, jobs.posting(cast.agency)):
            make.apply(cast.lin, posting)
        deliver()
        assert texted(cast.zhou) == ["agency.submit"] * 2


class TestTexts:
    def test_every_step_of_the_state_machine_is_told_to_the_other_side(self) -> None:
        for row in APPLICATION.rows.values():
            # People who leave the platform get no more messages.
            told_to = TO_AGENCY if row.by == {"seeker"} or row.name == "leave" else TO_SEEKER
            assert row.name in told_to, row.name

    @pytest.mark.parametrize("texts", [TO_SEEKER, TO_AGENCY])
    def test_every_text_can_be_filled_and_a_text_message_fits_two_parts(self, texts: dict[str, Text]) -> None:
        facts = Facts(*["某" * 12] * 11)
        for text in texts.values():
            assert "{" not in fill(text.title + text.body + text.link, facts, 1000)
            assert len(fill(text.sms, facts, 1000)) <= 134 - len("【就业在线】")

    def test_what_is_too_long_is_cut_with_a_sign(self) -> None:
        assert fill("{title}", Facts(title="长" * 90), 80) == "长" * 79 + "…"

    def test_braces_in_a_title_are_only_braces(self) -> None:
        assert fill("“{title}”", Facts(title="{agency}{0.__class__}"), 80) == "“{agency}{0.__class__}”"


class TestPostings:
    def test_the_person_who_uploaded_a_sheet_is_told_how_its_import_ended(self, cast: Cast) -> None:
        figures = {"rows_total": 12, "rows_done": 12, "rows_created": 10, "rows_rejected": 2}
        for state, said in (("done", "导入 10 条，未能导入 2 条"), ("failed", "文件没有导入：文件有密码")):
            batch = ImportBatch.objects.create(
                agency=cast.agency,
                created_by=cast.people["zhou"],
                file_key="x",
                filename="x.xlsx",
                digest="x",
                state=state,
                failure="文件有密码" if state == "failed" else "",
                created_at=clock.now(),
                **figures,
            )
            happened = ImportFinished(batch_id=batch.id, agency_id=batch.agency_id, created_by_id=batch.created_by_id)
            with transaction.atomic():
                events.publish(Actor.system(), happened)
            deliver()
            message = Notification.objects.get(kind=f"staff.import_{state}")
            assert message.user_id == cast.zhou.person_id
            assert said in message.body
            assert message.link == f"/agency/imports/{batch.id}"

    def test_those_who_may_publish_hear_once_of_all_postings_that_ran_out(self, cast: Cast) -> None:
        yesterday = clock.today() - timedelta(days=1)
        for _ in range(2):
            jobs.posting(cast.agency, title="车工", valid_through=yesterday)
        expire_due_postings()
        deliver()
        (message,) = Notification.objects.filter(user=cast.zhou.person_id)
        assert (message.title, message.link) == ("2 个职位已到期", "/agency/jobs?state=expired")
        assert told(cast.shen) == []
