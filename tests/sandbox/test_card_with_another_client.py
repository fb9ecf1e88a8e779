"""The card service with a third-party client (idpyoidc), over real HTTP: it is an OpenID provider for other clients than ours too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptojwt import KeyJar
from cryptojwt.exception import BadSignature
from idpyoidc.client.exception import OidcServiceError
from idpyoidc.client.rp_handler import RPHandler
from idpyoidc.exception import NotForMe, VerificationError
from idpyoidc.message.oidc import EXPError

from jiuye.sandbox import people
from tests.factories.sandbox import Sandbox, running_sandbox

pytestmark = pytest.mark.processes
SITE = "https://site.example"
HOLDER = "19900001001"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(Path(tmp_path_factory.mktemp("sandbox")), site=SITE) as running:
        yield running


def relying_party(issuer: str) -> RPHandler:
    """A client that knows the issuer and its credentials; it discovers everything else."""
    settings = {
        "issuer": issuer,
        "client_id": "jiuye-online",
        "client_secret": "sandbox-essc-secret",
        "client_type": "oidc",
        "redirect_uris": [f"{SITE}/sso/essc/callback"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "phone", "essc"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "client_authn_methods": ["client_secret_basic", "bearer_header"],
        "services": {
            name: {"class": f"idpyoidc.client.oidc.{path}"}
            for name, path in {
                "discovery": "provider_info_discovery.ProviderInfoDiscovery",
                "authorization": "authorization.Authorization",
                "accesstoken": "access_token.AccessToken",
                "userinfo": "userinfo.UserInfo",
            }.items()
        },
        "add_ons": {
            "pkce": {
                "function": "idpyoidc.client.oauth2.add_on.pkce.add_support",
                "kwargs": {"code_challenge_length": 64, "code_challenge_method": "S256"},
            }
        },
    }
    # A separate key jar: by default the library creates keys and writes them into the working folder.
    return RPHandler(base_url=SITE, client_configs={issuer: settings}, keyjar=KeyJar(), httpc_params={"verify": False})


def signed_in(sandbox: Sandbox) -> dict[str, Any]:
    """The client's result of a whole sign-in by the holder."""
    issuer = f"{sandbox.url}/essc"
    client = relying_party(issuer)
    location = sandbox.authorize(HOLDER, client.begin(issuer))
    told: dict[str, Any] = client.finalize(issuer, dict(parse_qsl(urlsplit(location).query)))
    return told


def test_it_discovers_signs_in_with_pkce_and_reads_userinfo(sandbox: Sandbox) -> None:
    told = signed_in(sandbox)

    holder = people.by_phone(HOLDER)
    assert holder
    assert told["userinfo"]["sub"] == told["id_token"]["sub"] == holder.subject
    assert told["userinfo"]["name"] == holder.name
    assert told["userinfo"]["id_number"] == holder.id_number
    assert told["id_token"]["acr"] == "essc:2"


def test_it_takes_no_code_twice(sandbox: Sandbox) -> None:
    issuer = f"{sandbox.url}/essc"
    client = relying_party(issuer)
    answer = dict(parse_qsl(urlsplit(sandbox.authorize(HOLDER, client.begin(issuer))).query))
    client.finalize(issuer, answer)

    with pytest.raises(OidcServiceError, match="invalid_grant"):
        client.finalize(issuer, answer)


def test_it_understands_that_the_holder_declined(sandbox: Sandbox) -> None:
    issuer = f"{sandbox.url}/essc"
    client = relying_party(issuer)
    location = sandbox.authorize(HOLDER, client.begin(issuer), answer="refuse")

    told = client.finalize(issuer, dict(parse_qsl(urlsplit(location).query)))

    assert told["error"] == "access_denied"


@pytest.mark.parametrize(
    ("switch", "complaint"),
    [
        ("forged_signature", BadSignature),
        ("wrong_nonce", ValueError),
        ("wrong_audience", NotForMe),
        ("wrong_issuer", VerificationError),
        ("expired_token", EXPError),
    ],
)
def test_it_sees_through_every_forgery(sandbox: Sandbox, switch: str, complaint: type[Exception]) -> None:
    sandbox.press("essc", **{switch: 1})
    try:
        with pytest.raises(complaint):
            signed_in(sandbox)
    finally:
        sandbox.release("essc")
