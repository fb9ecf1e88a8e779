"""On the sign-in page: a browser that has signed in before passes the line of strangers, and the word from the text message does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.actions import many_codes
from jiuye.domains.accounts.models import LoginCode
from jiuye.domains.accounts.phones import phone_index
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import RateLimited
from jiuye.portals.seeker.login.known_browser import COOKIE
from tests.domains.accounts.asking import code_of

pytestmark = pytest.mark.django_db
PHONE = "13900000009"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def ask(client: Client, **more: str):  # type: ignore[no-untyped-def]
    return client.post(reverse("login:start"), {"phone": PHONE, **more}, REMOTE_ADDR="192.0.2.9")


def strangers_ask() -> None:
    for number in range(40):
        try:
            actions.request_login_code(
                Actor.anonymous(f"10.{number}.0.1"), phone=PHONE, binding=actions.binding_of(f"{number}")
            )
        except RateLimited:
            return


def test_a_browser_that_signed_in_gets_its_code_however_many_others_ask() -> None:
    known, other = Client(), Client()
    with clock.frozen(MORNING):
        ask(known)
        code = code_of(LoginCode.objects.latest("created_at").pk)
        assert known.post(reverse("login:check"), {"code": code}, REMOTE_ADDR="192.0.2.9").status_code == 303
        cookie = known.cookies[COOKIE]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/login", True, "Lax")
        assert PHONE not in cookie.value
        known.cookies.pop("sessionid", None)
        strangers_ask()
    with clock.frozen(MORNING + timedelta(days=0, minutes=2)):
        fresh = Client()
        fresh.cookies[COOKIE] = cookie.value
        assert ask(fresh).status_code == 303
        # The other browser was in the network of the first sign-in.
        assert ask(other).status_code == 303


def test_who_stands_in_line_is_told_when_and_may_fill_in_the_word() -> None:
    client = Client()
    with clock.frozen(MORNING):
        strangers_ask()
        assert "放行码" not in client.get(reverse("login:start")).content.decode()
        answer = ask(client)
        page = answer.content.decode()
        assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)
        assert "已为您排队" in page
        assert "放行码" in page
        assert f'value="{PHONE}"' in page
        wrong = ask(client, word="AAAAAAAA")
        assert (wrong.status_code, "放行码不对" in wrong.content.decode()) == (422, True)
        assert ask(client, word=many_codes.word_of(phone_index(PHONE), clock.today())).status_code == 303
