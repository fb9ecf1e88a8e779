"""The keys that tokens are signed with."""

from typing import Any

import pytest

from jiuye.ports.identity import IdentityForged, IdentityUnavailable
from tests.factories.forging_provider import ForgingProvider, new_key, signed
from tests.ports.identity_forgeries.entering import Enter


def test_a_new_key_is_asked_for_when_a_token_names_it(enter: Enter, forger: ForgingProvider, monkeypatch: Any) -> None:
    monkeypatch.setattr("jiuye.adapters.identity_oidc.metadata.ASK_AGAIN_AFTER", 0.0)
    enter()
    new = new_key("k-2")
    forger.published, forger.codes = [new.as_dict(private=False)], {"c-1"}
    forger.forge = lambda claims: signed(claims, new)

    assert enter().subject == "s-1"
    assert forger.calls["jwks"] == 2


def test_a_stream_of_unknown_keys_does_not_become_one_of_calls(enter: Enter, forger: ForgingProvider) -> None:
    forger.forge = lambda claims: signed(claims, new_key("k-9"))
    for _ in range(5):
        forger.codes = {"c-1"}
        with pytest.raises(IdentityForged):
            enter()

    assert forger.calls["jwks"] == 1


def test_keys_that_cannot_be_read_cost_nobody_the_others(enter: Enter, forger: ForgingProvider) -> None:
    forger.published = [{"kty": "QQ"}, "nonsense", {"kty": "EC"}, *forger.published]

    assert enter().subject == "s-1"


@pytest.mark.parametrize("keys", [None, {}, "nonsense"])
def test_a_provider_without_keys_is_unavailable(enter: Enter, forger: ForgingProvider, keys: Any) -> None:
    forger.published = keys

    with pytest.raises(IdentityUnavailable):
        enter()
