"""The operators' pages of partner apps."""

import html
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.models import Channel, ChannelKey, SignInRecord, User
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import accounts, channels, organisations

pytestmark = pytest.mark.django_db
NEW = {"name": "示例银行", "code": "app-bank", "origin": "https://bank.example.cn"}


def signed_in(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


@pytest.fixture
def admin() -> Client:
    return signed_in(organisations.operator("security_admin"))


@pytest.fixture
def auditor() -> Client:
    return signed_in(organisations.operator("auditor"))


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def test_the_list_shows_each_channel_with_its_figures(auditor: Client) -> None:
    channels.channel()
    for _ in range(3):
        SignInRecord.objects.create(
            user=accounts.person(), method="essc_app", channel_code="app-pay", signed_in_at=clock.now()
        )
    shown = page(auditor, "/ops/channels")
    assert "示例掌上付" in shown
    assert re.search(r'data-label="今天登录">3<', shown)
    assert "登记渠道" not in shown


def test_an_empty_list_says_how_to_begin(admin: Client) -> None:
    assert "登记第一个渠道" in page(admin, "/ops/channels")
    assert "没有符合条件的渠道" in page(admin, "/ops/channels?q=x")


def test_from_registering_to_letting_people_in(admin: Client) -> None:
    address = admin.post("/ops/channels/new", NEW).headers["Location"]
    shown = page(admin, address)
    assert "/sso/essc?channel=app-bank" in shown
    assert "https://bank.example.cn" in shown
    assert queries.enabled_channel("app-bank") is None
    admin.post(f"{address}/enable", {"reason": "联调完成"})
    assert queries.enabled_channel("app-bank") is not None
    admin.post(f"{address}/disable", {"reason": "对方停服"})
    assert queries.enabled_channel("app-bank") is None
    shown = page(admin, address)
    assert "原因：联调完成" in shown
    assert "原因：对方停服" in shown


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(admin: Client) -> None:
    answer = admin.post("/ops/channels/new", {"name": "示例银行", "code": "App Bank", "origin": "https://*.example.cn"})
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "有几处需要修改" in shown
    assert 'id="id_code-error"' in shown
    assert 'id="id_origin-error"' in shown
    assert 'value="App Bank"' in shown
    assert not Channel.objects.exists()


def test_editing_changes_name_and_origin_but_not_the_code(admin: Client) -> None:
    made = channels.channel()
    admin.post(f"/ops/channels/{made.id}/edit", {"name": "新名", "origin": "", "code": "other"})
    made.refresh_from_db()
    assert (made.name, made.origin, made.code) == ("新名", "", "app-pay")
    assert f"{channels.ORIGIN} → （空）" in page(admin, f"/ops/channels/{made.id}")


def test_before_disabling_it_says_what_stops(admin: Client) -> None:
    made = channels.channel()
    shown = page(admin, f"/ops/channels/{made.id}/disable")
    assert "登录立即停止" in shown
    assert "30 秒" in shown
    assert admin.post(f"/ops/channels/{made.id}/disable", {"reason": ""}).status_code == 422
    made.refresh_from_db()
    assert made.is_enabled


def test_switching_twice_changes_nothing(admin: Client) -> None:
    made = channels.channel()
    assert admin.post(f"/ops/channels/{made.id}/enable", {"reason": "试"}).status_code == 302
    made.refresh_from_db()
    assert made.is_enabled


def test_a_key_is_shown_once(admin: Client) -> None:
    made = channels.channel()
    answer = admin.post(f"/ops/channels/{made.id}/keys")
    [key] = re.findall(r"jyk_[\w-]{40,}", answer.content.decode())
    assert answer.status_code == 201
    assert "no-store" in answer.headers["Cache-Control"]
    holder = queries.holder_of(key)
    assert holder is not None
    assert holder.channel_code == "app-pay"
    assert key not in page(admin, f"/ops/channels/{made.id}")


def test_a_third_key_is_refused_until_one_is_revoked(admin: Client) -> None:
    made = channels.channel()
    for status in (201, 201, 302):
        assert admin.post(f"/ops/channels/{made.id}/keys").status_code == status
    assert "请先吊销一个" in page(admin, f"/ops/channels/{made.id}")
    key = ChannelKey.objects.order_by("created_at").first()
    assert key is not None
    admin.post(f"/ops/channels/{made.id}/keys/{key.id}/revoke")
    assert ChannelKey.objects.filter(revoked_at=None).count() == 1
    assert "已吊销" in page(admin, f"/ops/channels/{made.id}")


def test_what_is_not_there(admin: Client) -> None:
    for path in ("", "/edit", "/enable", "/disable"):
        assert admin.get(f"/ops/channels/{new_id()}{path}").status_code == 404
    assert admin.post(f"/ops/channels/{new_id()}/keys").status_code == 404


def test_other_operators_read_and_change_nothing(auditor: Client) -> None:
    made = channels.channel()
    key = actions.issue_key(organisations.operator("security_admin"), channel_id=made.id).id
    before = (Channel.objects.values().get(), ChannelKey.objects.values().get())
    shown = page(auditor, f"/ops/channels/{made.id}")
    assert "停用</span>" not in shown
    assert "生成密钥</span>" not in shown
    assert auditor.get("/ops/channels/new").status_code == 403
    assert auditor.post("/ops/channels/new", NEW).status_code == 403
    for path in ("edit", "enable", "disable", "keys", f"keys/{key}/revoke"):
        answer = auditor.post(f"/ops/channels/{made.id}/{path}", {**NEW, "reason": "试"})
        assert answer.status_code == 403, path
    assert (Channel.objects.values().get(), ChannelKey.objects.values().get()) == before


@pytest.mark.parametrize("who", ["seeker", "agency"])
def test_strangers_see_nothing(who: str) -> None:
    made = channels.channel()
    agency = organisations.member(organisations.agency(), role="owner")
    stranger = accounts.browser(accounts.seeker()) if who == "seeker" else signed_in(agency)
    for path in ("/ops/channels", f"/ops/channels/{made.id}"):
        assert stranger.get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_pages_ask_the_database_little_however_many_channels_there_are(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        made = channels.channel(f"app-{number:02}")
        audit.record(Actor.system(), "channel.enable", made.id, reason="x")
    with django_assert_max_num_queries(10):
        assert "cursor=" in page(admin, "/ops/channels")
    with django_assert_max_num_queries(12):
        page(admin, f"/ops/channels/{made.id}")
