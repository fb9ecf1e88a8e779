"""Coming from a partner's app with the card, over real HTTP with the sandbox's card service."""

from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from jiuye.domains.accounts.actions.app_entry import TRIES_OF_ADDRESS
from jiuye.domains.accounts.models import Channel, RealName, Session, User
from jiuye.kernel import clock
from jiuye.kernel.models import AuditEntry
from jiuye.portals.seeker.login.in_app import BROUGHT
from tests.factories import accounts, channels
from tests.factories.sandbox import Sandbox
from tests.portals.seeker.login.browser import html
from tests.portals.seeker.sso.arriving import NEWCOMER, arrive, come, depart

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def channel() -> Channel:
    """The app they come from."""
    return channels.channel()


def refusals() -> list[tuple[str, str]]:
    """Return (channel, reason) from the audit log."""
    rows = AuditEntry.objects.filter(action="account.sign_in_refused").order_by("id")
    return [(row.subject_id, row.detail["reason"]) for row in rows]


class TestComingIn:
    def test_a_newcomer_has_an_account_without_typing_anything(self, visitor: Client, world: Sandbox) -> None:
        answer = come(visitor, world)

        assert (answer.status_code, answer["Location"]) == (303, "/me")
        person = User.objects.get()
        assert person.phone == NEWCOMER
        assert visitor.session["person_id"] == str(person.pk)
        assert RealName.objects.get().user_id == person.pk

    def test_the_question_names_the_channel_and_keeps_its_secrets(self, visitor: Client) -> None:
        asked = parse_qs(urlsplit(depart(visitor)["Location"]).query)

        assert asked["channel"] == ["app-pay"]
        assert asked["redirect_uri"][0].endswith("/sso/essc/callback")
        assert asked["code_challenge_method"] == ["S256"]
        assert not {"code_verifier", "verifier"} & set(asked)

    def test_asking_writes_nothing_but_a_sealed_cookie_of_its_own(self, visitor: Client) -> None:
        answer = depart(visitor, next="/jobs?q=焊工")

        (cookie,) = (one for name, one in answer.cookies.items() if name.startswith("jiuye_sso_"))
        assert cookie["httponly"]
        assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", "/sso", 600)
        state = parse_qs(urlsplit(answer["Location"]).query)["state"][0]
        assert state not in cookie.value
        assert "app-pay" not in cookie.value
        assert not Session.objects.exists()

    def test_it_costs_a_look_at_the_channel_and_a_count(
        self, visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(2):
            depart(visitor)

    def test_the_session_is_new_and_names_method_and_channel(self, visitor: Client, world: Sandbox) -> None:
        come(visitor, world)

        session = Session.objects.get(person__isnull=False)
        assert (session.method, session.channel_code) == ("essc_app", "app-pay")
        assert Session.objects.count() == 1

    def test_one_returns_to_where_one_wanted_to_go(self, visitor: Client, world: Sandbox) -> None:
        assert come(visitor, world, next="/jobs?page=2")["Location"] == "/jobs?page=2"

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
    def test_nobody_is_led_off_the_site(self, visitor: Client, world: Sandbox, elsewhere: str) -> None:
        assert come(visitor, world, next=elsewhere)["Location"] == "/me"

    def test_who_is_signed_in_goes_on_at_once_and_the_app_is_noted(self, channel: Channel) -> None:
        client = accounts.browser(accounts.seeker())

        answer = client.get("/sso/essc", {"channel": channel.code, "next": "/jobs"})

        assert answer["Location"] == "/jobs"
        assert client.cookies["jiuye_app"].value == "app-pay"

    def test_tabs_do_not_break_one_another(self, visitor: Client, world: Sandbox) -> None:
        first, second = depart(visitor, next="/jobs"), depart(visitor, next="/fairs")

        answer = arrive(visitor, world.authorize(NEWCOMER, first["Location"]))
        late = arrive(visitor, world.authorize(NEWCOMER, second["Location"]))

        assert (answer["Location"], late["Location"]) == ("/jobs", "/fairs")
        assert User.objects.count() == 1

    def test_a_browser_keeps_no_more_than_a_few_questions(self, visitor: Client) -> None:
        for _ in range(12):
            depart(visitor)

        kept = [one for name, one in visitor.cookies.items() if name.startswith("jiuye_sso_") and one.value]
        assert len(kept) <= 6

    def test_nothing_personal_is_in_any_address(self, visitor: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])

        assert NEWCOMER not in location
        assert NEWCOMER not in arrive(visitor, location)["Location"]


