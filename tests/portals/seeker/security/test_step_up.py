"""Step-up: re-authentication for actions that an open browser must not allow."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from jiuye.config import urls
from jiuye.domains.accounts.models import CardIdentity, LoginCode, User
from jiuye.kernel import clock
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts
from tests.portals.seeker.security.reading import codes_sent, come_in, last_code, text

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
GRAVE = "/grave?of=what"
LEAD = "/login/confirm?next=%2Fgrave%3Fof%3Dwhat"


@access(SIGNED_IN.confirmed())
def grave(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


urlpatterns = [path("grave", grave), *urls.urlpatterns]
handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def with_something_grave(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def lin() -> User:
    return accounts.seeker()


def test_a_session_that_has_not_confirmed_is_led_to_do_so_and_back(lin: User) -> None:
    here = accounts.browser(lin)
    assert here.get(GRAVE)["Location"] == LEAD

    sent = here.post("/login/confirm/send", {"next": GRAVE})
    assert (sent.status_code, sent["Location"]) == (303, LEAD)
    back = here.post("/login/confirm", {"code": last_code(lin.phone), "next": GRAVE})

    assert (back.status_code, back["Location"]) == (303, GRAVE)
    assert text(here.get(GRAVE)) == "done"
    assert AuditEntry.objects.filter(action="account.confirm", actor_person_id=lin.pk).exists()


def test_nobody_types_or_sees_the_whole_number(lin: User) -> None:
    page = text(accounts.browser(lin).get("/login/confirm"))
    assert f"{lin.phone[:3]}****{lin.phone[-4:]}" in page
    assert 'name="phone"' not in page
    assert f">{lin.phone}<" not in page


def test_a_confirmation_lasts_ten_minutes(lin: User) -> None:
    with clock.frozen(MORNING):
        here = accounts.browser(lin, confirmed=True)
    with clock.frozen(MORNING + timedelta(minutes=10)):
        assert here.get(GRAVE).status_code == 200
    with clock.frozen(MORNING + timedelta(minutes=10, seconds=1)):
        assert here.get(GRAVE).status_code == 302


def test_it_holds_for_the_browser_that_confirmed_alone(lin: User) -> None:
    accounts.browser(lin, confirmed=True)
    assert accounts.browser(lin).get(GRAVE)["Location"] == LEAD


def test_signing_in_by_a_code_confirms(lin: User) -> None:
    here = Client()
    come_in(here, lin.phone)
    assert here.get(GRAVE).status_code == 200


def test_what_was_sent_unconfirmed_is_not_done_and_the_person_told_so(lin: User) -> None:
    here = accounts.browser(lin)

    answer = here.post(GRAVE, headers={"Referer": "http://testserver/me/security"})

    assert answer["Location"] == "/login/confirm?next=%2Fme%2Fsecurity"
    assert "还没有进行" in text(here.get(answer["Location"]))


def test_a_wrong_code_confirms_nothing(lin: User) -> None:
    here = accounts.browser(lin)
    here.post("/login/confirm/send")
    right = last_code(lin.phone)

    answer = here.post("/login/confirm", {"code": f"{(int(right) + 1) % 10**6:06d}"})

    assert answer.status_code == 422
    assert "还可以再试 4 次" in text(answer)
    assert here.get(GRAVE).status_code == 302


def test_another_browsers_code_confirms_nothing_here(lin: User) -> None:
    here, there = accounts.browser(lin), accounts.browser(lin)
    there.post("/login/confirm/send")

    assert here.post("/login/confirm", {"code": last_code(lin.phone)}).status_code == 422
    assert here.get(GRAVE).status_code == 302


def test_a_code_to_come_in_with_confirms_nothing(lin: User) -> None:
    here = accounts.browser(lin)
    Client().post("/login", {"phone": lin.phone})
    assert here.post("/login/confirm", {"code": last_code(lin.phone)}).status_code == 422


def test_five_wrong_codes_lock(lin: User) -> None:
    here = accounts.browser(lin)
    here.post("/login/confirm/send")
    right = int(last_code(lin.phone))

    for offset in range(1, 6):
        answer = here.post("/login/confirm", {"code": f"{(right + offset) % 10**6:06d}"})

    assert answer.status_code == 429
    assert here.post("/login/confirm", {"code": f"{right:06d}"}).status_code == 429
    assert here.get(GRAVE).status_code == 302


def test_codes_are_sent_no_more_often_than_to_come_in(lin: User) -> None:
    here = accounts.browser(lin)
    here.post("/login/confirm/send")
    answer = here.post("/login/confirm/send")
    assert (answer.status_code, codes_sent()) == (429, 1)
    assert "刚刚发过" in text(answer)


def test_by_script_the_button_comes_back_with_its_countdown(lin: User) -> None:
    here = accounts.browser(lin)
    page = text(here.post("/login/confirm/send", headers={"HX-Request": "true"}))
    assert 'data-countdown="' in page
    assert 'hx-get="/login/confirm/delivery' in page
    assert "短信正在发出" in text(here.get("/login/confirm/delivery"))


def test_it_never_leads_off_the_site(lin: User) -> None:
    here = accounts.browser(lin)
    here.post("/login/confirm/send", {"next": "https://evil.example"})
    back = here.post("/login/confirm", {"code": last_code(lin.phone), "next": "//evil.example"})
    assert back["Location"] == "/me/security"


@pytest.mark.parametrize("path", ["/login/confirm", "/login/confirm/send"])
def test_a_foreign_page_cannot_post(lin: User, path: str) -> None:
    here = accounts.browser(lin, checks_csrf=True)
    assert here.post(path, headers={"Origin": "https://evil.example"}).status_code == 403
    assert not LoginCode.objects.exists()


def test_strangers_are_asked_to_sign_in(lin: User) -> None:
    assert Client().get("/login/confirm")["Location"].startswith("/login?")
    assert CardIdentity.objects.count() == 0


def test_people_with_a_second_factor_confirm_by_it_and_not_by_a_text_message(lin: User) -> None:
    accounts.authenticator(lin)
    here = accounts.browser(lin)

    assert here.get("/login/confirm?next=/grave")["Location"] == "/login/second-factor?next=%2Fgrave"
    assert here.post("/login/confirm/send").status_code == 409
    assert codes_sent() == 0
    answer = here.post("/login/second-factor", {"code": accounts.app_code(lin), "next": "/grave"})

    assert answer["Location"] == "/grave"
    assert text(here.get("/grave")) == "done"


def test_coming_in_by_phone_alone_confirms_nothing_for_them(lin: User) -> None:
    accounts.authenticator(lin)
    here = Client()
    come_in(here, lin.phone)
    assert here.get(GRAVE)["Location"] == LEAD
