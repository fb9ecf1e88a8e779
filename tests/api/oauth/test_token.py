"""The token endpoint: client credentials by secret or signed assertion (RFC 6749 §4.4, RFC 7523)."""

import base64
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from jiuye.domains.accounts.models import ClosedPortal
from jiuye.domains.clients import actions
from jiuye.domains.clients.models import AccessToken, ApiClient, ClientCredential
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Mode, Scope
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.factories import clients
from tests.factories.clients import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")]
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EC = ECKey.generate_key("P-256")
RSA = RSAKey.generate_key(2048)
KEYS: list[tuple[str, Any]] = [("ES256", EC), ("EdDSA", OKPKey.generate_key("Ed25519")), ("RS256", RSA)]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_callers()


@pytest.fixture
def caller() -> Caller:
    return clients.caller(scopes=[Scope.JOBS_READ, Scope.JOBS_WRITE])


def ask(body: dict[str, Any], *, grant: str = "client_credentials", address: str = "127.0.0.1", **headers: str) -> Any:
    body = {"grant_type": grant, **body} if grant else body
    return Client().post(
        "/oauth/token",
        "&".join(f"{name}={value}" for name, value in body.items()),
        content_type="application/x-www-form-urlencoded",
        headers=headers,
        REMOTE_ADDR=address,
    )


def by_secret(caller: Caller, **more: str) -> dict[str, str]:
    return {"client_id": str(caller.client_id), "client_secret": clients.secret(caller), **more}


def assertion(caller: Caller, key: Any = EC, algorithm: str = "ES256", **claims: Any) -> str:
    now = int(clock.real_now().timestamp())
    given = {
        "iss": str(caller.client_id),
        "sub": str(caller.client_id),
        "aud": f"{settings.SITE_URL}/oauth/token",
        "exp": now + 120,
        "jti": str(uuid4()),
        **claims,
    }
    given = {name: value for name, value in given.items() if value is not None}
    return jwt.encode({"alg": algorithm}, given, key, algorithms=[algorithm])


def signed(token: str) -> dict[str, str]:
    return {"client_assertion_type": TYPE, "client_assertion": token}


def use(token: str, path: str = "/api/v1/agency/jobs") -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {token}"})


def test_a_secret_in_the_body_is_exchanged_for_a_token_that_works_for_an_hour(caller: Caller) -> None:
    answer = ask(by_secret(caller))
    told = answer.json()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 3600, "jobs:read jobs:write")
    assert told["access_token"].startswith("jyt_live_")
    assert use(told["access_token"]).status_code == 200
    with clock.frozen(clock.real_now() + timedelta(minutes=61)):
        expired = use(told["access_token"])
    assert (expired.status_code, expired.json()["code"]) == (401, "invalid_key")


def test_a_secret_may_stand_in_the_header(caller: Caller) -> None:
    pair = f"{caller.client_id}:{clients.secret(caller)}".encode()
    assert ask({}, Authorization=f"Basic {base64.b64encode(pair).decode()}").status_code == 200


def test_the_token_of_a_test_client_shows_that_it_is_one() -> None:
    caller = clients.caller(mode=Mode.TEST)
    body = {"client_id": str(caller.client_id), "client_secret": clients.secret(caller, mode=Mode.TEST)}
    assert ask(body).json()["access_token"].startswith("jyt_test_")


@pytest.mark.parametrize(("algorithm", "key"), [*KEYS, ("PS256", KEYS[2][1]), ("Ed25519", KEYS[1][1])])
def test_an_assertion_signed_with_a_registered_key_is_exchanged(caller: Caller, algorithm: str, key: Any) -> None:
    clients.public_key(caller, key)
    answer = ask(signed(assertion(caller, key, algorithm)))
    assert answer.status_code == 200, answer.content
    assert use(answer.json()["access_token"]).status_code == 200


def test_an_assertion_works_once(caller: Caller) -> None:
    clients.public_key(caller, EC)
    token = assertion(caller)
    assert [ask(signed(token)).status_code for _ in range(2)] == [200, 401]


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://other.example/token"},
        {"aud": [f"{settings.SITE_URL}/oauth/token", "https://other.example"]},
        {"aud": None},
        {"exp": None},
        {"exp": "soon"},
        {"exp": 1},
        {"exp": 4102444800},
        {"nbf": 4102444800},
        {"jti": None},
        {"jti": 7},
        {"sub": "somebody else"},
    ],
)
def test_an_assertion_with_other_claims_is_refused(caller: Caller, claims: dict[str, Any]) -> None:
    clients.public_key(caller, EC)
    answer = ask(signed(assertion(caller, **claims)))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_an_unsigned_assertion_and_one_signed_with_the_public_key_as_a_secret_are_refused(caller: Caller) -> None:
    clients.public_key(caller, KEYS[2][1])
    good = assertion(caller, KEYS[2][1], "RS256")
    claims = jws.extract_compact(good.encode()).payload
    unsigned = jws.serialize_compact({"alg": "none"}, claims, None, algorithms=["none"])  # type: ignore[arg-type]
    public = OctKey.import_key(RSA.as_pem(private=False).decode().replace("PUBLIC", "ANY"))
    confused = jws.serialize_compact({"alg": "HS256"}, claims, public, algorithms=["HS256"])
    strange = signed(assertion(caller, ECKey.generate_key("P-256")))
    refused = [ask(signed(one)).status_code for one in (unsigned, confused, "a.b.c", "x" * 9000)]
    assert [*refused, ask(strange).status_code] == [401] * 5


