"""事件推送: the owner's pages for endpoints and deliveries."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.states import Role
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from jiuye.kernel.models import AuditEntry
from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.models import Endpoint, EndpointSecret, Message, Replay
from tests.factories import accounts, organisations, webhooks
from tests.factories.webhooks import Receiver, Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on this machine."""
    with webhooks.receiver() as made:
        yield made


@pytest.fixture
def agency() -> Agency:
    return organisations.agency()


@pytest.fixture
def owner(agency: Agency) -> Client:
    person = organisations.member(agency, role=Role.OWNER).person
    return accounts.browser(User.objects.get(pk=person), confirmed=True)


@pytest.fixture
def endpoint(agency: Agency, owner: Client, receiver: Receiver) -> Endpoint:
    return webhooks.endpoint(receiver.url, agency=agency, description="人事系统")


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.headers)
    return html.unescape(answer.content.decode())


def at(endpoint: Endpoint, *more: object) -> str:
    return "/".join(["/agency/webhooks", str(endpoint.id), *map(str, more)])


def deliver() -> None:
    dispatcher = Dispatcher()
    dispatcher.drain()
    dispatcher.close()


def test_an_agency_without_endpoints_is_told_what_they_are_for(owner: Client) -> None:
    assert "还没有推送地址" in page(owner, "/agency/webhooks")


def test_only_owners_see_them(agency: Agency) -> None:
    recruiter = accounts.browser(User.objects.get(pk=organisations.member(agency, role=Role.RECRUITER).person))
    assert recruiter.get("/agency/webhooks").status_code == 403


def test_creating_one_leads_to_its_page(owner: Client) -> None:
    answer = owner.post(
        "/agency/webhooks/new",
        {"url": "https://hr.example.com/hooks", "source": "live", "types": ["job.*"], "description": "人事系统"},
    )
    assert answer.status_code == 302
    shown = page(owner, answer.headers["Location"])
    assert "查看签名密钥" in shown
    assert "https://hr.example.com/hooks" in shown
    assert Endpoint.objects.get().types == ["job.*"]


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(owner: Client) -> None:
    given = {"url": "https://10.0.0.1/hooks", "source": "live", "description": "内网"}
    answer = owner.post("/agency/webhooks/new", given)
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "内部地址" in shown
    assert 'value="https://10.0.0.1/hooks"' in shown


def test_the_secret_is_shown_after_a_press_and_that_is_recorded(owner: Client, endpoint: Endpoint) -> None:
    secret = webhooks.secret_of(endpoint)
    assert secret not in page(owner, at(endpoint, "secret"))
    assert secret in html.unescape(owner.post(at(endpoint, "secret")).content.decode())
    assert AuditEntry.objects.filter(action="webhook.reveal_secret", subject_id=endpoint.id).count() == 1
    assert secret not in page(owner, at(endpoint))


def test_secrets_need_a_recent_confirmation(agency: Agency, endpoint: Endpoint) -> None:
    person = User.objects.get(pk=organisations.member(agency, role=Role.OWNER).person)
    unconfirmed = accounts.browser(person)
    for path in ("secret", "secret/replace", "edit", "delete"):
        assert unconfirmed.post(at(endpoint, path)).status_code == 302
    assert EndpointSecret.objects.count() == 1
    assert not Endpoint.objects.filter(deleted_at__isnull=False).exists()


def test_a_secret_is_replaced_with_an_overlap(owner: Client, endpoint: Endpoint) -> None:
    assert owner.post(at(endpoint, "secret", "replace"), {"overlap_hours": "24"}).status_code == 302
    assert EndpointSecret.objects.filter(endpoint=endpoint).count() == 2
    assert "旧密钥并用到" in page(owner, at(endpoint))


