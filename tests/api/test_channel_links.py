"""Links for a channel name it, and opening one counts for it."""

import re

import pytest
from django.conf import settings
from django.test import Client

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.models import Channel
from tests.factories import channels, organisations, public_site
from tests.factories.jobs import posting
from tests.factories.public_site import assert_is_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    queries.forget_channels()
    admin = organisations.operator("security_admin")
    return actions.issue_key(admin, channel_id=channels.channel("app-pay").id).key


def test_every_address_is_absolute_and_names_the_channel(client: Client, stocked: TantivyEngine, key: str) -> None:
    fair, policy = public_site.fair(), public_site.policy()
    headers = {"authorization": f"Bearer {key}"}
    for path in ("jobs", "agencies", "fairs", "policies", f"fairs/{fair.id}", f"policies/{policy.id}"):
        answer = client.get(f"/api/v1/{path}", headers=headers)
        assert answer.headers["Cache-Control"].startswith("private"), "another channel has other links"
        assert "Authorization" in answer.headers["Vary"]
        content = answer.json()
        for item in content.get("items", [content]):
            assert re.fullmatch(re.escape(settings.SITE_URL) + r"/\w+/[0-9a-f-]{36}\?channel=app-pay", item["url"])


def test_without_a_key_caches_may_share_what_they_keep(client: Client, stocked: TantivyEngine) -> None:
    answer = client.get("/api/v1/jobs")
    assert_is_public(answer)
    assert "Authorization" in answer.headers["Vary"]
    assert all(re.fullmatch(r"/jobs/[0-9a-f-]{36}", item["url"]) for item in answer.json()["items"])


def test_the_other_formats_name_it_too(client: Client, stocked: TantivyEngine, key: str) -> None:
    headers = {"authorization": f"Bearer {key}"}
    assert "?channel=app-pay" in client.get("/api/v1/jobs.atom", headers=headers).content.decode()
    one = client.get(f"/api/v1/jobs/{posting().id}/jobposting.json", headers=headers)
    assert one.json()["url"].endswith("?channel=app-pay")


def test_opening_a_link_counts_for_the_channel_without_a_cookie(client: Client, key: str) -> None:
    page = client.get(f"/jobs/{posting().id}?channel=app-pay")
    assert not page.cookies
    assert "public" in page.headers["Cache-Control"]
    (address,) = re.findall(r'hx-post="(/sso/visits/[^"]+)"', page.content.decode())
    for _ in range(2):
        counted = client.post(address)
        assert (counted.status_code, counted.cookies.output()) == (204, "")
    admin = organisations.operator("security_admin")
    assert queries.channel_detail(admin, Channel.objects.get().id).totals.visits == 2


@pytest.mark.parametrize("code", ["nobody", "app-off"])
def test_a_channel_that_is_unknown_or_off_is_not_counted(client: Client, code: str) -> None:
    channels.channel("app-off", is_enabled=False)
    assert client.post(f"/sso/visits/{code}").status_code == 204
    admin = organisations.operator("security_admin")
    assert queries.channel_detail(admin, Channel.objects.get().id).totals.visits == 0


@pytest.mark.parametrize("written", ["", "<script>", "https://example.com", "a" * 50])
def test_what_is_no_code_leaves_no_trace_in_the_page(client: Client, written: str) -> None:
    page = client.get(f"/jobs/{posting().id}", {"channel": written})
    assert "/sso/visits/" not in page.content.decode()