def test_scope_narrows_what_the_token_may_do(caller: Caller) -> None:
    token = ask(by_secret(caller, scope="jobs:write")).json()
    assert token["scope"] == "jobs:write"
    assert use(token["access_token"]).json()["code"] == "insufficient_scope"


@pytest.mark.parametrize("scope", ["jobs:read shop:read", "everything", "jobs:read  jobs:write"])
def test_no_token_has_more_than_its_client(caller: Caller, scope: str) -> None:
    answer = ask(by_secret(caller, scope=scope.replace(" ", "%20")))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_scope")


def test_scopes_taken_from_the_client_leave_its_tokens(caller: Caller) -> None:
    token = ask(by_secret(caller)).json()["access_token"]
    ApiClient.objects.update(scopes=[Scope.SHOP_READ])
    forget_callers()
    assert use(token).json()["code"] == "insufficient_scope"


def test_a_wrong_an_unknown_and_a_missing_secret_answer_alike(caller: Caller) -> None:
    bodies = [
        by_secret(caller, client_secret="jys_live_wrong"),
        by_secret(caller, client_id=str(uuid4())),
        by_secret(caller, client_id="nobody"),
        {"client_id": str(caller.client_id)},
        {"client_id": str(caller.client_id), "client_secret": caller.key},
    ]
    for body in bodies:
        answer = ask(body)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")
    assert not AccessToken.objects.exists()


def test_faulty_requests_are_told_which_fault(caller: Caller) -> None:
    secret = by_secret(caller)
    refused = {
        "no grant": ask(secret, grant=""),
        "other grant": ask(secret, grant="password"),
        "twice": ask({**secret, "scope": "jobs:read&scope=jobs:write"}),
        "two ways": ask({**secret, "client_assertion": "x"}),
        "json": Client().post("/oauth/token", secret, content_type="application/json"),
        "get": Client().get("/oauth/token", secret),
        "in the address": Client().post(f"/oauth/token?client_id={caller.client_id}&grant_type=client_credentials"),
    }
    assert {name: (one.status_code, one.json()["error"]) for name, one in refused.items()} == {
        "no grant": (400, "invalid_request"),
        "other grant": (400, "unsupported_grant_type"),
        "twice": (400, "invalid_request"),
        "two ways": (400, "invalid_request"),
        "json": (400, "invalid_request"),
        "get": (405, "invalid_request"),
        "in the address": (400, "invalid_request"),
    }


def test_tokens_are_issued_to_the_clients_networks_only(caller: Caller) -> None:
    ApiClient.objects.update(networks=["203.0.113.0/24"])
    answers = [ask(by_secret(caller), address=one) for one in ("203.0.113.9", "198.51.100.9")]
    assert [one.status_code for one in answers] == [200, 400]
    assert answers[1].json()["error"] == "unauthorized_client"


def test_a_suspended_agency_gets_no_tokens(caller: Caller) -> None:
    ClosedPortal.objects.create(organisation_id=caller.agency.id, closed_at=clock.now())
    answer = ask(by_secret(caller))
    assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")


def test_a_token_ends_with_its_secret(caller: Caller) -> None:
    ends = clock.real_now() + timedelta(minutes=10)
    body = {"client_id": str(caller.client_id), "client_secret": clients.secret(caller, expires_at=ends)}
    answer = ask(body).json()
    assert 590 <= answer["expires_in"] <= 600
    ClientCredential.objects.update(revoked_at=clock.real_now())
    assert ask(body).status_code == 401
    forget_callers()
    assert use(answer["access_token"]).status_code == 401


def test_guessing_is_slow(caller: Caller) -> None:
    with clock.frozen(clock.real_now()):
        answers = [ask(by_secret(caller, client_secret="jys_live_x"), address="198.51.100.4") for _ in range(61)]
    assert answers[59].status_code == 401
    assert answers[60].status_code == 429
    assert 1 <= int(answers[60].headers["Retry-After"]) <= 60


def test_expired_tokens_are_deleted(caller: Caller) -> None:
    ask(by_secret(caller))
    with clock.frozen(clock.real_now() + timedelta(minutes=59)):
        assert actions.forget_expired(Actor.system()) == 0
    with clock.frozen(clock.real_now() + timedelta(minutes=61)):
        assert actions.forget_expired(Actor.system()) == 1


def test_the_servers_metadata_names_the_endpoint_and_what_it_takes(client: Client) -> None:
    told = client.get("/.well-known/oauth-authorization-server").json()
    assert told["token_endpoint"] == f"{told['issuer']}/oauth/token"
    assert told["token_endpoint_auth_methods_supported"] == [
        "client_secret_basic",
        "client_secret_post",
        "private_key_jwt",
    ]
    assert "none" not in told["token_endpoint_auth_signing_alg_values_supported"]
    assert set(told["scopes_supported"]) == set(Scope.values)
