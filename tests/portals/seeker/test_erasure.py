"""注销账号 over HTTP: what one is told, asking, the banner, taking it back, time passing."""

import pytest
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.erasure.models import ErasureRequest
from tests.factories import accounts, applications, erasure, jobs, organisations
from tests.factories import resumes as make
from tests.factories.accounts import browser, member, seeker

pytestmark = pytest.mark.django_db
PAGE, CANCEL = "/me/privacy/erase", "/me/privacy/erase/cancel"


def asked(user: User) -> int:
    """How many open requests they have."""
    return ErasureRequest.objects.filter(person=user, cancelled_at=None, done_at=None).count()


def test_who_has_not_just_proved_who_they_are_is_sent_to_do_so_and_back() -> None:
    assert browser(seeker()).get(PAGE).headers["Location"] == "/login/confirm?next=%2Fme%2Fprivacy%2Ferase"


def test_the_page_says_what_goes_and_what_the_law_keeps(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    user = seeker()
    make.whole_resume(user)
    applications.apply(accounts.actor(user), jobs.posting())
    client = browser(user, confirmed=True)
    with django_assert_max_num_queries(12):
        page = client.get(PAGE).content.decode()
    assert all(
        text in page for text in ("将会删除", "简历全文", "依法保留", "至少三年", "7 天考虑时间", "进行中的 1 份投递")
    )


def test_without_the_tick_nothing_is_asked_for() -> None:
    user = seeker()
    answer = browser(user, confirmed=True).post(PAGE, {})
    assert answer.status_code == 422
    assert "请先阅读上面的说明" in answer.content.decode()
    assert asked(user) == 0


def test_after_asking_home_shows_until_when_it_can_be_taken_back() -> None:
    user = seeker()
    client = browser(user, confirmed=True)
    page = client.post(PAGE, {"understood": "on"}, follow=True)
    assert page.redirect_chain == [("/me", 303)]
    assert all(text in page.content.decode() for text in ("已收到您的注销申请", "之后注销", "撤销注销"))
    assert "撤销注销" in client.get(PAGE).content.decode()
    assert asked(user) == 1


def test_who_signs_in_within_the_week_takes_it_back_without_proving_anything() -> None:
    user = seeker()
    erasure.ask(user)
    page = browser(user).post(CANCEL, follow=True).content.decode()
    assert "已撤销注销" in page
    assert "之后注销" not in page
    assert asked(user) == 0
    assert erasure.erase_after(days=8) == 0


def test_taking_back_what_was_not_asked_for_does_no_harm() -> None:
    assert "没有正在进行的注销申请" in browser(seeker()).post(CANCEL, follow=True).content.decode()


def test_the_only_owner_of_an_organisation_is_told_what_to_do_first() -> None:
    user = member(organisations.agency(legal_name="锦江人力有限公司").id, role="owner")
    client = browser(user, confirmed=True)
    assert all(text in client.get(PAGE).content.decode() for text in ("锦江人力有限公司", "暂时不能注销"))
    answer = client.post(PAGE, {"understood": "on"})
    assert answer.status_code == 409
    assert "锦江人力有限公司" in answer.content.decode()
    assert asked(user) == 0


def test_after_a_week_the_session_is_dead() -> None:
    user = seeker()
    client = browser(user, confirmed=True)
    client.post(PAGE, {"understood": "on"})
    erasure.erase_after(days=7)
    assert client.get("/me").headers["Location"].startswith("/login")


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert browser().post(CANCEL).headers["Location"].startswith("/login")