class TestComingAgain:
    @pytest.fixture
    def later(self, visitor: Client, world: Sandbox) -> None:
        """A newcomer who came from the app eleven minutes ago. Our clock is not moved: the card service reads its own."""
        come(visitor, world)
        session = visitor.session
        session[BROUGHT] = (clock.now() - timedelta(minutes=11)).isoformat()
        session.save()

    def test_soon_after_nobody_is_asked(self, visitor: Client, world: Sandbox) -> None:
        come(visitor, world)

        assert depart(visitor, next="/jobs")["Location"] == "/jobs"

    @pytest.mark.usefixtures("later")
    def test_later_the_same_person_goes_on_in_the_same_session(self, visitor: Client, world: Sandbox) -> None:
        before = visitor.session.session_key

        assert come(visitor, world, next="/jobs")["Location"] == "/jobs"

        assert visitor.session.session_key == before
        assert depart(visitor, next="/fairs")["Location"] == "/fairs"

    @pytest.mark.usefixtures("later")
    def test_the_person_holding_the_phone_later_signs_in_and_not_its_former_owner(
        self, visitor: Client, world: Sandbox
    ) -> None:
        before = visitor.session.session_key, visitor.session["person_id"]

        come(visitor, world, "19900001002")

        assert visitor.session["person_id"] not in before
        assert not Session.objects.filter(session_key=before[0]).exists()

    @pytest.mark.usefixtures("later")
    def test_an_unanswered_question_shuts_nobody_out(self, visitor: Client) -> None:
        """The card service may be down: its own page says so, and the next attempt goes straight on."""
        assert "/essc/authorize" in depart(visitor)["Location"]

        assert depart(visitor, next="/jobs")["Location"] == "/jobs"


class TestRefusing:
    @pytest.mark.parametrize("code", ["", "no-such-app", "app-closed", "\x01", "a" * 300])
    def test_unknown_and_disabled_channels(self, visitor: Client, code: str) -> None:
        channels.channel("app-closed", is_enabled=False)

        answer = visitor.get("/sso/essc", {"channel": code})

        assert answer.status_code == 403
        assert "这个应用还不能用来登录" in html(answer)
        assert 'href="/login' in html(answer)
        assert not {name for name in answer.cookies if name.startswith("jiuye_")}

    def test_a_channel_disabled_meanwhile(self, visitor: Client, world: Sandbox, channel: Channel) -> None:
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])
        Channel.objects.update(is_enabled=False)

        answer = arrive(visitor, location)

        assert answer.status_code == 403
        assert refusals() == [("app-pay", "channel")]
        assert not User.objects.exists()

    def test_somebody_who_declines(self, visitor: Client, world: Sandbox) -> None:
        answer = arrive(visitor, world.authorize(NEWCOMER, depart(visitor)["Location"], "refuse"))

        assert answer.status_code == 403
        assert "您没有同意登录" in html(answer)
        assert "/sso/essc?channel=app-pay" in html(answer)
        assert refusals() == [("app-pay", "declined")]
        assert not User.objects.exists()

    def test_a_card_of_too_low_a_level(self, visitor: Client, world: Sandbox, settings: Settings) -> None:
        settings.PORTS["identity"]["options"]["least_level"] = 2

        answer = come(visitor, world, "19900000102")

        assert answer.status_code == 403
        assert refusals() == [("app-pay", "level")]

    @pytest.mark.parametrize(
        "switch", ["wrong_issuer", "forged_signature", "wrong_nonce", "wrong_audience", "expired_token"]
    )
    def test_what_the_card_service_did_not_say_to_us(self, visitor: Client, world: Sandbox, switch: str) -> None:
        """IdP mix-up, forged signature, wrong nonce and others: switches of the sandbox."""
        world.press("essc", **{switch: 1})

        answer = come(visitor, world)

        assert answer.status_code == 400
        assert "这次登录没有通过安全检查" in html(answer)
        assert refusals() == [("app-pay", "forged")]
        assert not User.objects.exists()
        assert "person_id" not in visitor.session

    def test_an_answer_nobody_asked_for(self, visitor: Client) -> None:
        answer = visitor.get("/sso/essc/callback", {"state": "forged", "code": "x"})

        assert answer.status_code == 400
        assert refusals() == [("", "forged")]

    def test_an_answer_to_another_browsers_question(self, visitor: Client, world: Sandbox) -> None:
        """Signing a victim in as the attacker (RFC 9700 §4.7)."""
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])
        victim = Client(enforce_csrf_checks=True)

        assert arrive(victim, location).status_code == 400
        assert "person_id" not in victim.session
        assert not User.objects.exists()

    def test_an_answer_whose_state_was_exchanged(self, visitor: Client, world: Sandbox) -> None:
        first, second = depart(visitor), depart(visitor)
        answer = parse_qs(urlsplit(world.authorize(NEWCOMER, first["Location"])).query)
        state = parse_qs(urlsplit(second["Location"]).query)["state"][0]
        mixed = {**{name: values[0] for name, values in answer.items()}, "state": state}

        assert visitor.get(f"/sso/essc/callback?{urlencode(mixed)}").status_code == 400
        assert not User.objects.exists()

    def test_an_answer_with_another_issuers_name(self, visitor: Client, world: Sandbox) -> None:
        """RFC 9207: the response names its issuer."""
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])
        own = urlencode({"iss": f"{world.url}/essc"})
        assert own in location

        answer = arrive(visitor, location.replace(own, urlencode({"iss": "https://issuer.example/essc"})))

        assert answer.status_code == 400
        assert refusals() == [("app-pay", "forged")]

    def test_an_altered_cookie(self, visitor: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])
        (name,) = (name for name in visitor.cookies if name.startswith("jiuye_sso_"))
        visitor.cookies[name] = visitor.cookies[name].value[:-6] + "AAAAAA"

        assert arrive(visitor, location).status_code == 400

    def test_an_answer_used_before_even_with_the_cookie_copied(self, visitor: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])
        thief = Client(enforce_csrf_checks=True)
        for name, cookie in visitor.cookies.items():
            thief.cookies[name] = cookie.value

        arrive(visitor, location)
        answer = arrive(thief, location)

        assert answer.status_code == 400
        assert "person_id" not in thief.session
        assert refusals() == [("app-pay", "expired")]

    def test_the_page_of_the_answer_loaded_again_leads_on(self, visitor: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])
        arrive(visitor, location)

        assert arrive(visitor, location)["Location"] == "/me"

    def test_an_answer_after_ten_minutes(self, visitor: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])

        with clock.frozen(clock.now() + timedelta(minutes=11)):
            assert arrive(visitor, location).status_code == 400
        assert not User.objects.exists()


