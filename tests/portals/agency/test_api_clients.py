"""开放接口: the owner's pages for the agency's API clients."""

import html
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.clients import actions, queries
from jiuye.domains.clients.models import ApiClient, ClientCredential, TestWorld
from jiuye.domains.clients.states import Mode, Scope
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories import accounts, clients, organisations
from tests.factories.clients import Caller
from tests.factories.typed_forms import comes_back

pytestmark = pytest.mark.django_db
NEW = {
    "name": "人事系统",
    "mode": "test",
    "scopes": ["jobs:read", "jobs:write"],
    "networks": "203.0.113.7\n2001:db8::/32",
}


@pytest.fixture
def caller() -> Caller:
    queries.forget_callers()
    return clients.caller()


@pytest.fixture
def owner(caller: Caller) -> Client:
    return accounts.browser(User.objects.get(pk=caller.member_id), confirmed=True)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code, answer.headers)
    return html.unescape(answer.content.decode())


def form_of(client: Client, path: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    return dict(re.findall(r'<input type="hidden" name="(form_id)" value="([^"]+)"', page(client, path)))


def at(caller: Caller, *parts: object) -> str:
    return "/".join(["/agency/api", str(caller.client_id), *map(str, parts)])


def test_an_agency_without_clients_is_told_what_they_are_for() -> None:
    agency = organisations.agency()
    person = User.objects.get(pk=organisations.member(agency, role="owner").person)
    shown = page(accounts.browser(person), "/agency/api")
    assert all(text in shown for text in ("还没有接口客户端", "新建客户端", "/api/v1/docs"))


def test_live_and_test_look_different(owner: Client, caller: Caller) -> None:
    ApiClient.objects.create(
        agency=caller.agency, name="试接", mode=Mode.TEST, scopes=[Scope.JOBS_READ], created_by_id=caller.member_id,
        created_at=clock.now(),
    )  # fmt: skip
    shown = page(owner, "/agency/api")
    assert [shown.count(f">{word}<") or shown.count(word) for word in ("正式", "测试")] != [0, 0]
    assert "还没有密钥" in shown


def test_creating_one_leads_to_its_page(owner: Client) -> None:
    answer = owner.post("/agency/api/new", NEW)
    assert answer.status_code == 302
    made = ApiClient.objects.get(name="人事系统", mode="test")
    assert made.networks == ["203.0.113.7/32", "2001:db8::/32"]
    shown = page(owner, answer.headers["Location"])
    assert "测试数据正在准备" in shown
    assert "还没有凭据" in shown
    TestWorld.objects.get_or_create(client=made, defaults={"agency_id": uuid4(), "created_at": clock.now()})
    assert "测试数据正在准备" not in page(owner, answer.headers["Location"])


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(owner: Client) -> None:
    answer = owner.post("/agency/api/new", {**NEW, "name": "招聘系统", "scopes": [], "networks": "办公室"})
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert all(text in shown for text in ("招聘系统", "办公室", "请至少选择一项权限"))
    answer = owner.post("/agency/api/new", {**NEW, "networks": "办公室"})
    shown = html.unescape(answer.content.decode())
    assert "203.0.113.0/24，每行一个" in shown
    assert re.search(r'value="jobs:write" checked', shown)
    assert not ApiClient.objects.filter(mode="test").exists()


def test_a_key_is_shown_once_and_works(owner: Client, caller: Caller) -> None:
    path = at(caller, "credentials", "key")
    answer = owner.post(path, {**form_of(owner, path), "lasts": "", "others_end": "7"})
    shown = answer.content.decode()
    assert answer.status_code == 201
    assert "no-store" in answer.headers["Cache-Control"]
    key = re.findall(r'id="new-secret">(jya_live_[\w-]{40,})<', shown)[0]
    assert queries.caller_of(key)
    assert key not in page(owner, at(caller))
    assert [one.expires_at is None for one in ClientCredential.objects.order_by("created_at")] == [False, True]


def test_a_secret_is_shown_with_the_id_it_belongs_to(owner: Client, caller: Caller) -> None:
    path = at(caller, "credentials", "secret")
    shown = owner.post(path, {**form_of(owner, path), "lasts": "90"}).content.decode()
    assert "jys_live_" in shown
    assert str(caller.client_id) in shown


def test_a_form_sent_twice_issues_one_key_and_the_last_answer_shows_it(owner: Client, caller: Caller) -> None:
    path = at(caller, "credentials", "key")
    sent = {**form_of(owner, path), "lasts": "", "others_end": ""}
    shown = [owner.post(path, sent).content.decode() for _ in range(2)]
    keys = [re.findall(r'id="new-secret">([\w-]+)<', one)[0] for one in shown]
    assert ClientCredential.objects.filter(client_id=caller.client_id).count() == 2  # with the caller's own
    assert [bool(queries.caller_of(key)) for key in keys] == [False, True]
    queries.forget_callers()
    ClientCredential.objects.update(last_used_at=clock.now())
    answer = owner.post(path, sent)  # in use by now: it keeps its secret
    assert answer.status_code == 409
    assert "请从客户端页面重新打开" in answer.content.decode()
    assert queries.caller_of(keys[1])


def test_a_third_key_needs_the_others_to_end(owner: Client, caller: Caller) -> None:
    path = at(caller, "credentials", "key")
    for others_end, status in (("", 201), ("7", 409), ("0", 201)):
        answer = owner.post(path, {**form_of(owner, path), "lasts": "", "others_end": others_end})
        assert answer.status_code == status
    assert ClientCredential.objects.filter(revoked_at=None).count() == 1


def test_a_public_key_is_registered(owner: Client, caller: Caller) -> None:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    written = key.public_bytes(serialization.Encoding.PEM, form).decode()
    path = at(caller, "credentials", "public-key")
    refused = owner.post(path, {**form_of(owner, path), "public_key": "-----BEGIN PRIVATE KEY-----", "lasts": ""})
    assert refused.status_code == 422
    assert "这是私钥" in refused.content.decode()
    assert owner.post(path, {**form_of(owner, path), "public_key": written, "lasts": ""}).status_code == 302
    assert "公钥" in page(owner, at(caller))


def test_a_credential_is_revoked(owner: Client, caller: Caller) -> None:
    row = ClientCredential.objects.get()
    assert owner.post(at(caller, "credentials", row.id, "revoke")).status_code == 302
    assert caller.get("/agency/jobs").status_code == 401
    assert "已停用" in page(owner, at(caller))


def test_editing_changes_what_its_key_may_do(owner: Client, caller: Caller) -> None:
    assert owner.post(at(caller, "edit"), {"name": "新名", "scopes": ["shop:read"], "networks": ""}).status_code == 302
    assert caller.get("/agency/jobs").status_code == 403
    shown = page(owner, at(caller))
    assert "人事系统 → 新名" in shown
    assert "去掉权限" in shown


def test_revoking_a_client_asks_first(owner: Client, caller: Caller) -> None:
    assert "停用后不能恢复" in page(owner, at(caller, "revoke"))
    assert owner.post(at(caller, "revoke")).headers["Location"] == "/agency/api"
    assert caller.get("/agency/jobs").status_code == 401
    shown = page(owner, at(caller))
    assert "已停用" in shown
    assert "生成密钥" not in shown


def test_the_usage_page_shows_what_was_counted(owner: Client, caller: Caller) -> None:
    assert "近 30 天没有请求" in page(owner, at(caller, "usage"))
    day = clock.today()
    actions.add_usage({(caller.client_id, day, "listAgencyJobs", status): 1200 for status in (200, 403, 429)})
    shown = page(owner, at(caller, "usage"))
    assert all(text in shown for text in ("listAgencyJobs", "3,600", "403：1,200，429：1,200"))
    assert re.search(r"写入：每分钟 <b[^>]*>3,000</b> 次", shown)


def test_changing_needs_a_confirmation_of_who_it_is(caller: Caller) -> None:
    browser = accounts.browser(User.objects.get(pk=caller.member_id))
    before = ClientCredential.objects.values().get()
    for path in ("/agency/api/new", at(caller, "edit"), at(caller, "revoke"), at(caller, "credentials", "key")):
        for answer in (browser.get(path), browser.post(path, NEW)):
            assert answer.status_code == 302
            assert "/confirm" in answer.headers["Location"]
    assert browser.post(at(caller, "credentials", UUID(str(before["id"])), "revoke")).status_code == 302
    assert ClientCredential.objects.values().get() == before


def test_what_was_typed_before_the_confirmation_is_restored_after_it(caller: Caller) -> None:
    person = User.objects.get(pk=caller.member_id)
    browser = accounts.browser(person)
    browser.post("/agency/api/new", NEW, headers={"Referer": "http://testserver/agency/api/new"})
    comes_back(browser, person, confirmed=True)
    shown = page(browser, "/agency/api/new")
    assert all(text in shown for text in ("您填写的内容已恢复", "人事系统", "2001:db8::/32"))
    assert re.search(r'value="jobs:write" checked', shown)
    assert not re.search(r'value="members:read" checked', shown)


def test_only_the_agencys_own_clients_are_there(caller: Caller) -> None:
    other = organisations.member(organisations.agency(), role="owner")
    browser = accounts.browser(User.objects.get(pk=other.person), confirmed=True)
    row = ClientCredential.objects.get()
    for path in (
        at(caller),
        at(caller, "edit"),
        at(caller, "usage"),
        at(caller, "revoke"),
        at(caller, "credentials", "key"),
    ):
        assert browser.get(path).status_code == 404
    assert browser.post(at(caller, "credentials", row.id, "revoke")).status_code == 404
    assert browser.get(at(caller, "credentials", "password")).status_code == 404


def test_pages_ask_the_database_little_however_many_clients_there_are(
    owner: Client, caller: Caller, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12) as few:
        page(owner, "/agency/api")
    for _ in range(10):
        made = clients.caller(caller.agency)
        for _ in range(3):
            clients.secret(made)
    with django_assert_max_num_queries(len(few)):
        page(owner, "/agency/api")
    confirmed = Actor(caller.member_id, caller.agency.pk, "agency", "owner", is_confirmed=True)
    actions.issue_credential(confirmed, client_id=caller.client_id)
    with django_assert_max_num_queries(12) as few:
        page(owner, at(caller))
    for _ in range(5):
        actions.issue_credential(confirmed, client_id=caller.client_id, others_end_in=timedelta())
    with django_assert_max_num_queries(len(few)):
        page(owner, at(caller))
    with django_assert_max_num_queries(12):
        page(owner, at(caller, "usage"))
