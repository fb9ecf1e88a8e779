"""Accounts are erased after a week, not when the request was cancelled, and nobody else's."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from jiuye.domains.accounts import actions as accounts_actions
from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.states import CodePurpose
from jiuye.domains.applications.models import Application, ResumeSnapshot
from jiuye.erasure import actions, erase, queries
from jiuye.erasure.models import ErasureRequest
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, NotFound, Refused
from jiuye.kernel.models import EventRecord
from jiuye.notifications.models import Notification
from jiuye.worker.handlers import HANDLERS
from tests.factories import accounts, applications, erasure, organisations
from tests.factories.cast import Cast, assemble

pytestmark = pytest.mark.django_db


class TestAsking:
    def test_who_has_not_just_proved_who_they_are_is_asked_to(self) -> None:
        with pytest.raises(ConfirmationRequired):
            actions.request_erasure(accounts.actor(accounts.seeker()))

    def test_asking_twice_is_asking_once(self) -> None:
        user = accounts.seeker()
        assert erasure.ask(user) == erasure.ask(user)

    def test_the_only_owner_of_an_organisation_is_refused_by_its_name(self) -> None:
        user = accounts.member(organisations.agency(legal_name="锦江人力有限公司").id, role="owner")
        with pytest.raises(Refused, match="锦江人力有限公司"):
            erasure.ask(user)

    def test_an_owner_beside_another_owner_is_not(self) -> None:
        agency = organisations.agency()
        accounts.member(agency.id, role="owner")
        assert erasure.ask(accounts.member(agency.id, role="owner", user=accounts.person("另一位")))


class TestWhen:
    def test_nothing_happens_before_seven_days(self) -> None:
        user = accounts.seeker()
        erasure.ask(user)
        assert erasure.erase_after(days=6.99) == 0
        user.refresh_from_db()
        assert user.erased_at is None

    def test_a_cancelled_one_never_happens(self) -> None:
        user = accounts.seeker()
        erasure.ask(user)
        assert actions.cancel_erasure(accounts.actor(user))
        assert not actions.cancel_erasure(accounts.actor(user))
        assert erasure.erase_after(days=400) == 0

    def test_who_cancelled_may_ask_again_and_has_a_whole_week(self) -> None:
        user = accounts.seeker()
        erasure.ask(user)
        actions.cancel_erasure(accounts.actor(user))
        with clock.frozen(clock.now() + timedelta(days=5)):
            erasure.ask(user)
            assert erasure.erase_after(days=6) == 0
            assert erasure.erase_after(days=7) == 1

    def test_it_happens_once(self) -> None:
        erasure.ask(accounts.seeker())
        assert [erasure.erase_after(days=8), erasure.erase_after(days=9)] == [1, 0]

    def test_one_that_fails_is_left_whole_and_holds_up_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        first, second = accounts.seeker("第一位"), accounts.seeker("第二位")
        erasure.ask(first)
        erasure.ask(second)
        empty = erase._empty

        def fails_for_the_first(person: User) -> None:
            if person.pk == first.pk:
                raise OSError("the disk is full")
            empty(person)

        monkeypatch.setattr(erase, "_empty", fails_for_the_first)
        with pytest.raises(RuntimeError, match="1 accounts"):
            erasure.erase_after(days=7)
        assert list(User.objects.filter(erased_at=None)) == [first]
        assert ErasureRequest.objects.get(person=first).done_at is None
        monkeypatch.undo()
        assert erasure.erase_after(days=7) == 1


class TestAfterwards:
    def test_a_session_of_the_person_is_dead(self) -> None:
        user = accounts.seeker()
        client = accounts.browser(user)
        erasure.ask(user)
        erasure.erase_after(days=7)
        assert client.get("/me").headers["Location"].startswith("/login")

    def test_the_number_can_be_registered_again(self) -> None:
        user = accounts.person("林小满", "13900000760")
        erasure.ask(user)
        erasure.erase_after(days=7)
        fresh = accounts.person("", "13900000760")
        assert fresh.pk != user.pk
        assert accounts_actions.request_code(
            Actor.anonymous("192.0.2.7"), phone="13900000760", purpose=CodePurpose.LOGIN, binding="b" * 64
        )

    def test_the_account_cannot_ask_again(self) -> None:
        user = accounts.seeker()
        erasure.ask(user)
        erasure.erase_after(days=7)
        with pytest.raises(NotFound):
            erasure.ask(user)

    def test_it_is_in_the_audit_log_without_personal_data(self) -> None:
        user = accounts.seeker("林小满")
        erasure.ask(user)
        erasure.erase_after(days=7)
        done, asked = audit.of_subject(user.pk, limit=5)
        assert (done.action, asked.action) == ("account.erase", "account.ask_erasure")
        assert set(done.detail) == {"request", "withdrawn", "kept_in_ledger"}

    def test_another_persons_data_are_untouched(self) -> None:
        cast = assemble()
        mine = applications.in_state(cast, "interview_accepted")
        theirs = applications.apply(cast.wu, cast.posting)
        erasure.ask(cast.people["lin"])
        erasure.erase_after(days=7)
        assert Application.objects.get(pk=mine).state == "withdrawn"
        assert Application.objects.get(pk=theirs).state == "submitted"
        assert Application.objects.get(pk=theirs).applicant_name
        assert Application.objects.get(pk=theirs).snapshot.content
        cast.people["wu"].refresh_from_db()
        assert cast.people["wu"].name == "吴来宾"
        assert queries.standing(cast.wu) is None

    @pytest.mark.parametrize("state", ["submitted", "interview_invited", "interview_passed", "onboarding_accepted"])
    def test_agencies_are_told_of_what_was_under_way(self, state: str) -> None:
        cast = assemble()
        application = applications.in_state(cast, state)
        erasure.ask(cast.people["lin"])
        erasure.erase_after(days=7)
        assert Application.objects.get(pk=application).state == "withdrawn"
        for one in EventRecord.objects.filter(payload__verb="leave"):
            events.deliver(one.id, HANDLERS)
        told = Notification.objects.filter(kind="agency.leave")
        assert told.filter(user=cast.people["zhou"]).count() == 1
        assert "林小满" not in "".join(told.values_list("title", flat=True)) + "".join(
            told.values_list("body", flat=True)
        )

    @pytest.mark.parametrize("state", ["submitted", "rejected", "onboarded"])
    def test_the_agencys_pages_still_work_and_the_resume_is_gone(self, state: str) -> None:
        cast = assemble()
        application = applications.in_state(cast, state)
        erasure.ask(cast.people["lin"])
        erasure.erase_after(days=7)
        client = accounts.browser(cast.people["zhou"])
        for path in ("/agency/applications", f"/agency/applications/{application}"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert "林小满" not in answer.content.decode()
        opened = client.post(f"/agency/applications/{application}/resume", follow=True).content.decode()
        assert "已撤回这次投递" in opened or "求职者已注销账号" in opened


class TestWhatWasSent:
    @pytest.fixture
    def snapshot(self, cast_with_application: Cast) -> ResumeSnapshot:
        return ResumeSnapshot.objects.get(user=cast_with_application.people["lin"])

    @pytest.fixture
    def cast_with_application(self) -> Cast:
        cast = assemble()
        applications.in_state(cast, "submitted")
        return cast

    def test_it_can_be_destroyed_in_an_erasure_only(self, snapshot: ResumeSnapshot) -> None:
        with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
            ResumeSnapshot.objects.filter(pk=snapshot.pk).update(content="", digest="")

    def test_it_cannot_be_changed_even_in_an_erasure(self, snapshot: ResumeSnapshot) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('jiuye.erasing', 'on', true)")
        mine = ResumeSnapshot.objects.filter(pk=snapshot.pk)
        for change in ({"content": "{}"}, {"content": "", "digest": "", "created_at": clock.now()}, {"digest": ""}):
            with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
                mine.update(**change)
        assert mine.update(content="", digest="") == 1
