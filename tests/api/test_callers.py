"""Who may call an operation of agencies' clients."""

import time
from typing import Any

import pytest
from django.test import Client

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.clients.models import ApiClient, ClientCredential
from jiuye.domains.clients.queries import forget_callers
from jiuye.domains.clients.states import Scope
from jiuye.domains.organisations.models import Qualification
from jiuye.domains.sanctions import actions
from jiuye.domains.sanctions.actions import Proposal
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from tests.factories import clients, organisations
from tests.factories.clients import Caller
from tests.factories.jobs import posting

pytestmark = pytest.mark.django_db
SUSPENSION = Proposal(
    level="suspend",
    reason="职位“急招普工”要求求职者交 500 元押金。",
    bases=("deposits",),
    evidence="求职者提供的转账记录和聊天截图。",
    step_reason="已收取多人押金，情节严重。",
)


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
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="jiuye"'
    unknown = client.get("/api/v1/agency/jobs", headers={"Authorization": "Bearer jya_live_unknown"})
    assert unknown.headers["WWW-Authenticate"] == 'Bearer realm="jiuye", error="invalid_token"'


def test_a_client_without_the_scope_is_told_which_one() -> None:
    answer = clients.caller(scopes=[Scope.SHOP_READ]).get("/agency/jobs")
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    assert "jobs:read" in answer.json()["detail"]
    said = 'Bearer realm="jiuye", error="insufficient_scope", scope="jobs:read"'
    assert answer.headers["WWW-Authenticate"] == said


def test_a_revoked_credential_or_client_is_refused() -> None:
    for table in (ClientCredential, ApiClient):
        caller = clients.caller()
        table.objects.update(revoked_at=clock.now())
        forget_callers()
        assert caller.get("/agency/jobs").status_code == 401


def test_a_process_remembers_a_credential_for_less_than_half_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    caller = clients.caller()
    assert caller.get("/agency/jobs").status_code == 200
    ClientCredential.objects.update(revoked_at=clock.now())
    later = time.monotonic() + 30
    monkeypatch.setattr(time, "monotonic", lambda: later)
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


def unsafe(caller: Caller, member: object = None) -> Any:
    """A write, in whose checks only the caller matters: its body is refused last of all."""
    headers = {"Authorization": f"Bearer {caller.key}", "On-Behalf-Of": str(member or caller.member_id)}
    return Client().post("/api/v1/agency/fairs", {}, content_type="application/json", headers=headers)


def test_a_write_names_a_member_by_id() -> None:
    caller = clients.caller()
    assert unsafe(caller).json()["code"] == "invalid"  # the body
    for name in (" ", "qian"):
        answer = unsafe(caller, name)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "On-Behalf-Of")


@pytest.mark.parametrize("who", ["ended", "of another agency", "suspended", "nobody"])
def test_somebody_who_is_no_member_now_is_refused(who: str) -> None:
    caller = clients.caller()
    named = organisations.member(caller.agency, role="owner").person
    if who == "ended":
        Membership.objects.filter(user_id=named).update(ended_at=clock.now())
    elif who == "suspended":
        User.objects.filter(pk=named).update(suspended_at=clock.now())
    else:
        named = clients.caller().member_id if who == "of another agency" else new_id()
    answer = unsafe(caller, named)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_a_member")


def test_a_suspension_closes_an_agencys_api_at_once_and_its_end_opens_it() -> None:
    caller = clients.caller()
    auditors = [organisations.operator("auditor") for _ in range(2)]
    assert caller.get("/agency/jobs").status_code == 200  # the credential is kept in this process now
    sanction = actions.impose(auditors[0], kind="agency", subject_id=caller.agency.pk, proposal=SUSPENSION)
    for answer in (caller.get("/agency/jobs"), unsafe(caller)):
        assert (answer.status_code, answer.json()["code"]) == (403, "portal_closed")
    actions.lift(auditors[1], sanction_id=sanction, reason="已整改，退还了押金。")
    assert caller.get("/agency/jobs").status_code == 200


def test_an_agency_that_is_not_approved_yet_has_no_api() -> None:
    caller = clients.caller()
    Qualification.objects.filter(organisation_id=caller.agency.pk).update(state="draft", expires_on=None)
    assert caller.get("/agency/jobs").json()["code"] == "not_admitted"
