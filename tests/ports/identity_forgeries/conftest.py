"""What the client of the card service must refuse, each against a provider that forges it."""

from collections.abc import Iterator

import pytest

from jiuye.adapters.identity_oidc import OidcIdentityProvider
from jiuye.ports.identity import CardHolder
from tests.factories.forging_provider import ForgingProvider, running_forging_provider
from tests.ports.identity_forgeries.entering import REDIRECT, Enter, client_of


@pytest.fixture
def forger() -> Iterator[ForgingProvider]:
    with running_forging_provider() as running:
        yield running


@pytest.fixture
def client(forger: ForgingProvider) -> OidcIdentityProvider:
    return client_of(forger)


@pytest.fixture
def enter(forger: ForgingProvider, client: OidcIdentityProvider) -> Enter:
    """A sign-in that succeeds, apart from what the test has changed."""

    def sign_in() -> CardHolder:
        journey = client.start(redirect_uri=REDIRECT, channel="")
        return client.finish(journey, answer=forger.ask(journey))

    return sign_in