def test_a_test_event_leads_to_its_delivery(owner: Client, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers(Reply(500, body="内部错误 <b>".encode()))
    answer = owner.post(at(endpoint, "test"), {"type": "application.submitted"})
    deliver()
    shown = page(owner, answer.headers["Location"])
    for text in ("收到投递", "application.submitted", "HTTP 500", "内部错误 <b>", "webhook-signature: v1,"):
        assert text in shown


def test_the_log_is_filtered_by_state_type_and_day(owner: Client, endpoint: Endpoint) -> None:
    webhooks.happen(endpoint, 2)
    webhooks.happen(endpoint, type="application.submitted")
    deliver()
    path = at(endpoint, "deliveries")
    assert page(owner, path).count("<tr>") == 4
    assert page(owner, f"{path}?type=application.*").count("<tr>") == 2
    assert "没有这样的推送" in page(owner, f"{path}?state=failed")
    today = clock.local(clock.real_now()).date()
    assert page(owner, f"{path}?day={today}").count("<tr>") == 4
    assert "没有这样的推送" in page(owner, f"{path}?day={today - timedelta(days=2)}")
    assert page(owner, f"{path}?day=gestern&state=x&type=y").count("<tr>") == 4


def test_one_is_sent_again_and_a_range_too(owner: Client, endpoint: Endpoint) -> None:
    webhooks.happen(endpoint)
    deliver()
    message = Message.objects.get()
    owner.post(at(endpoint, "deliveries", message.id, "resend"))
    assert webhooks.states(endpoint) == ["pending"]
    moment = clock.local(clock.real_now())
    asked = {
        "since": f"{moment - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "until": f"{moment + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }
    assert owner.post(at(endpoint, "replay"), asked).status_code == 302
    replay = Replay.objects.get()
    assert "replay-progress" in page(owner, at(endpoint))
    assert "准备中" in page(owner, at(endpoint, "replays", replay.id))


def test_a_replay_that_ends_before_it_begins_is_explained(owner: Client, endpoint: Endpoint) -> None:
    answer = owner.post(at(endpoint, "replay"), {"since": "2026-11-29T10:00", "until": "2026-11-29T09:00"})
    assert answer.status_code == 422
    assert "结束时间要晚于开始时间" in answer.content.decode()


def test_pause_and_resume(owner: Client, endpoint: Endpoint) -> None:
    owner.post(at(endpoint, "pause"))
    webhooks.happen(endpoint)
    assert "现在有 1 条在等" in page(owner, at(endpoint))
    owner.post(at(endpoint, "resume"))
    endpoint.refresh_from_db()
    assert endpoint.state == "active"


def test_one_that_was_switched_off_says_why(owner: Client, endpoint: Endpoint, receiver: Receiver) -> None:
    receiver.answers(Reply(410))
    webhooks.happen(endpoint)
    deliver()
    assert "接收方回答 410" in page(owner, at(endpoint))
    assert "已停用" in page(owner, "/agency/webhooks")


def test_edit_and_delete(owner: Client, endpoint: Endpoint) -> None:
    owner.post(at(endpoint, "edit"), {"url": "https://hr.example.com/new", "types": ["fair.*"], "description": ""})
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.types) == ("https://hr.example.com/new", ["fair.*"])
    assert "不能恢复" in page(owner, at(endpoint, "delete"))
    owner.post(at(endpoint, "delete"))
    assert owner.get(at(endpoint)).status_code == 404


def test_a_signature_is_checked_on_the_page(owner: Client, endpoint: Endpoint, receiver: Receiver) -> None:
    webhooks.happen(endpoint)
    deliver()
    sent = receiver.received[0]
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    given = {
        "headers": "\r\n".join(f"{name}: {sent.headers[name]}" for name in names),
        "body": sent.body.decode(),
        "endpoint": str(endpoint.id),
    }
    assert "签名对得上" in owner.post("/agency/webhooks/verify", given).content.decode()
    given["body"] += " "
    assert "没有一个签名对得上" in owner.post("/agency/webhooks/verify", given).content.decode()
    assert "请填密钥" in owner.post("/agency/webhooks/verify", {**given, "endpoint": ""}).content.decode()


def test_foreign_endpoints_are_not_found(owner: Client, receiver: Receiver) -> None:
    foreign = webhooks.endpoint(receiver.url)
    assert owner.get(at(foreign)).status_code == 404
    assert owner.post(at(foreign, "pause")).status_code == 404


@pytest.mark.parametrize("path", ["", "/{id}", "/{id}/deliveries", "/{id}/deliveries/{message}"])
def test_the_queries_do_not_grow_with_the_rows(
    owner: Client,
    agency: Agency,
    endpoint: Endpoint,
    receiver: Receiver,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            webhooks.endpoint(f"{receiver.url}/{number}", agency=agency)
        webhooks.happen(endpoint, count)
        deliver()

    fill(2)
    message = Message.objects.filter(endpoint=endpoint).first()
    where = "/agency/webhooks" + path.format(id=endpoint.id, message=message and message.id)
    page(owner, where)
    with django_assert_max_num_queries(12) as few:
        page(owner, where)
    fill(6)
    with django_assert_max_num_queries(len(few)):
        page(owner, where)


def test_pages_name_no_internal_words(owner: Client, endpoint: Endpoint) -> None:
    assert not re.search(r"UUID|None|pending", page(owner, at(endpoint)))
