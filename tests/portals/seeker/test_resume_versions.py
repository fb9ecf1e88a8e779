"""The pages of a resume's earlier versions."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes import actions, queries
from jiuye.kernel import clock
from tests.factories import resumes as make
from tests.factories.accounts import actor, browser, seeker

pytestmark = pytest.mark.django_db


def edited(user: User, *days: int) -> None:
    """A whole resume, changed on these days after today."""
    make.whole_resume(user)
    for day in days:
        with clock.frozen(clock.now() + timedelta(days=day)):
            actions.save_self_description(actor(user), text=f"第 {day} 天写的")


def address(user: User, number: int = 1) -> str:
    found = {one.number: one.id for one in queries.versions(actor(user))}
    return f"/me/resume/versions/{found[number]}"


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_new_resume_has_none_and_says_what_will_be_there() -> None:
    assert "还没有历史版本" in page(browser(seeker()), "/me/resume/versions")


def test_the_list_says_what_changed_after_each() -> None:
    lin = seeker()
    edited(lin, 1)
    shown = page(browser(lin), "/me/resume/versions")
    assert "修改了自我描述" in shown
    assert "修改之前" in shown


def test_one_is_shown_as_it_looked_and_what_is_different_now() -> None:
    lin = seeker()
    edited(lin, 1)
    shown = page(browser(lin), address(lin))
    assert "踏实肯干，能上夜班。" in shown
    assert "恢复成这个版本" in shown
    assert "未核验" not in shown


def test_going_back_and_undoing_it() -> None:
    lin = seeker()
    edited(lin, 1)
    client = browser(lin)
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert client.post(f"{address(lin)}/restore").headers["Location"] == "/me/resume"
        assert queries.my_resume(actor(lin)).self_description == "踏实肯干，能上夜班。"
        assert "已恢复" in page(client, "/me/resume")
        assert "恢复旧版本之前" in page(client, "/me/resume/versions")
        client.post(f"{address(lin, 2)}/restore")
        assert queries.my_resume(actor(lin)).self_description == "第 1 天写的"


def test_what_is_the_same_already_is_not_restored() -> None:
    lin = seeker()
    edited(lin, 1)
    client = browser(lin)
    for _ in range(2):
        client.post(f"{address(lin)}/restore")
    assert "不需要恢复" in page(client, "/me/resume")


def test_another_persons_version_does_not_exist() -> None:
    lin = seeker()
    edited(lin, 1)
    other = browser(seeker())
    assert other.get(address(lin)).status_code == 404
    assert other.post(f"{address(lin)}/restore").status_code == 404


def test_strangers_sign_in_first() -> None:
    assert Client().get("/me/resume/versions").headers["Location"].startswith("/login")


@pytest.mark.parametrize("days", [1, 12])
def test_the_number_of_versions_costs_no_queries(
    days: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lin = seeker()
    edited(lin, *range(1, days + 1))
    client = browser(lin)
    for path in ("/me/resume/versions", address(lin)):
        client.get(path)
        with django_assert_max_num_queries(7):
            assert client.get(path).status_code == 200
