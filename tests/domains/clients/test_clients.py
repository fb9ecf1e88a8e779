"""An agency's owner manages its API clients: what they may do, their credentials, their end."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from joserfc.jwk import ECKey, OctKey

from jiuye.domains.clients import actions, queries
from jiuye.domains.clients.models import ApiClient, ClientCredential
from jiuye.domains.clients.states import CredentialKind, Mode, Scope
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, Denied, Invalid, NotFound, ProductError, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import EventRecord
from tests.factories import organisations

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)


@pytest.fixture
def owner() -> Actor:
    return replace(organisations.member(organisations.agency(), role="owner"), is_confirmed=True)


@pytest.fixture
def client_id(owner: Actor) -> UUID:
    return actions.create_client(owner, name=" 人事 系统 ", mode=Mode.LIVE, scopes=[Scope.SHOP_READ, Scope.JOBS_READ])


def states(owner: Actor, client_id: UUID) -> list[str]:
    return [one.state for one in queries.client_detail(owner, client_id).credentials]


def pem(key: object) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()  # type: ignore[attr-defined,no-any-return]


def test_a_client_has_a_name_a_mode_and_scopes_in_order(owner: Actor, client_id: UUID) -> None:
    row = queries.client_of(owner, client_id)
    assert (row.name, row.mode, row.scopes) == ("人事 系统", Mode.LIVE, ("jobs:read", "shop:read"))
    assert EventRecord.objects.filter(name="ClientCreated").count() == 1
    assert audit.of_subject(client_id, limit=1)[0].action == "client.create"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"mode": "other"}, "mode"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["jobs:read", "everything"]}, "scopes"),
        ({"networks": ["10.0.0.300"]}, "networks"),
        ({"networks": [f"203.0.113.{n}" for n in range(51)]}, "networks"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(
    owner: Actor, given: dict[str, object], field: str
) -> None:
    good = {"name": "人事系统", "mode": Mode.LIVE, "scopes": ["jobs:read"]}
    with pytest.raises(Invalid) as told:
        actions.create_client(owner, **{**good, **given})  # type: ignore[arg-type]
    assert list(told.value.fields) == [field]
    assert not ApiClient.objects.exists()


def test_networks_are_kept_in_canonical_form(owner: Actor, client_id: UUID) -> None:
    written = ["203.0.113.7", "203.0.113.9/24", "2001:DB8::1", " ", "203.0.113.7"]
    actions.change_client(owner, client_id=client_id, name="人事", scopes=["jobs:read"], networks=written)
    assert queries.client_of(owner, client_id).networks == ("203.0.113.7/32", "203.0.113.0/24", "2001:db8::1/128")


def test_changes_are_in_the_audit_log_with_before_and_after(owner: Actor, client_id: UUID) -> None:
    for _ in range(2):  # the second changes nothing and leaves no entry
        actions.change_client(owner, client_id=client_id, name="新名", scopes=["jobs:read", "shop:read"])
    entries = [one for one in audit.of_subject(client_id, limit=9) if one.action == "client.change"]
    assert [dict(one.detail) for one in entries] == [{"name": {"from": "人事 系统", "to": "新名"}}]


def test_only_the_owner_and_only_after_confirming(owner: Actor, client_id: UUID) -> None:
    agency_id = owner.organisation_id
    others: list[tuple[Actor, type[ProductError]]] = [
        (replace(owner, role="recruiter"), Denied),
        (replace(owner, is_confirmed=False), ConfirmationRequired),
        (replace(organisations.member(organisations.agency(), role="owner"), is_confirmed=True), NotFound),
        (Actor(person_id=owner.person_id, is_confirmed=True), NotFound),
    ]
    issued = actions.issue_credential(owner, client_id=client_id)
    for actor, error in others:
        with pytest.raises(error):
            actions.change_client(actor, client_id=client_id, name="x", scopes=["jobs:read"])
        with pytest.raises(error):
            actions.issue_credential(actor, client_id=client_id)
        with pytest.raises(error):
            actions.register_public_key(
                actor, client_id=client_id, written=pem(ec.generate_private_key(ec.SECP256R1()).public_key())
            )
        with pytest.raises(error):
            actions.revoke_credential(actor, credential_id=issued.credential_id)
        with pytest.raises(error):
            actions.revoke_client(actor, client_id=client_id)
    assert ClientCredential.objects.filter(revoked_at=None, client__agency_id=agency_id).count() == 1


def test_keys_and_secrets_show_whether_they_are_live_or_test(owner: Actor, client_id: UUID) -> None:
    test = actions.create_client(owner, name="测试", mode=Mode.TEST, scopes=["jobs:read"])
    begins = [
        actions.issue_credential(owner, client_id=one, kind=kind).secret[:9]
        for one in (client_id, test)
        for kind in (CredentialKind.KEY, CredentialKind.SECRET)
    ]
    assert begins == ["jya_live_", "jys_live_", "jya_test_", "jys_test_"]
    assert ClientCredential.objects.filter(digest__startswith="jy").count() == 0


def test_two_of_a_kind_are_valid_at_once_and_a_third_is_refused(owner: Actor, client_id: UUID) -> None:
    keys = [actions.issue_credential(owner, client_id=client_id) for _ in range(2)]
    with pytest.raises(Refused):
        actions.issue_credential(owner, client_id=client_id)
    actions.issue_credential(owner, client_id=client_id, kind=CredentialKind.SECRET)
    actions.revoke_credential(owner, credential_id=keys[0].credential_id)
    actions.revoke_credential(owner, credential_id=keys[0].credential_id)
    assert actions.issue_credential(owner, client_id=client_id)


def test_the_successor_says_when_the_old_one_ends(owner: Actor, client_id: UUID) -> None:
    old = actions.issue_credential(owner, client_id=client_id)
    new = actions.issue_credential(owner, client_id=client_id, others_end_in=DAY)
    assert states(owner, client_id) == ["live", "ending"]
    queries.forget_callers()
    with clock.frozen(clock.real_now() + DAY - timedelta(minutes=1)):
        assert all(queries.caller_of(one.secret) for one in (old, new))
    with clock.frozen(clock.real_now() + DAY + timedelta(minutes=1)):
        assert [bool(queries.caller_of(one.secret)) for one in (old, new)] == [False, True]
        assert states(owner, client_id) == ["live", "ended"]


def test_a_leaked_key_is_replaced_at_once(owner: Actor, client_id: UUID) -> None:
    for _ in range(2):
        actions.issue_credential(owner, client_id=client_id)
    actions.issue_credential(owner, client_id=client_id, others_end_in=timedelta())
    assert states(owner, client_id) == ["live", "revoked", "revoked"]


def test_an_end_is_never_postponed_by_a_successor(owner: Actor, client_id: UUID) -> None:
    soon = clock.real_now() + timedelta(hours=1)
    actions.issue_credential(owner, client_id=client_id, expires_at=soon)
    actions.issue_credential(owner, client_id=client_id, others_end_in=7 * DAY)
    assert ClientCredential.objects.order_by("created_at").values_list("expires_at", flat=True)[0] == soon


@pytest.mark.parametrize(
    "written",
    [
        pem(ec.generate_private_key(ec.SECP256R1()).public_key()),
        pem(ed25519.Ed25519PrivateKey.generate().public_key()),
        pem(rsa.generate_private_key(65537, 2048).public_key()),
        json.dumps(ECKey.generate_key("P-256").as_dict(private=False) | {"kid": "mine", "use": "sig"}),
    ],
    ids=["P-256", "Ed25519", "RSA", "JWK"],
)
def test_a_public_key_is_taken_as_pem_or_jwk(owner: Actor, client_id: UUID, written: str) -> None:
    actions.register_public_key(owner, client_id=client_id, written=f"\n{written}\n")
    kept = ClientCredential.objects.get()
    assert not set(kept.public_key or {}) & {"d", "kid", "use"}
    with pytest.raises(Invalid):  # a second time
        actions.register_public_key(owner, client_id=client_id, written=written)


def _private_pem() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    form, nothing = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, nothing).decode()


@pytest.mark.parametrize(
    ("written", "word"),
    [
        (_private_pem(), "私钥"),
        (json.dumps(ECKey.generate_key("P-256").as_dict(private=True)), "私钥"),
        (json.dumps(OctKey.generate_key(256).as_dict()), "认不出"),
        (json.dumps(ECKey.generate_key("P-384").as_dict(private=False)), "P-256"),
        (pem(rsa.generate_private_key(65537, 1024).public_key()), "2048"),  # noqa: S505 (that is the point)
        ("ssh-ed25519 AAAA", "认不出"),
        ("{", "认不出"),
        ("[]", "认不出"),
        ('{"kty": "RSA"}', "认不出"),
        ('{"kty": ["RSA"]}', "认不出"),
        ("", "认不出"),
    ],
    # The keys are different in each process: their texts are no names of tests.
    ids=[
        "private",
        "private-jwk",
        "octets",
        "other-curve",
        "short",
        "ssh",
        "cut",
        "list",
        "no-number",
        "wrong",
        "none",
    ],
)
def test_other_keys_are_refused_with_what_to_do(owner: Actor, client_id: UUID, written: str, word: str) -> None:
    with pytest.raises(Invalid) as told:
        actions.register_public_key(owner, client_id=client_id, written=written)
    assert word in told.value.fields["public_key"]
    assert not ClientCredential.objects.exists()


def test_where_it_is_revoked_it_is_refused_at_once(
    owner: Actor, client_id: UUID, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    keys = [actions.issue_credential(owner, client_id=client_id) for _ in range(2)]
    assert all(queries.caller_of(one.secret) for one in keys)  # remembered from here on
    with django_capture_on_commit_callbacks(execute=True):
        actions.revoke_credential(owner, credential_id=keys[0].credential_id)
    assert [bool(queries.caller_of(one.secret)) for one in keys] == [False, True]
    with django_capture_on_commit_callbacks(execute=True):
        actions.revoke_client(owner, client_id=client_id)
    assert queries.caller_of(keys[1].secret) is None


def test_a_revoked_client_is_closed_and_stays_in_the_list(owner: Actor, client_id: UUID) -> None:
    key = actions.issue_credential(owner, client_id=client_id).secret
    for _ in range(2):
        actions.revoke_client(owner, client_id=client_id)
    queries.forget_callers()
    assert queries.caller_of(key) is None
    assert [(one.live, bool(one.revoked_at)) for one in queries.clients_of(owner).items] == [(0, True)]
    assert EventRecord.objects.filter(name="ClientRevoked").count() == 1
    with pytest.raises(NotFound):
        actions.issue_credential(owner, client_id=client_id)
    with pytest.raises(NotFound):
        actions.change_client(owner, client_id=client_id, name="x", scopes=["jobs:read"])


def test_an_agency_has_twenty_clients_at_most(owner: Actor, client_id: UUID) -> None:
    for _ in range(19):
        actions.create_client(owner, name="一个", mode=Mode.LIVE, scopes=["jobs:read"])
    with pytest.raises(Refused):
        actions.create_client(owner, name="一个", mode=Mode.LIVE, scopes=["jobs:read"])


def test_operators_see_an_agencys_clients_and_others_do_not(owner: Actor, client_id: UUID) -> None:
    assert owner.organisation_id
    operator = organisations.operator("auditor")
    assert [one.id for one in queries.clients_of_agency(operator, owner.organisation_id)] == [client_id]
    assert queries.clients_of_agency(operator, new_id()) == []
    with pytest.raises(NotFound):
        queries.clients_of_agency(owner, owner.organisation_id)