class TestWithoutTheCardService:
    def test_before_asking_the_page_says_so_and_offers_the_phone(self, visitor: Client, world: Sandbox) -> None:
        world.press("essc", outage=1)

        answer = depart(visitor)

        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "电子社保卡服务暂时连不上" in html(answer)
        assert 'href="/login' in html(answer)

    def test_after_asking_nobody_comes_in(self, visitor: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, depart(visitor)["Location"])
        world.press("essc", outage=1)

        answer = arrive(visitor, location)

        assert answer.status_code == 503
        assert refusals() == [("app-pay", "unavailable")]
        assert not User.objects.exists()


class TestTooOften:
    def test_a_browser_that_tries_without_end_is_asked_to_wait(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(vars(TRIES_OF_ADDRESS), "most", 3)

        answers = [depart(visitor) for _ in range(4)]

        assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
        assert int(answers[-1]["Retry-After"]) > 0
        assert "操作太频繁" in html(answers[-1])

    def test_so_is_one_that_answers_without_end(self, visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(vars(TRIES_OF_ADDRESS), "most", 2)

        statuses = [visitor.get("/sso/essc/callback?state=x").status_code for _ in range(3)]

        assert statuses == [400, 400, 429]


class TestInAFrame:
    def test_in_another_sites_frame_the_whole_window_is_offered(self, visitor: Client) -> None:
        headers = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}

        answer = visitor.get("/sso/essc", {"channel": "app-pay", "next": "/jobs"}, headers=headers)

        assert answer.status_code == 200
        assert 'target="_top"' in html(answer)
        assert "/sso/essc?channel=app-pay&amp;next=/jobs" in html(answer).replace("%2F", "/")

    @pytest.mark.parametrize("path", ["/login", "/login/qr"])
    def test_so_it_is_for_the_other_ways_in(self, visitor: Client, path: str) -> None:
        answer = visitor.get(path, headers={"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin"})

        assert 'target="_top"' in html(answer)
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


class TestInTheApp:
    def test_the_app_is_noted_by_its_code_alone(self, visitor: Client, world: Sandbox) -> None:
        come(visitor, world)

        cookie = visitor.cookies["jiuye_app"]
        assert (cookie.value, cookie["httponly"], cookie["max-age"]) == ("app-pay", "", "")

    def test_pages_with_a_session_are_drawn_for_the_app_at_once(self, visitor: Client, world: Sandbox) -> None:
        come(visitor, world)

        assert '<html lang="zh-CN" data-in-app>' in html(visitor.get("/me"))

    def test_public_pages_stay_the_same_for_everyone(self, visitor: Client, world: Sandbox) -> None:
        come(visitor, world)

        assert html(visitor.get("/privacy")) == html(Client().get("/privacy"))

    def test_the_way_to_the_whole_site(self, visitor: Client, world: Sandbox) -> None:
        come(visitor, world)

        answer = visitor.get("/sso/full-site", {"next": "//evil.example"})

        assert answer["Location"] == "/"
        assert not visitor.cookies["jiuye_app"].value

    def test_the_login_page_opens_the_card_through_the_app_while_that_is_enabled(self, visitor: Client) -> None:
        visitor.cookies["jiuye_app"] = "app-pay"
        assert 'href="/sso/essc?channel=app-pay"' in html(visitor.get("/login"))
        Channel.objects.update(is_enabled=False)
        page = html(visitor.get("/login"))
        assert "/sso/essc" not in page
        assert 'href="/sso/card"' in page
