"""Six-monthly verification: last days are Beijing days and inclusive; notices, the end, the renewal; nothing is lost."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations import queries as organisation_queries
from jiuye.domains.organisations.actions import refresh_listing
from jiuye.domains.organisations.models import Agency, Qualification, Shop
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case, ExpiryNotice
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.notifications.models import Notification
from tests.factories import accounts, organisations, qualifications
from tests.factories import jobs as postings
from tests.notifications.test_delivery import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

LAST = date(2026, 12, 31)
SAID = "有效期至 2026-12-31（含当日）"
LAST_MINUTE = datetime(2026, 12, 31, 23, 59, tzinfo=clock.SHANGHAI)
NEXT_DAY = datetime(2027, 1, 1, 0, 0, tzinfo=clock.SHANGHAI)


@pytest.fixture
def server_in_utc() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
    time.tzset()


def agency_until(last: date, licence: date = date(2099, 12, 31)) -> Agency:
    agency = organisations.agency(licence_expires_on=licence)
    Qualification.objects.filter(organisation_id=agency.id).update(expires_on=last)
    return agency


def browser(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


def publish(actor: Actor, agency: Agency) -> None:
    draft = postings.posting(agency, state="draft", valid_through=date(2027, 1, 20))
    jobs.publish_posting(actor, posting_id=draft.id)


@pytest.mark.usefixtures("server_in_utc")
class TestTrap16TheLastDayIsInclusiveInBeijing:
    """shared/cases/traps.md 1.6."""

    @pytest.mark.parametrize("what", ["qualification", "licence"])
    def test_a_posting_is_allowed_to_the_last_minute_and_refused_in_the_next(self, what: str) -> None:
        with clock.frozen(LAST_MINUTE.astimezone(UTC)):
            agency = agency_until(LAST) if what == "qualification" else agency_until(date(2099, 12, 31), LAST)
            assert organisation_queries.standing(agency.id).may_publish
        with clock.frozen(NEXT_DAY.astimezone(UTC)):
            refusal = organisation_queries.standing(agency.id)
            assert not refusal.may_publish
            assert SAID in refusal.reason
            member = organisations.member(agency)
            with pytest.raises(Refused) as refused:
                publish(member, agency)
            assert SAID in refused.value.message

    def test_page_list_letter_and_api_say_the_same_words(self) -> None:
        with clock.frozen(LAST_MINUTE.astimezone(UTC)):
            agency = agency_until(LAST, LAST)
            owner = organisations.member(agency, role="owner")
            posting = postings.posting(agency, valid_through=date(2027, 1, 20))
            client = browser(owner)
            said = SAID.removeprefix("有效期至 ")
            assert said in client.get("/agency/shop").content.decode()
            assert said in client.get("/agency/qualification").content.decode()
            assert said in Client().get(f"/agencies/{agency.id}?view=about").content.decode()
            assert said in Client().get(f"/jobs/{posting.id}").content.decode()
            assert Client().get(f"/api/v1/jobs/{posting.id}").json()["agency"]["licence_valid_until"] == said
            actions.tell_of_expiry(Actor.system())
            deliver()
            letter = Notification.objects.get(kind="qualification.last_day", user_id=owner.person)
            assert SAID in letter.body
        with clock.frozen(NEXT_DAY.astimezone(UTC)):
            actions.tell_of_expiry(Actor.system())
            deliver()
            assert SAID in Notification.objects.get(kind="qualification.expired", user_id=owner.person).body


class TestNotices:
    def told(self, owner: Actor) -> list[str]:
        deliver()
        return list(
            Notification.objects.filter(user_id=owner.person)
            .order_by("created_at", "id")
            .values_list("title", flat=True)
        )

    def test_owners_are_told_at_30_14_7_and_1_days_once(self) -> None:
        today = clock.today()
        agency = agency_until(today + timedelta(days=31))
        owner = organisations.member(agency, role="owner")
        organisations.member(agency, role="recruiter")
        start = clock.now()
        for day in range(33):
            with clock.frozen(start + timedelta(days=day)):
                actions.tell_of_expiry(Actor.system())
                actions.tell_of_expiry(Actor.system())
        assert self.told(owner) == [
            "资质还有 30 天到期",
            "资质还有 14 天到期",
            "资质还有 7 天到期",
            "资质还有 1 天到期",
            "资质核验已到期",
        ]
        assert Notification.objects.exclude(user_id=owner.person).count() == 0

    def test_a_worker_that_was_down_says_it_once_with_the_days_that_are_left(self) -> None:
        agency = agency_until(clock.today() + timedelta(days=12))
        owner = organisations.member(agency, role="owner")
        actions.tell_of_expiry(Actor.system())
        assert self.told(owner) == ["资质还有 12 天到期"]
        assert ExpiryNotice.objects.get().days == 14


class TestTheEnd:
    def test_new_postings_stop_at_once_and_open_ones_leave_a_week_later_and_all_comes_back(self) -> None:
        case = qualifications.approved(expires_on=clock.today())
        owner = qualifications.owner_of(case)
        agency = Agency.objects.get(pk=case.organisation_id)
        Shop.objects.filter(pk=agency.pk).update(services=["职业介绍"], fees="不向求职者收费")
        Agency.objects.filter(pk=agency.pk).update(
            address="示范路 1 号", phone="028-1", supervising_body="示例局", supervising_phone="12333", is_listed=True
        )
        posting = postings.posting(agency)
        start = clock.now()
        with clock.frozen(start + timedelta(days=1)):
            actions.tell_of_expiry(Actor.system())
            assert Qualification.objects.get(organisation_id=agency.id).state == "expired"
            actions.refresh_listings(Actor.system())
            assert Agency.objects.get(pk=agency.pk).is_listed
            assert "资质有效期至" in Client().get(f"/jobs/{posting.id}").content.decode()
        with clock.frozen(start + timedelta(days=8)):
            actions.refresh_listings(Actor.system())
            assert not Agency.objects.get(pk=agency.pk).is_listed
            assert JobPosting.objects.get(pk=posting.pk).state == "published"
            actions.open_renewal(owner)
            renewal = Case.objects.get(purpose="renewal")
            assert renewal.state == "draft"
            Qualification.objects.filter(organisation_id=agency.id).update(
                state="approved", expires_on=clock.today() + timedelta(days=183)
            )
            assert refresh_listing(Actor.system(), agency.id)


class TestRenewal:
    def test_one_page_keeps_what_stands_and_asks_only_for_what_expired(self) -> None:
        case = qualifications.approved(expires_on=clock.today() + timedelta(days=20))
        owner = qualifications.owner_of(case)
        client = browser(owner)
        assert "开始重新核验" in client.get("/agency/qualification").content.decode()
        client.post("/agency/qualification/renew")
        page = client.get("/agency/qualification").content.decode()
        assert page.count("没有变化") >= 3
        for kind in ("business_licence", "hr_licence", "authorisation_letter"):
            assert client.post(f"/agency/qualification/{kind}/confirm").status_code == 303
        renewal = Case.objects.get(purpose="renewal")
        assert renewal.items.filter(confirmed_at__isnull=False).count() == 3
        assert client.post("/agency/qualification/submit", {"version": renewal.version}).status_code == 303
        renewal.refresh_from_db()
        assert renewal.state == "submitted"
        assert Qualification.objects.get(pk=case.qualification_id).state == "approved"

    def test_what_has_expired_is_not_confirmed(self) -> None:
        case = qualifications.approved(expires_on=clock.today() + timedelta(days=1))
        owner = qualifications.owner_of(case)
        with clock.frozen(clock.now() + timedelta(days=1000)):
            actions.open_renewal(owner)
            with pytest.raises(Refused, match="已过有效期"):
                actions.confirm_item(owner, kind="hr_licence")

    def test_it_begins_a_month_before_the_end_and_not_earlier(self) -> None:
        owner = qualifications.owner_of(qualifications.approved())
        with pytest.raises(Refused, match="到期前 30 天起"):
            actions.open_renewal(owner)
        assert Case.objects.filter(purpose="renewal").count() == 0
