"""Signing in with a provider that forges answers."""

from collections.abc import Callable
from typing import Any

from jiuye.adapters.identity_oidc import OidcIdentityProvider
from jiuye.ports.identity import CardHolder
from tests.factories.forging_provider import CLIENT_ID, CLIENT_SECRET, ForgingProvider

REDIRECT = "http://127.0.0.1:8000/sso/essc/callback"
Enter = Callable[[], CardHolder]


def client_of(forger: ForgingProvider, **options: Any) -> OidcIdentityProvider:
    return OidcIdentityProvider(
        issuer=forger.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, **{"fresh_seconds": 0, **options}
    )
