"""Seekers and operators of test data always do the same, through the normal actions."""

from typing import Any

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import ApplicationEvent
from jiuye.domains.jobs import actions
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.screening import screen_posting
from jiuye.domains.verification.models import VerificationCase
from jiuye.kernel import worlds
from jiuye.notifications.models import Notification, TextMessage
from jiuye.testmode.values import MARKERS, SEEKERS
from tests.factories import clients, jobs
from tests.testmode.conftest import Integrator

pytestmark = pytest.mark.django_db
ACCEPTS, DECLINES, SILENT, WITHDRAWS, RESCHEDULES = (one.phone for one in SEEKERS)


def test_the_values_are_told(tester: Integrator) -> None:
    told = tester.api.get("/test/values").json()
    assert [one["phone"] for one in told["seekers"]] == [one.phone for one in SEEKERS]
    assert all(one["id"] for one in told["seekers"])
    assert [one["starts_with"] for one in told["external_ids"]] == [one.starts_with for one in MARKERS]


class TestSeekers:
    """What each seeker does."""

    def test_one_accepts_the_interview_and_the_job(self, tester: Integrator) -> None:
        application = tester.apply(ACCEPTS)
        for verb in ("view", "invite"):
            tester.step(verb, application)
        assert tester.state(application) == "interview_accepted"
        for verb in ("pass_interview", "notify_onboarding"):
            tester.step(verb, application)
        assert tester.state(application) == "onboarding_accepted"
        tester.step("record_onboarded", application)
        assert tester.state(application) == "onboarded"

    def test_one_declines_the_interview(self, tester: Integrator) -> None:
        application = tester.apply(DECLINES)
        for verb in ("view", "invite"):
            tester.step(verb, application)
        assert tester.state(application) == "interview_declined"

    def test_one_never_answers(self, tester: Integrator) -> None:
        application = tester.apply(SILENT)
        for verb in ("view", "invite"):
            tester.step(verb, application)
        assert tester.state(application) == "interview_invited"

    def test_one_withdraws_when_the_resume_was_viewed(self, tester: Integrator) -> None:
        application = tester.apply(WITHDRAWS)
        assert tester.state(application) == "submitted"
        tester.step("view", application)
        assert tester.state(application) == "withdrawn"

    def test_one_asks_for_another_time_first(self, tester: Integrator) -> None:
        application = tester.apply(RESCHEDULES)
        for verb in ("view", "invite"):
            tester.step(verb, application)
        assert tester.invitation(application).asked_at
        assert tester.state(application) == "interview_invited"

    def test_their_steps_are_in_the_timeline_as_their_own(self, tester: Integrator) -> None:
        application = tester.apply(ACCEPTS)
        for verb in ("view", "invite"):
            tester.step(verb, application)
        steps = ApplicationEvent.objects.filter(application_id=application).order_by("occurred_at", "id")
        assert list(steps.values_list("verb", "party")) == [
            ("submit", "seeker"),
            ("view", "agency"),
            ("invite", "agency"),
            ("accept_interview", "seeker"),
        ]

    def test_resumes_are_verified_as_promised(self, tester: Integrator) -> None:
        with worlds.of_client(tester.client_id):
            names = {user.name: user.id for user in _people()}
            found = {
                one.name: VerificationCase.objects.filter(user_id=names[one.name])
                .values_list("state", flat=True)
                .first()
                for one in SEEKERS
            }
        assert found == {one.name: None if one.proof == "unverified" else str(one.proof) for one in SEEKERS}


def _people() -> Any:
    return User.objects.filter(test_client_id=worlds.current_client())


