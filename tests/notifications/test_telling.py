"""Every step of an application is told to the other side: in the centre and by text message, once."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.applications import actions
from jiuye.domains.applications.actions import OnboardingDetails
from jiuye.domains.applications.models import InterviewInvitation
from jiuye.domains.applications.states import APPLICATION
from jiuye.domains.jobs.actions import expire_due_postings
from jiuye.domains.jobs.events import ImportFinished
from jiuye.domains.jobs.models import ImportBatch, JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventRecord
from jiuye.notifications.messages import TO_AGENCY, TO_SEEKER, Facts, fill
from jiuye.notifications.models import Notification, TextMessage
from jiuye.worker.handlers import HANDLERS
from tests.factories import applications as make
from tests.factories import jobs
from tests.factories.accounts import actor, member, person, seeker, staff_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def posting() -> JobPosting:
    return jobs.posting(title="数控车床操作工")


@pytest.fixture
def clerk(posting: JobPosting) -> Actor:
    return staff_actor(member(posting.agency_id))


@pytest.fixture
def application(lin: User, posting: JobPosting, clerk: Actor) -> UUID:
    return make.submitted(lin, posting)


def deliver() -> None:
    """What the worker does with every event that has happened."""
    for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
        events.deliver(event_id, HANDLERS)


def told(user_id: UUID | None) -> Iterator[str]:
    """The kinds of message that a person got, in order."""
    rows = Notification.objects.filter(user_id=user_id).order_by("created_at", "id")
    yield from rows.values_list("kind", flat=True)


def texted(user_id: UUID | None) -> list[str]:
    """The kinds of text message that a person got, in order."""
    rows = TextMessage.objects.filter(user_id=user_id).order_by("created_at", "id")
    return list(rows.values_list("template", flat=True))


def onboarding(clerk: Actor, application: UUID) -> None:
    """The agency notifies of the first day at work."""
    moment = clock.now()
    actions.notify_onboarding(
        clerk,
        application_id=application,
        details=OnboardingDetails(
            report_at=moment + timedelta(days=9),
            answer_by=moment + timedelta(days=5),
            place="示范路1号",
            contact_name="何经办",
            contact_phone="028-00000000",
        ),
    )


def answer_interview(lin: User, application: UUID, *, accept: bool = True) -> None:
    """The applicant answers the standing invitation."""
    standing = InterviewInvitation.objects.get(application_id=application, state="pending")
    actions.answer_interview(actor(lin), application_id=application, invitation_id=standing.id, accept=accept)


class TestTheWholeWay:
    def test_each_side_hears_of_what_the_other_did(self, lin: User, clerk: Actor, application: UUID) -> None:
        make.invitation(clerk, application)
        answer_interview(lin, application)
        actions.record_interview_result(clerk, application_id=application, passed=True)
        onboarding(clerk, application)
        actions.answer_onboarding(actor(lin), application_id=application, accept=True)
        actions.record_onboarding_result(clerk, application_id=application, onboarded=True)
        deliver()
        to_seeker = [
            f"seeker.{verb}" for verb in ("view", "invite", "pass_interview", "notify_onboarding", "record_onboarded")
        ]
        to_agency = [f"agency.{verb}" for verb in ("submit", "accept_interview", "accept_onboarding")]
        assert list(told(lin.pk)) == to_seeker
        assert texted(lin.pk) == to_seeker[1:]  # the look was overtaken by the invitation before anyone was told
        assert list(told(clerk.person_id)) == to_agency
        assert texted(clerk.person_id) == to_agency

    def test_a_look_alone_is_told_by_text_message_too(self, lin: User, clerk: Actor, application: UUID) -> None:
        actions.open_resume(clerk, application_id=application)
        deliver()
        assert texted(lin.pk) == ["seeker.view"]

    def test_delivering_again_tells_nobody_twice(self, lin: User, clerk: Actor, application: UUID) -> None:
        make.invitation(clerk, application)
        deliver()
        before = (Notification.objects.count(), TextMessage.objects.count())
        for record in EventRecord.objects.filter(name="ApplicationAdvanced"):
            delivered = events.restore(record)
            for handler in HANDLERS["ApplicationAdvanced"]:
                handler(delivered.event, delivered)
        assert (Notification.objects.count(), TextMessage.objects.count()) == before

    def test_other_endings_are_told_too(self, lin: User, clerk: Actor, application: UUID) -> None:
        for _ in range(2):
            make.invitation(clerk, application)
        answer_interview(lin, application, accept=False)
        actions.reject(clerk, application_id=application, reason="filled")
        deliver()
        assert list(told(lin.pk)) == ["seeker.view", "seeker.invite", "seeker.reschedule", "seeker.reject"]
        assert list(told(clerk.person_id)) == ["agency.submit", "agency.decline_interview"]

    def test_a_message_leads_to_the_application_and_says_when(self, lin: User, clerk: Actor, application: UUID) -> None:
        make.invitation(clerk, application)
        deliver()
        message = Notification.objects.get(kind="seeker.invite")
        starts = clock.local(InterviewInvitation.objects.get().starts_at)
        assert message.link == f"/me/applications/{application}"
        assert f"{starts.month}月{starts.day}日 {starts:%H:%M}" in message.body
        assert Notification.objects.get(kind="agency.submit").link == f"/agency/applications/{application}"

    def test_no_name_of_the_applicant_is_kept_in_the_clear(self, lin: User, clerk: Actor, application: UUID) -> None:
        actions.withdraw(actor(lin), application_id=application)
        deliver()
        assert not any("林小满" in f"{row.title}{row.body}" for row in Notification.objects.all())
        assert not any("林小满" in str(row.params) for row in TextMessage.objects.all())


class TestWhoOfTheAgency:
    def test_everyone_who_works_there_now_sees_it_and_those_who_may_answer_get_the_text(
        self, lin: User, posting: JobPosting
    ) -> None:
        owner, viewer, gone = (
            member(posting.agency_id, role=role, user=person(role)) for role in ("owner", "viewer", "recruiter")
        )
        Membership.objects.filter(user=gone).update(ended_at=clock.now())
        stranger = member(jobs.posting().agency_id)
        make.submitted(lin, posting)
        deliver()
        assert [list(told(user.pk)) for user in (owner, viewer, gone, stranger)] == [["agency.submit"]] * 2 + [[], []]
        assert [texted(user.pk) for user in (owner, viewer)] == [["agency.submit"], []]

    def test_it_is_in_the_agencys_centre_and_not_in_the_persons_own(self, clerk: Actor, application: UUID) -> None:
        deliver()
        message = Notification.objects.get(user_id=clerk.person_id)
        assert (message.organisation_kind, message.organisation_id) == ("agency", clerk.organisation_id)

    def test_a_rush_of_applications_to_one_posting_is_one_text_message(self, posting: JobPosting, clerk: Actor) -> None:
        for number in range(3):
            make.submitted(seeker(f"求职者{number}"), posting)
        deliver()
        assert list(told(clerk.person_id)) == ["agency.submit"] * 3
        assert 1 <= len(texted(clerk.person_id)) <= 2  # two when the half hour turns meanwhile

    def test_another_posting_is_worth_another_text_message(self, lin: User, posting: JobPosting, clerk: Actor) -> None:
        other = jobs.posting(Agency.objects.get(pk=posting.agency_id))
        for one in (posting, other):
            make.submitted(lin, one)
        deliver()
        assert texted(clerk.person_id) == ["agency.submit"] * 2


class TestTexts:
    def test_every_step_of_the_state_machine_is_told_to_the_other_side(self) -> None:
        for row in APPLICATION.rows.values():
            told_to = TO_AGENCY if row.by == {"seeker"} else TO_SEEKER
            assert row.name in told_to, row.name
        assert "submit" in TO_AGENCY

    @pytest.mark.parametrize("texts", [TO_SEEKER, TO_AGENCY])
    def test_every_text_can_be_filled_and_a_text_message_fits_two_parts(self, texts: dict[str, object]) -> None:
        facts = Facts(*["某" * 12] * 11)
        for text in texts.values():
            assert "{" not in fill(text.title + text.body + text.link, facts, 1000)  # type: ignore[attr-defined]
            assert len(fill(text.sms, facts, 1000)) <= 134 - len("【就业在线】")  # type: ignore[attr-defined]

    def test_what_is_too_long_is_cut_with_a_sign(self) -> None:
        assert fill("{title}", Facts(title="长" * 90), 80) == "长" * 79 + "…"

    def test_braces_in_a_title_are_only_braces(self) -> None:
        assert fill("“{title}”", Facts(title="{agency}{0.__class__}"), 80) == "“{agency}{0.__class__}”"


class TestPostings:
    def test_whoever_brought_a_sheet_hears_how_its_import_ended(self, clerk: Actor) -> None:
        figures = {"rows_total": 12, "rows_done": 12, "rows_created": 10, "rows_rejected": 2}
        for state, said in (("done", "导入 10 条，未能导入 2 条"), ("failed", "文件没有导入：文件有密码")):
            batch = ImportBatch.objects.create(
                agency_id=clerk.organisation_id,
                created_by_id=clerk.person_id,
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
            message = Notification.objects.get(user_id=clerk.person_id, kind=f"staff.import_{state}")
            assert said in message.body
            assert message.link == f"/agency/imports/{batch.id}"

    def test_those_who_may_publish_hear_once_of_all_postings_that_ran_out(
        self, posting: JobPosting, clerk: Actor
    ) -> None:
        agency = Agency.objects.get(pk=posting.agency_id)
        viewer = member(agency.id, role="viewer", user=person("只读"))
        yesterday = clock.today() - timedelta(days=1)
        for _ in range(2):
            jobs.posting(agency, title="车工", valid_through=yesterday)
        expire_due_postings()
        deliver()
        (message,) = Notification.objects.filter(user_id=clerk.person_id)
        assert (message.title, message.link) == ("2 个职位已到期", "/agency/jobs?state=expired")
        assert not list(told(viewer.pk))
