"""A card whose phone number has somebody else's account: explained, and resolved only by codes."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from jiuye.domains.accounts.models import CardIdentity, Channel, Session, User
from jiuye.kernel import clock
from tests.factories import accounts, channels
from tests.factories.sandbox import Sandbox
from tests.portals.seeker.login.browser import html, new_phone, post, read_code
from tests.portals.seeker.sso.arriving import come

pytestmark = pytest.mark.django_db
CARD = "19900001002"  # 周望舒


@pytest.fixture(autouse=True)
def channel() -> Channel:
    """The app they come from."""
    return channels.channel()


@pytest.fixture
def other() -> User:
    """The owner of the account with the card's phone number, under another name."""
    return accounts.person("郝建国", phone=CARD)


@pytest.fixture
def stuck(visitor: Client, world: Sandbox, other: User) -> Client:
    """A visitor at the page that explains the conflict."""
    assert come(visitor, world, CARD, next="/jobs")["Location"] == "/login/card"
    return visitor


def test_it_is_explained_without_naming_the_owner_of_the_account(stuck: Client) -> None:
    page = html(stuck.get("/login/card"))

    assert "那是我的账号" in page
    assert "不是我的，用别的手机号" in page
    assert "郝建国" not in page
    assert CARD not in page
    assert "199****1002" in page
    assert "person_id" not in stuck.session


def test_the_session_holds_nothing_personal_in_clear(stuck: Client) -> None:
    post(stuck, "/login/card/other/code", "/login/card/other", phone=(phone := new_phone()))

    kept = str(dict(stuck.session))
    assert not re.search(f"{CARD}|{phone}|郝建国|周望舒", kept)


def test_the_accounts_owner_proves_it_and_comes_in(stuck: Client, world: Sandbox, other: User) -> None:
    asked = post(stuck, "/login/card/mine/code", "/login/card")
    assert asked["Location"] == "/login/card/mine"

    answer = post(stuck, "/login/card/mine", "/login/card/mine", code=read_code(world, CARD))

    assert (answer.status_code, answer["Location"]) == (303, "/jobs")
    assert stuck.session["person_id"] == str(other.pk)
    assert CardIdentity.objects.get().user_id == other.pk
    session = Session.objects.get(person=other)
    assert (session.method, session.channel_code) == ("essc_app", "app-pay")
    assert "brought_by_app_at" in stuck.session


def test_a_wrong_code_is_explained_and_links_nothing(stuck: Client, world: Sandbox) -> None:
    post(stuck, "/login/card/mine/code", "/login/card")
    code = read_code(world, CARD)

    answer = post(stuck, "/login/card/mine", "/login/card/mine", code=f"{(int(code) + 1) % 10**6:06d}")

    assert answer.status_code == 422
    assert "还可以再试 4 次" in html(answer)
    assert not CardIdentity.objects.exists()


def test_a_person_who_is_not_its_owner_opens_an_account_with_another_phone(
    stuck: Client, world: Sandbox, other: User
) -> None:
    phone = new_phone()
    assert post(stuck, "/login/card/other/code", "/login/card/other", phone=phone)["Location"] == "/login/card/other"
    assert f"{phone[:3]}****{phone[-4:]}" in html(stuck.get("/login/card/other"))

    answer = post(stuck, "/login/card/other", "/login/card/other", code=read_code(world, phone))

    assert answer["Location"] == "/jobs"
    person = User.objects.exclude(pk=other.pk).get()
    assert (person.phone, stuck.session["person_id"]) == (phone, str(person.pk))
    other.refresh_from_db()
    assert other.name == "郝建国"


def test_a_wrong_number_is_kept_and_explained(stuck: Client) -> None:
    answer = post(stuck, "/login/card/other/code", "/login/card/other", phone="10086")

    assert answer.status_code == 422
    assert 'value="10086"' in html(answer)


def test_asking_again_too_soon_says_how_long_to_wait(stuck: Client) -> None:
    post(stuck, "/login/card/mine/code", "/login/card")

    answer = post(stuck, "/login/card/mine/code", "/login/card/mine")

    assert answer.status_code == 429
    assert "秒后再获取" in html(answer)


def test_the_button_answers_htmx_with_itself(stuck: Client) -> None:
    post(stuck, "/login/card/mine/code", "/login/card")
    headers = {"HX-Request": "true", "X-CSRFToken": stuck.cookies["csrftoken"].value}

    answer = html(stuck.post("/login/card/mine/code", headers=headers))

    assert "<html" not in answer
    assert 'hx-post="/login/card/mine/code"' in answer
    assert 'hx-get="/login/card/delivery?shown=queued"' in answer


def test_the_number_can_be_corrected(stuck: Client) -> None:
    post(stuck, "/login/card/other/code", "/login/card/other", phone=(phone := new_phone()))

    assert f'value="{phone}"' in html(stuck.get("/login/card/other?change=1"))


def test_after_ten_minutes_one_starts_again(stuck: Client) -> None:
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert stuck.get("/login/card").status_code == 409


@pytest.mark.parametrize("path", ["/login/card", "/login/card/mine", "/login/card/other", "/login/card/delivery"])
def test_who_has_no_conflict_is_told_to_begin(visitor: Client, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 409
    assert "请重新用电子社保卡登录" in html(answer)


def test_the_second_step_leads_back_while_no_code_was_asked_for(stuck: Client) -> None:
    assert stuck.get("/login/card/mine")["Location"] == "/login/card"


def test_a_card_with_another_phone_than_the_account_is_pointed_out(visitor: Client, world: Sandbox) -> None:
    person = accounts.person()
    come(visitor, world, CARD)
    owner = User.objects.exclude(pk=person.pk).get()
    CardIdentity.objects.update(phone="19900001009")
    owner.phone = new_phone()
    owner.save()

    again = Client(enforce_csrf_checks=True)
    come(again, world, CARD)

    assert "与这个账号的手机号不同" in html(again.get("/me"))
