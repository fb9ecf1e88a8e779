"""What somebody wants to be told, chosen on a page; staff choose for their own side."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from jiuye.domains.accounts.models import User
from jiuye.notifications.kinds import FOR_SEEKERS, FOR_STAFF
from jiuye.notifications.models import NotificationPreference
from tests.factories import organisations
from tests.factories.accounts import browser, seeker

pytestmark = pytest.mark.django_db
HERE = "/me/notifications/preferences"
ALL_ON = {f"{group.code}-{way}": "on" for group in FOR_SEEKERS for way in group.switches}
NIGHT = {"quiet": "on", "quiet_from": "22", "quiet_until": "8"}


@pytest.fixture
def lin() -> User:
    return seeker()


@pytest.fixture
def client(lin: User) -> Client:
    return browser(lin)


def boxes(page: str) -> dict[str, bool]:
    """Every box of the page by name, and whether it is ticked."""
    return {
        name: "checked" in rest for name, rest in re.findall(r'<input type="checkbox" name="([^"]+)"([^>]*)>', page)
    }


def test_everything_is_on_until_somebody_chooses(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(3):
        page = client.get(HERE).content.decode()
    assert boxes(page) == dict.fromkeys(ALL_ON, True)


def test_what_cannot_be_switched_off_says_why(client: Client) -> None:
    page = client.get(HERE).content.decode()
    assert "站内消息错过会影响您按时答复和到场，不能关闭" in page
    assert "关系到账号安全和您的权益，不能关闭" in page


def test_a_choice_is_kept_and_shown(client: Client) -> None:
    chosen = {name: value for name, value in ALL_ON.items() if name not in ("fairs-sms", "looks-centre")}
    answer = client.post(HERE, {**chosen, "quiet": "on", "quiet_from": "21", "quiet_until": "7"})
    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    page = client.get(HERE).content.decode()
    assert [name for name, ticked in boxes(page).items() if not ticked] == ["fairs-sms", "looks-centre"]
    assert re.search(r'<option value="21" selected>', page)


def test_who_saves_without_a_change_has_chosen_nothing(client: Client, settings: Settings) -> None:
    settings.SMS_QUIET_HOURS = "22-8"
    client.post(HERE, {**ALL_ON, **NIGHT})
    row = NotificationPreference.objects.get()
    assert (row.off, row.has_own_hours) == ([], False)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"quiet": "on", "quiet_from": "8", "quiet_until": "8"}, "勿扰时段要在 1 到 14 小时之间"),
        ({"quiet": "on", "quiet_from": "25", "quiet_until": "8"}, "请从列表里选开始的钟点。"),
        ({"quiet_from": "22", "quiet_until": "8"}, "请选择要不要设勿扰时段。"),
    ],
)
def test_hours_that_make_no_sense_are_refused_at_the_field_and_what_was_ticked_stays(
    client: Client, hours: dict[str, str], said: str
) -> None:
    answer = client.post(HERE, {"progress-sms": "on", **hours})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(said) == 2  # at the field and in the summary
    assert [name for name, ticked in boxes(page).items() if ticked] == ["progress-sms"]
    assert not NotificationPreference.objects.filter(off__len__gt=0).exists()


@pytest.mark.parametrize("portal", ["agency", "employer"])
def test_staff_choose_on_their_side(portal: str) -> None:
    organisation = organisations.agency() if portal == "agency" else organisations.employer()
    person = User.objects.get(pk=organisations.member(organisation).person_id)
    client, address = browser(person), f"/{portal}/notifications/preferences"
    names = {f"{group.code}-{way}" for group in FOR_STAFF for way in group.switches}
    assert set(boxes(client.get(address).content.decode())) == names
    client.post(address, {"quiet": "off", "quiet_from": "22", "quiet_until": "8"})
    row = NotificationPreference.objects.get(user=person)
    assert set(row.off) == {name.replace("-", ":") for name in names}
