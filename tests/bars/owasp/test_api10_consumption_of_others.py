"""API10:2023 Unsafe consumption of APIs: what other services send is checked as what anybody sends."""

import pytest
from django.test import Client

from jiuye.domains.verification.models import VerificationCase
from tests.bars.owasp.conftest import Scene

pytestmark = pytest.mark.django_db

CALLBACKS = ("/callbacks/authority", "/callbacks/sms-receipts")


@pytest.mark.parametrize("path", CALLBACKS)
@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"{" * 5000, b'{"request_id": "1", "outcome": "matched"}', "无".encode("gb18030"), b"\x00"],
)
def test_a_callback_without_a_signature_changes_nothing(scene: Scene, path: str, body: bytes) -> None:
    before = list(VerificationCase.objects.order_by("pk").values())
    answer = Client().post(path, body, content_type="application/json")
    assert answer.status_code in (400, 401)
    assert list(VerificationCase.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("path", CALLBACKS)
def test_a_large_callback_is_not_read(scene: Scene, path: str) -> None:
    answer = Client().post(path, b"x" * (64 * 1024 + 1), content_type="application/json")
    assert answer.status_code == 413
