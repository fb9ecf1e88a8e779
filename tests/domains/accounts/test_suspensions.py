"""A suspended account: who suspends, from when it has effect, what stays open, how it ends."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.models import Session, User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.checks import routes
from jiuye.kernel.errors import Denied, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts

pytestmark = pytest.mark.django_db
NOTICE = "您多次以他人名义投递，违反《网络招聘服务管理规定》。"
PLATFORM = new_id()


@pytest.fixture
def lin() -> User:
    return accounts.seeker()


@pytest.fixture
def auditor() -> Actor:
    return accounts.staff_actor(accounts.member(PLATFORM, "platform", "auditor"))


def suspend(auditor: Actor, person_id: UUID, *, days: int | None = 30, link: str = "") -> None:
    until = clock.today() + timedelta(days=days) if days is not None else None
    actions.suspend_account(auditor, person_id=person_id, until=until, notice=NOTICE, link=link)


class TestFromTheNextRequestOn:
    def test_every_page_leads_to_the_notice(self, lin: User, auditor: Actor) -> None:
        browser = accounts.browser(lin)
        assert browser.get("/me").status_code == 200
        suspend(auditor, lin.pk, link="/me/privacy")
        answer = browser.get("/me", follow=True)
        page = answer.content.decode()
        assert answer.redirect_chain == [("/me/suspended", 302)]
        assert NOTICE in page
        assert "（含当日）" in page
        assert 'href="/me/privacy"' in page

    def test_a_form_changes_nothing_and_says_so(self, lin: User, auditor: Actor) -> None:
        browser = accounts.browser(lin)
        suspend(auditor, lin.pk)
        answer = browser.post(reverse("pause_history"), follow=True)
        assert "刚才的操作没有进行" in answer.content.decode()

    def test_a_piece_of_a_page_leads_there_too(self, lin: User, auditor: Actor) -> None:
        browser = accounts.browser(lin)
        suspend(auditor, lin.pk)
        answer = browser.get(reverse("saved_jobs"), headers={"HX-Request": "true"})
        assert answer.headers["HX-Redirect"] == "/me/suspended"

    def test_the_privacy_centre_and_public_pages_stay_open(self, lin: User, auditor: Actor) -> None:
        browser = accounts.browser(lin)
        suspend(auditor, lin.pk)
        for path in ("/me/privacy", "/me/privacy/export", "/me/privacy/consents", "/policies", "/help"):
            assert browser.get(path).status_code == 200, path

    def test_the_person_can_sign_out(self, lin: User, auditor: Actor) -> None:
        browser = accounts.browser(lin)
        suspend(auditor, lin.pk)
        browser.post(reverse("login:leave"))
        assert not Session.objects.filter(person=lin).exists()

    def test_staff_lose_their_portal_and_its_sessions(self, auditor: Actor) -> None:
        recruiter = accounts.member(new_id())
        browser = accounts.browser(recruiter)
        suspend(auditor, recruiter.pk)
        assert not Session.objects.filter(person=recruiter).exists()
        assert browser.get("/agency/applications").headers["Location"].startswith("/login")
        again = accounts.browser(recruiter)
        assert again.get("/agency/applications").headers["Location"] == "/me/suspended"

    def test_it_costs_no_query(
        self, lin: User, auditor: Actor, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        browser = accounts.browser(lin)
        suspend(auditor, lin.pk)
        browser.get("/me")
        with django_assert_num_queries(1):  # the session
            browser.get("/me")


class TestItsEnd:
    def test_it_ends_by_itself_after_its_last_day(self, lin: User, auditor: Actor) -> None:
        suspend(auditor, lin.pk, days=0)
        assert queries.is_suspended(lin.pk)
        with clock.frozen(clock.now() + timedelta(days=1)):
            assert not queries.is_suspended(lin.pk)
            assert accounts.browser(lin).get("/me").status_code == 200

    def test_without_a_last_day_it_lasts_until_it_is_lifted(self, lin: User, auditor: Actor) -> None:
        suspend(auditor, lin.pk, days=None)
        browser = accounts.browser(lin)
        assert "解除处置后恢复" in browser.get("/me/suspended").content.decode()
        actions.restore_account(auditor, person_id=lin.pk, reason="申诉成立")
        assert browser.get("/me").status_code == 200
        assert browser.get("/me/suspended").headers["Location"] == "/me"

    def test_lifting_it_again_changes_nothing(self, lin: User, auditor: Actor) -> None:
        actions.restore_account(auditor, person_id=lin.pk)
        assert not AuditEntry.objects.filter(action="account.restore").exists()

    def test_the_system_may_lift_it(self, lin: User, auditor: Actor) -> None:
        suspend(auditor, lin.pk)
        actions.restore_account(Actor.system(), person_id=lin.pk)
        assert queries.my_suspension(accounts.actor(lin)) is None

    def test_a_second_one_replaces_its_terms(self, lin: User, auditor: Actor) -> None:
        suspend(auditor, lin.pk, days=3)
        before = queries.my_suspension(accounts.actor(lin))
        suspend(auditor, lin.pk, days=None)
        after = queries.my_suspension(accounts.actor(lin))
        assert before
        assert after
        assert (after.since, after.until) == (before.since, None)


class TestWhoMay:
    def test_it_is_audited(self, lin: User, auditor: Actor) -> None:
        suspend(auditor, lin.pk)
        actions.restore_account(auditor, person_id=lin.pk)
        entries = AuditEntry.objects.filter(subject_id=str(lin.pk)).order_by("id")
        assert [(one.action, one.actor_person_id) for one in entries] == [
            ("account.suspend", auditor.person_id),
            ("account.restore", auditor.person_id),
        ]

    def test_nobody_but_operators(self, lin: User) -> None:
        for outsider in (accounts.actor(lin), accounts.staff_actor(accounts.member(new_id(), role="owner"))):
            with pytest.raises(Denied):
                suspend(outsider, accounts.seeker().pk)
            with pytest.raises(Denied):
                actions.restore_account(outsider, person_id=lin.pk)

    def test_nobody_themselves_and_no_operator(self, auditor: Actor) -> None:
        colleague = accounts.member(PLATFORM, "platform", "owner")
        with pytest.raises(Refused, match="自己"):
            suspend(auditor, auditor.person)
        with pytest.raises(Refused, match="运营人员"):
            suspend(auditor, colleague.pk)
        assert not queries.is_suspended(colleague.pk)

    def test_nobody_who_is_not_there(self, auditor: Actor) -> None:
        with pytest.raises(NotFound):
            suspend(auditor, new_id())


def test_what_stays_open_is_the_notice_the_privacy_centre_and_proving_who_one_is() -> None:
    """A new route is closed to suspended people unless it says otherwise; appeals belong here too."""
    open_ones = {
        pattern
        for pattern, route in routes()
        if (found := getattr(route.callback, "access", None)) and found.signed_in and found.when_suspended
    }
    allowed = ("me/suspended", "me/privacy", "me/security", "me/resume/accesses", "me/sanctions", "login/")
    assert [pattern for pattern in open_ones if not pattern.startswith(allowed)] == []
    assert {"me/suspended", "me/privacy", "me/privacy/erase"} <= open_ones
