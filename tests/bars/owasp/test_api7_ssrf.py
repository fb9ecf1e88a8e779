"""API7:2023 Server side request forgery: no address of ours can be made the target of a webhook."""

import pytest

from jiuye.adapters.webhooks_http import HttpWebhookSender
from jiuye.adapters.webhooks_http.addresses import Refused, addresses_of, target_of
from jiuye.ports import webhooks
from tests.bars.owasp.conftest import Scene

pytestmark = pytest.mark.django_db

INTERNAL = [
    "https://127.0.0.1/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://10.0.0.5/x",
    "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/", "https://0.0.0.0/", "http://example.com/",
    "https://user:secret@example.com/", "https://example.com:22/", "file:///etc/passwd", "gopher://example.com/",
    "https://example.com/#x", "//example.com/", "https://",
]  # fmt: skip


@pytest.fixture(autouse=True)
def sender_of_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside production webhooks may go to this machine."""
    monkeypatch.setattr(webhooks, "get", HttpWebhookSender)


@pytest.mark.parametrize("url", INTERNAL)
def test_an_endpoint_never_has_an_internal_address(scene: Scene, url: str) -> None:
    answer = scene.theirs.post("/agency/webhooks", {"url": url, "description": "试"})
    assert answer.status_code == 422, answer.content
    changed = scene.theirs.patch(f"/agency/webhooks/{scene.ids['webhook_id']}", {"url": url})
    assert changed.status_code == 422


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "0177.0.0.1"])
def test_nor_is_one_called_that_hides_behind_a_name(host: str) -> None:
    """Names are looked up when a message is sent, and the address is checked then."""
    with pytest.raises(Refused):
        addresses_of(target_of(f"https://{host}/", allows_loopback=False), allows_loopback=False)
