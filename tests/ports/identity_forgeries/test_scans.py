"""Requests that are scanned with the phone."""

from typing import Any

import pytest

from jiuye.adapters.identity_oidc import OidcIdentityProvider
from jiuye.ports.identity import IdentityUnavailable
from tests.factories.forging_provider import ForgingProvider


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"reference": "r-1", "qr_uri": "", "expires_in": 60},
        {"reference": "", "qr_uri": "https://card.example/s/1", "expires_in": 60},
        {"reference": "r-1", "qr_uri": "https://card.example/s/1", "expires_in": 3600},
        {"reference": "r-1", "qr_uri": "https://card.example/s/1", "expires_in": "60"},
    ],
    ids=str,
)
def test_a_scan_request_that_makes_no_sense_is_not_shown(
    client: OidcIdentityProvider, forger: ForgingProvider, told: dict[str, Any]
) -> None:
    forger.qr = told

    with pytest.raises(IdentityUnavailable):
        client.show_qr(match="42", seconds=120)


@pytest.mark.parametrize("state", ["", "done", None, "used"])
def test_a_state_that_does_not_exist_is_unavailable(
    client: OidcIdentityProvider, forger: ForgingProvider, state: str | None
) -> None:
    forger.qr = {"state": state, "code": "c-1"}

    with pytest.raises(IdentityUnavailable):
        client.follow_qr("r-1")


def test_a_code_before_the_approval_is_not_passed_on(client: OidcIdentityProvider, forger: ForgingProvider) -> None:
    forger.qr = {"state": "scanned", "code": "c-1"}

    assert client.follow_qr("r-1").code == ""


def test_a_request_the_provider_has_forgotten_has_expired(
    client: OidcIdentityProvider, forger: ForgingProvider
) -> None:
    forger.statuses["qr"] = 404
    # The first call is for the addresses, which are there.
    assert client.follow_qr("r-1").state == "expired"