class TestVerbs:
    """What a client has a seeker do."""

    @pytest.mark.parametrize(
        ("before", "verb", "state"),
        [
            (["view", "invite"], "accept_interview", "interview_accepted"),
            (["view", "invite"], "decline_interview", "interview_declined"),
            ([], "withdraw", "withdrawn"),
            (["view"], "withdraw_consent", "withdrawn"),
        ],
    )
    def test_the_silent_one_does_what_it_is_told(
        self, tester: Integrator, before: list[str], verb: str, state: str
    ) -> None:
        application = tester.apply(SILENT)
        for one in before:
            tester.step(one, application)
        answer = tester.api.post(f"/test/applications/{application}/{verb}")
        assert answer.status_code == 200, answer.content
        assert tester.state(application) == state

    def test_what_the_state_forbids_is_refused(self, tester: Integrator) -> None:
        application = tester.apply(SILENT)
        answer = tester.api.post(f"/test/applications/{application}/accept_onboarding")
        assert answer.status_code == 409, answer.content

    def test_an_unknown_phone_is_refused(self, tester: Integrator) -> None:
        body = {"phone": "13800000000", "job_id": tester.jobs()[0]["id"]}
        answer = tester.api.post("/test/applications", body)
        assert answer.status_code == 422
        assert "/test/values" in answer.content.decode()

    def test_an_erased_seeker_is_gone_after_a_week(self, tester: Integrator) -> None:
        application = tester.apply(SILENT)
        assert tester.api.post(f"/test/seekers/{SILENT}/erase").status_code == 200
        assert tester.state(application) == "submitted"
        tester.move(by="P8D")
        assert tester.state(application) == "withdrawn"
        told = tester.api.get("/test/values").json()["seekers"]
        assert [one["id"] is None for one in told] == [one.phone == SILENT for one in SEEKERS]


class TestOperators:
    """What operators do with held postings."""

    def held(self, tester: Integrator, code: str) -> JobPosting:
        with worlds.of_client(tester.client_id):
            posting = JobPosting.objects.order_by("id").first()
            assert posting
            copy = actions.copy_posting(tester.actor(), posting_id=posting.id)
            JobPosting.objects.filter(pk=copy).update(external_code=code, valid_through=posting.valid_through)
            actions.publish_posting(tester.actor(), posting_id=copy)
            return JobPosting.objects.get(pk=copy)

    @pytest.mark.parametrize(
        ("code", "state"),
        [("hold_7", "under_review"), ("hold_approve_7", "published"), ("hold_reject_7", "rejected")],
    )
    def test_a_number_decides(self, tester: Integrator, code: str, state: str) -> None:
        posting = self.held(tester, code)
        assert posting.state == "under_review"
        tester.work()
        with worlds.of_client(tester.client_id):
            posting.refresh_from_db()
        assert posting.state == state

    @pytest.mark.parametrize(("verb", "state"), [("approve", "published"), ("reject", "rejected")])
    def test_the_client_decides(self, tester: Integrator, verb: str, state: str) -> None:
        posting = self.held(tester, "hold_7")
        answer = tester.api.post(f"/test/jobs/{posting.id}/{verb}", {} if verb == "reject" else None)
        assert answer.status_code == 200, answer.content
        posting.refresh_from_db()
        assert posting.state == state

    def test_the_same_number_in_live_data_is_a_number(self) -> None:
        assert screen_posting(jobs.posting(external_code="hold_7")).verdict == "clean"


class TestLive:
    """The operations are for test credentials."""

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("GET", "/test/values", None),
            ("GET", "/test/clock", None),
            ("POST", "/test/clock", {"by": "P1D"}),
            ("POST", "/test/reset", None),
            ("POST", "/test/applications", {"phone": ACCEPTS, "job_id": "01890000-0000-7000-8000-000000000000"}),
            ("POST", "/test/applications/01890000-0000-7000-8000-000000000000/withdraw", None),
            ("POST", f"/test/seekers/{ACCEPTS}/erase", None),
            ("POST", "/test/jobs/01890000-0000-7000-8000-000000000000/approve", None),
            ("POST", "/test/jobs/01890000-0000-7000-8000-000000000000/reject", {"reason": "x"}),
        ],
    )
    def test_a_live_credential_is_refused(self, method: str, path: str, body: Any) -> None:
        live = clients.caller()
        answer = live.get(path) if method == "GET" else live.send(method, path, body)
        assert answer.status_code == 403, answer.content
        assert answer.json()["code"] == "test_mode_only"


def test_nothing_is_sent(tester: Integrator) -> None:
    application = tester.apply(ACCEPTS)
    for verb in ("view", "invite", "pass_interview", "notify_onboarding"):
        tester.step(verb, application)
    assert not TextMessage.objects.exists()
    assert not Notification.objects.exists()
    with worlds.of_client(tester.client_id):
        assert Notification.objects.filter(user_id=tester.api.member_id).exists()
