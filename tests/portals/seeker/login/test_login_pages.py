"""Signing in through the pages, with codes read from a phone of the sandbox."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import LoginCode, Membership, Session, User
from jiuye.domains.organisations.models import Agency
from jiuye.domains.reference.models import Region
from jiuye.kernel import clock
from tests.factories.sandbox import Sandbox
from tests.portals.seeker.login.browser import ask, html, log_in, new_phone, post, read_code, run_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone() -> str:
    return new_phone()


def test_a_newcomer_enters_with_a_phone_and_the_code_sent_to_it(visitor: Client, world: Sandbox, phone: str) -> None:
    first = ask(visitor, phone)
    assert (first.status_code, first["Location"]) == (303, "/login")

    second = post(visitor, "/login/code", code=read_code(world, phone))

    assert (second.status_code, second["Location"]) == (303, "/me")
    assert visitor.session["person_id"] == str(User.objects.get().id)


def test_the_second_step_shows_the_number_masked_and_where_to_read_the_code(
    visitor: Client, world: Sandbox, phone: str
) -> None:
    ask(visitor, phone)

    page = html(visitor.get("/login"))

    assert f"{phone[:3]}****{phone[-4:]}" in page
    assert f'href="{world.url}/phone/{phone}"' in page
    assert "短信正在发出" in page


def test_the_number_can_be_corrected(visitor: Client, phone: str) -> None:
    ask(visitor, phone)

    assert f'value="{phone}"' in html(visitor.get("/login?change=1"))


def test_a_wrong_number_is_kept_and_explained(visitor: Client) -> None:
    answer = ask(visitor, "10086")

    assert answer.status_code == 422
    assert 'value="10086"' in html(answer)
    assert "请输入 11 位大陆手机号" in html(answer)
    assert not LoginCode.objects.exists()


def test_a_wrong_code_is_explained_and_the_right_one_still_works(visitor: Client, world: Sandbox, phone: str) -> None:
    ask(visitor, phone)
    code = read_code(world, phone)

    refused = post(visitor, "/login/code", code=f"{(int(code) + 1) % 10**6:06d}")
    accepted = post(visitor, "/login/code", code=code)

    assert refused.status_code == 422
    assert "还可以再试 4 次" in html(refused)
    assert accepted.status_code == 303


def test_the_fifth_failure_is_answered_429_with_the_time_to_wait(visitor: Client, world: Sandbox, phone: str) -> None:
    ask(visitor, phone)
    code = read_code(world, phone)

    answers = [post(visitor, "/login/code", code=f"{(int(code) + n) % 10**6:06d}") for n in range(1, 6)]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 429]
    assert answers[-1]["Retry-After"] == "1800"
    assert "30 分钟后" in html(answers[-1])
    assert post(visitor, "/login/code", code=code).status_code == 429
    assert not User.objects.exists()


def test_asking_again_too_soon_is_answered_429_and_keeps_the_number(visitor: Client, phone: str) -> None:
    ask(visitor, phone)

    answer = ask(visitor, phone)

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert f'value="{phone}"' in html(answer)


def test_another_code_can_be_had_after_a_minute_by_button(visitor: Client, world: Sandbox, phone: str) -> None:
    ask(visitor, phone)
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        answer = post(visitor, "/login/again", code="")
        assert (answer.status_code, answer["Location"]) == (303, "/login")
        assert post(visitor, "/login/code", code=read_code(world, phone)).status_code == 303


def test_the_button_pressed_too_soon_says_how_long_to_wait(visitor: Client, phone: str) -> None:
    ask(visitor, phone)

    answer = post(visitor, "/login/again")

    assert answer.status_code == 429
    assert "秒后再获取" in html(answer)


def test_known_and_unknown_phones_see_the_same_page(visitor: Client, world: Sandbox, phone: str) -> None:
    log_in(Client(enforce_csrf_checks=True), world, phone)
    unknown = new_phone()
    other = Client(enforce_csrf_checks=True)

    with clock.frozen(clock.now() + timedelta(minutes=2)):
        first, second = ask(visitor, phone), ask(other, unknown)
        pages = [html(client.get("/login?")) for client in (visitor, other)]

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert without_numbers(pages[0], phone) == without_numbers(pages[1], unknown)


def without_numbers(page: str, phone: str) -> list[str]:
    masked = f"{phone[:3]}****{phone[-4:]}"
    return [line for line in page.replace(phone, "").replace(masked, "").splitlines() if "csrfmiddleware" not in line]


def test_a_code_does_not_work_in_another_browser(visitor: Client, world: Sandbox, phone: str) -> None:
    ask(visitor, phone)
    code = read_code(world, phone)
    other = Client(enforce_csrf_checks=True)
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        ask(other, phone)

        assert post(other, "/login/code", code=code).status_code == 422
    assert not User.objects.exists()


def test_signing_in_starts_a_new_session_and_a_new_token(visitor: Client, world: Sandbox, phone: str) -> None:
    ask(visitor, phone)
    before = visitor.session.session_key, visitor.cookies["csrftoken"].value
    code = read_code(world, phone)

    post(visitor, "/login/code", code=code)

    assert visitor.session.session_key != before[0]
    assert visitor.cookies["csrftoken"].value != before[1]
    assert not Session.objects.filter(session_key=before[0]).exists()


def test_the_session_does_not_hold_the_phone_in_clear(visitor: Client, phone: str) -> None:
    ask(visitor, phone)

    assert phone not in str(dict(visitor.session))


def test_people_return_to_the_page_they_came_from(visitor: Client, world: Sandbox, phone: str) -> None:
    assert 'name="next" value="/jobs?q=焊工"' in html(visitor.get("/login", {"next": "/jobs?q=焊工"}))

    assert log_in(visitor, world, phone, next="/jobs?page=2")["Location"] == "/jobs?page=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
        "/%09/\tevil.example\n",
        "jobs",
    ],
)
def test_nobody_is_led_off_the_site(visitor: Client, world: Sandbox, phone: str, elsewhere: str) -> None:
    assert 'name="next"' not in html(visitor.get("/login", {"next": elsewhere}))
    assert log_in(visitor, world, phone, next=elsewhere)["Location"] == "/me"


def test_a_signed_in_person_is_sent_on(visitor: Client, world: Sandbox, phone: str) -> None:
    log_in(visitor, world, phone)

    assert visitor.get("/login", {"next": "/jobs"})["Location"] == "/jobs"


@pytest.fixture
def agency() -> Agency:
    """An agency to work for."""
    region = Region.objects.create(
        code="510000", name="四川省", short_name="四川", level="province", longitude=104.07, latitude=30.67
    )
    return Agency.objects.create(
        kind="public",
        legal_name="青石县公共就业服务中心",
        short_name="青石就业",
        credit_code="12510000000000000X",
        region=region,
        created_at=clock.now(),
    )


@pytest.fixture
def recruiter(visitor: Client, world: Sandbox, phone: str, agency: Agency) -> Client:
    """The signed-in visitor as a member of the agency."""
    log_in(Client(enforce_csrf_checks=True), world, phone)
    Membership.objects.create(
        user=User.objects.get(),
        organisation_id=agency.id,
        organisation_kind="agency",
        role="recruiter",
        created_at=clock.now(),
    )
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        assert log_in(visitor, world, phone)["Location"] == "/login/where"
    return visitor


def test_staff_choose_where_to_go(recruiter: Client, agency: Agency) -> None:
    page = html(recruiter.get("/login/where"))
    answer = post(recruiter, "/login/where", "/login/where", organisation=str(agency.id))

    assert "青石县公共就业服务中心 · 招聘专员" in page
    assert 'href="/me"' in page
    assert answer["Location"] == "/agency"
    assert recruiter.session["organisations"] == {"agency": str(agency.id)}


def test_an_ended_membership_is_no_place_to_go(recruiter: Client, agency: Agency) -> None:
    Membership.objects.update(ended_at=clock.now())

    assert recruiter.get("/login/where")["Location"] == "/me"
    assert post(recruiter, "/login/where", "/logout", organisation=str(agency.id)).status_code == 404


@pytest.mark.parametrize("organisation", ["", "x", "018f0000-0000-7000-8000-000000000000"])
def test_nobody_chooses_an_organisation_that_is_not_theirs(recruiter: Client, organisation: str) -> None:
    assert post(recruiter, "/login/where", "/login/where", organisation=organisation).status_code == 404
    assert "organisations" not in recruiter.session


def test_signing_out_takes_a_post_and_ends_the_session(visitor: Client, world: Sandbox, phone: str) -> None:
    log_in(visitor, world, phone)
    key = visitor.session.session_key

    assert "退出登录？" in html(visitor.get("/logout"))
    assert "person_id" in visitor.session
    answer = post(visitor, "/logout", "/logout")

    assert answer["Location"] == "/login"
    assert not Session.objects.filter(session_key=key).exists()
    assert "您已退出登录" in html(visitor.get("/login"))


@pytest.mark.parametrize("path", ["/login", "/login/code", "/login/again", "/login/where", "/logout"])
def test_a_form_from_elsewhere_is_refused(visitor: Client, path: str) -> None:
    assert visitor.post(path, {"phone": "13800000001"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert not LoginCode.objects.exists()


def test_an_outage_of_the_gateway_is_told_and_ends_by_itself(visitor: Client, world: Sandbox, phone: str) -> None:
    world.press(outage=1)
    ask(visitor, phone)
    run_worker()
    told = html(visitor.get("/login/delivery"))
    assert "短信服务暂时不通" in told
    assert "hx-trigger" in told

    assert visitor.get("/login/delivery?shown=delayed").status_code == 204
    world.release()
    run_worker()

    assert "短信已发出" in html(visitor.get("/login/delivery?shown=delayed"))
    assert post(visitor, "/login/code", code=world.messages(phone)[0]["code"]).status_code == 303


def test_a_receipt_is_waited_for_half_a_minute(visitor: Client, world: Sandbox, phone: str) -> None:
    ask(visitor, phone)
    run_worker()
    assert "hx-trigger" in html(visitor.get("/login/delivery"))
    with clock.frozen(clock.now() + timedelta(seconds=31)):
        assert "hx-trigger" not in html(visitor.get("/login/delivery"))

    LoginCode.objects.update(delivery="failed")

    told = html(visitor.get("/login/delivery?shown=sent"))
    assert "短信没有送达这部手机" in told
    assert "hx-trigger" not in told


def test_a_number_the_gateway_refuses_is_told(visitor: Client, world: Sandbox, phone: str) -> None:
    world.press(reject=1)
    ask(visitor, phone)
    run_worker()

    assert "短信没能发到这个号码" in html(visitor.get("/login"))


def test_the_button_answers_htmx_with_itself(visitor: Client, phone: str) -> None:
    ask(visitor, phone)
    token = visitor.cookies["csrftoken"].value

    answer = visitor.post("/login/again", headers={"HX-Request": "true", "X-CSRFToken": token})

    assert answer.status_code == 200
    assert "秒后再获取" in html(answer)
    assert "data-countdown" in html(answer)
    assert "<html" not in html(answer)


def test_the_first_page_asks_the_database_nothing(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        visitor.get("/login")


def test_the_second_page_asks_twice(
    visitor: Client, phone: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(visitor, phone)

    with django_assert_num_queries(2):
        visitor.get("/login")
