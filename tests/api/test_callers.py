"""Who may call an operation of agencies' clients."""

import pytest
from django.test import Client

from jiuye.domains.clients.models import ApiClient, ClientCredential
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Scope
from jiuye.kernel import clock
from tests.factories import clients, organisations
from tests.factories.jobs import posting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    forget_callers()


def test_a_client_sees_its_own_agencys_postings_only() -> None:
    caller = clients.caller()
    own = posting(caller.agency, title="氩弧焊工")
    posting(organisations.agency(), title="别家的职位")
    assert [item["id"] for item in caller.get("/agency/jobs").json()["items"]] == [str(own.id)]


def test_without_a_credential_one_is_told_to_bring_one(client: Client) -> None:
    answer = client.get("/api/v1/agency/jobs")
    assert (answer.status_code, answer.json()["code"]) == (401, "credential_required")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_a_client_without_the_scope_is_told_which_one() -> None:
    answer = clients.caller(scopes=[Scope.SHOP_READ]).get("/agency/jobs")
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    assert "jobs:read" in answer.json()["detail"]


def test_a_revoked_credential_or_client_is_refused() -> None:
    for table in (ClientCredential, ApiClient):
        caller = clients.caller()
        table.objects.update(revoked_at=clock.now())
        forget_callers()
        assert caller.get("/agency/jobs").status_code == 401


def test_a_key_works_from_its_networks_only() -> None:
    caller = clients.caller(networks=["203.0.113.0/24"])
    calls = {
        address: Client().get("/api/v1/agency/jobs", headers=caller.headers(), REMOTE_ADDR=address).status_code
        for address in ("203.0.113.9", "198.51.100.9")
    }
    assert calls == {"203.0.113.9": 200, "198.51.100.9": 403}


def test_its_use_is_noted() -> None:
    clients.caller().get("/agency/jobs")
    assert ClientCredential.objects.get().last_used_at is not None
