"""Sessions: a new id at sign-in, what they store, when they end, and the messages then."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import DjangoAssertNumQueries, Settings

from jiuye.config import urls
from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import Session, SignInRecord
from jiuye.domains.accounts.session_store import SessionStore
from jiuye.kernel import clock
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import accounts
from tests.portals.seeker.security.reading import come_in, is_signed_in, last_code, session_of, text

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LIN = "13800010001"


def at(**later: float) -> datetime:
    return MORNING + timedelta(**later)


def test_signing_in_gives_the_browser_a_new_session_id() -> None:
    visitor = Client()
    visitor.post("/login", {"phone": LIN})
    before = visitor.cookies["jiuye_session"].value

    visitor.post("/login/code", {"code": last_code(LIN)})

    assert is_signed_in(visitor)
    assert visitor.cookies["jiuye_session"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_an_id_that_the_server_did_not_give_is_never_taken() -> None:
    visitor = Client()
    visitor.cookies["jiuye_session"] = "chosenbysomebodyelse0000000000000"

    come_in(visitor, LIN)

    assert visitor.cookies["jiuye_session"].value != "chosenbysomebodyelse0000000000000"
    assert is_signed_in(visitor)


@pytest.mark.parametrize(("somebody_was_here", "goes_on"), [(False, True), (True, False)])
def test_what_a_visitor_began_goes_on_and_what_somebody_else_began_does_not(
    somebody_was_here: bool, goes_on: bool
) -> None:
    client = accounts.browser(accounts.seeker()) if somebody_was_here else Client()
    session = client.session
    session["draft"] = {"text": "begun"}
    session.save()

    request = RequestFactory().post("/")
    request.session = SessionStore(session.session_key)
    request.actor = Actor.anonymous()  # type: ignore[attr-defined]
    actions.sign_in(request, accounts.person().pk)

    assert ("draft" in request.session) == goes_on


def test_a_session_remembers_how_and_from_what_somebody_came() -> None:
    visitor = Client(REMOTE_ADDR="192.0.2.77")
    with clock.frozen(MORNING):
        come_in(visitor, LIN)

    session, record = session_of(visitor), SignInRecord.objects.get()
    assert (session.method, session.device, session.ip) == ("sms_code", "Chrome · Android", "192.0.2.77")
    assert (session.signed_in_at, session.last_seen_at, session.ends_at) == (MORNING, MORNING, at(days=30))
    assert (record.method, record.device, record.ip, record.signed_in_at) == (
        "sms_code",
        "Chrome · Android",
        "192.0.2.77",
        MORNING,
    )


def test_a_seekers_session_ends_after_fourteen_days_unused() -> None:
    with clock.frozen(MORNING):
        lin = accounts.browser(accounts.seeker())
    with clock.frozen(at(days=13, hours=23)):
        assert is_signed_in(lin)
    with clock.frozen(at(days=27)):
        assert is_signed_in(lin)
    with clock.frozen(at(days=13 + 14, hours=23)):
        assert is_signed_in(lin)


def test_a_seekers_session_unused_for_longer_is_over() -> None:
    with clock.frozen(MORNING):
        lin = accounts.browser(accounts.seeker())
    with clock.frozen(at(days=14)):
        assert not is_signed_in(lin)


def test_a_seekers_session_ends_after_thirty_days_however_much_used() -> None:
    with clock.frozen(MORNING):
        lin = accounts.browser(accounts.seeker())
    for day in range(1, 30):
        with clock.frozen(at(days=day)):
            assert is_signed_in(lin)
    with clock.frozen(at(days=30)):
        assert not is_signed_in(lin)


def test_use_is_noted_every_five_minutes_and_otherwise_costs_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with clock.frozen(MORNING):
        lin = accounts.browser(accounts.seeker())
    with clock.frozen(at(minutes=4, seconds=59)), django_assert_num_queries(1):
        lin.get("/logout")
    with clock.frozen(at(minutes=5)), django_assert_num_queries(2):
        lin.get("/logout")
    assert session_of(lin).last_seen_at == at(minutes=5)


def portal_page(kind: str) -> str:
    return {"agency": "/agency/notifications", "employer": "/employer/notifications", "platform": "/ops/postings"}[kind]


def staff(kind: str) -> Client:
    role = "auditor" if kind == "platform" else "owner"
    return accounts.browser(accounts.member(new_id(), kind, role))


@pytest.mark.parametrize(("kind", "minutes"), [("agency", 120), ("employer", 120), ("platform", 30)])
def test_a_portal_closes_when_nobody_did_anything_for_a_while(kind: str, minutes: int) -> None:
    with clock.frozen(MORNING):
        client = staff(kind)
    with clock.frozen(at(minutes=minutes)):
        assert client.get(portal_page(kind)).status_code == 200
    with clock.frozen(at(minutes=2 * minutes, seconds=1)):
        answer = client.get(portal_page(kind))
        assert answer["Location"].startswith("/login?next=")
        assert "没有操作" in text(client.get(answer["Location"]))


@pytest.mark.parametrize("kind", ["agency", "employer", "platform"])
def test_a_portal_closes_after_a_working_day_however_much_used(kind: str) -> None:
    with clock.frozen(MORNING):
        client = staff(kind)
    for quarter in range(1, 49):
        with clock.frozen(at(minutes=15 * quarter)):
            assert client.get(portal_page(kind)).status_code == 200
    with clock.frozen(at(hours=12, seconds=1)):
        answer = client.get(portal_page(kind))
        assert "满 12 小时" in text(client.get(answer["Location"]))


def test_staff_go_on_looking_for_work_themselves_while_their_portal_is_closed() -> None:
    with clock.frozen(MORNING):
        client = staff("agency")
    with clock.frozen(at(days=3)):
        assert is_signed_in(client)


def test_a_closed_portal_ends_the_session_so_that_signing_in_is_possible() -> None:
    with clock.frozen(MORNING):
        client = staff("agency")
    with clock.frozen(at(days=1)):
        answer = client.get("/agency/notifications?state=draft")
        assert parse_qs(urlsplit(answer["Location"]).query)["next"] == ["/agency/notifications?state=draft"]
        assert "获取验证码" in text(client.get(answer["Location"]))
    assert not Session.objects.exists()


def test_a_person_who_was_signed_in_is_told_why_they_must_sign_in_again() -> None:
    with clock.frozen(MORNING):
        lin = accounts.browser(accounts.seeker())
    with clock.frozen(at(days=20)):
        answer = lin.get("/me/saved")
        assert "登录已过期" in text(lin.get(answer["Location"]))


def test_a_visitor_who_never_was_is_not_told_that_anything_ended() -> None:
    visitor = Client()
    assert "登录已过期" not in text(visitor.get(visitor.get("/me/saved")["Location"]))


def test_what_was_typed_into_an_expired_page_is_not_lost_without_a_word() -> None:
    with clock.frozen(MORNING):
        lin = accounts.browser(accounts.seeker())
    with clock.frozen(at(days=20)):
        answer = lin.post(
            "/me/resume/self", {"text": "会电焊"}, headers={"Referer": "http://testserver/me/resume/self"}
        )
    assert answer.status_code == 401
    assert "还没有提交" in text(answer)
    assert 'href="/login?next=%2Fme%2Fresume%2Fself"' in text(answer)


def test_a_script_is_led_to_sign_in_as_well() -> None:
    with clock.frozen(MORNING):
        lin = accounts.browser(accounts.seeker())
    with clock.frozen(at(days=20)):
        answer = lin.post(
            "/me/history/forget",
            {"all": "on"},
            headers={"HX-Request": "true", "Referer": "http://testserver/me/history"},
        )
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/login?next=%2Fme%2Fhistory")


@access(SIGNED_IN)
def meanwhile(request: HttpRequest) -> HttpResponse:
    """While this is processed, somebody signs out everywhere."""
    request.session["note"] = "written too late"
    Session.objects.all().delete()
    return HttpResponse("done")


urlpatterns = [path("meanwhile", meanwhile), *urls.urlpatterns]
handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500


def test_a_session_that_ends_during_a_request_does_not_come_back(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    lin = accounts.browser(accounts.seeker())

    answer = lin.post("/meanwhile")

    assert answer["Location"].startswith("/login?next=")
    assert not Session.objects.exists()
    assert "在别处退出" in text(lin.get(answer["Location"]))
