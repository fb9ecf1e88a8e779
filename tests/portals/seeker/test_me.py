"""The seeker's home and the header of public pages."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import BrowsingRecord, SavedJob
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.notifications.actions import notify
from tests.factories import applications, jobs, organisations
from tests.factories import resumes as make
from tests.factories.accounts import actor, browser, member, seeker, staff_actor

pytestmark = pytest.mark.django_db


def tell(user: User, number: int) -> None:
    """A message for the seeker."""
    notify(Actor.system(), user_ids=[user.pk], kind="seeker.view", title=f"消息{number}", dedupe_key=f"test:{number}")


class TestHome:
    def test_a_stranger_is_asked_to_sign_in_and_led_back(self) -> None:
        assert Client().get("/me").headers["Location"] == "/login?next=%2Fme"

    def test_someone_new_is_shown_where_to_begin(self) -> None:
        page = browser(seeker(name="")).get("/me").content.decode()
        assert all(text in page for text in ("还没有投递", "写简历", "0%"))

    def test_who_has_done_everything_sees_it_within_twelve_queries(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        user, posting = seeker(), jobs.posting(title="数控车床操作工")
        make.whole_resume(user)
        clerk = staff_actor(member(posting.agency_id))
        application = applications.apply(actor(user), posting)
        for verb in ("view", "invite"):
            applications.STEPS[verb](clerk, application)
        SavedJob.objects.create(user=user, posting=posting, saved_at=clock.now())
        BrowsingRecord.objects.create(user=user, posting=posting, viewed_at=clock.now())
        for number in range(5):
            tell(user, number)
        member(organisations.agency(legal_name="蓉城人力资源有限公司").id, user=user)
        client = browser(user)
        with django_assert_max_num_queries(12):
            page = client.get("/me").content.decode()
        assert all(
            text in page
            for text in ("等您答复", "数控车床操作工", "100%", "消息4", "蓉城人力资源有限公司", 'href="/agency"')
        )

    def test_it_shows_nothing_of_others(self) -> None:
        other, posting = seeker("别人"), jobs.posting(title="数控车床操作工")
        make.whole_resume(other)
        applications.apply(actor(other), posting)
        tell(other, 1)
        page = browser(seeker()).get("/me").content.decode()
        assert not any(text in page for text in ("别人", "数控车床操作工", "消息1"))


class TestHeader:
    def test_a_stranger_gets_nothing_for_nothing(self, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_max_num_queries(0):
            assert Client().get("/me/header").status_code == 204

    def test_who_is_signed_in_gets_name_and_unread_by_one_query_of_its_own(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        user = seeker("林小满")
        for number in range(3):
            tell(user, number)
        client = browser(user)
        with django_assert_max_num_queries(3):  # the session, the person, and what is shown
            page = client.get("/me/header").content.decode()
        assert "林小满" in page
        assert ">3<" in page

    def test_what_is_for_the_agencys_side_is_not_counted(self) -> None:
        from jiuye.notifications.actions import Side

        user, agency = seeker(), organisations.agency()
        side = Side("agency", agency.id)
        notify(Actor.system(), user_ids=[user.pk], kind="x", title="投递", dedupe_key="x", side=side)
        assert "badge" not in browser(user).get("/me/header").content.decode()

    def test_it_must_not_be_kept_by_caches(self) -> None:
        assert "no-store" in browser(seeker()).get("/me/header").headers["Cache-Control"]
