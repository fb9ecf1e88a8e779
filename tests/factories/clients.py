"""API clients of agencies, with their credentials."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client
from joserfc.jwk import ECKey, OKPKey, RSAKey

from jiuye.domains.clients.models import ApiClient, ClientCredential
from jiuye.domains.clients.policies import STARTS, digest_of, new_secret
from jiuye.domains.clients.public_keys import read_public_key
from jiuye.domains.clients.states import CredentialKind, Mode, Scope
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock
from tests.factories import organisations


@dataclass(frozen=True)
class Caller:
    """A client's key, the member for whom it acts, and requests by it: `caller.get("/agency/jobs")`."""

    client_id: UUID
    agency: Agency
    key: str
    member_id: UUID

    def headers(self, **more: str) -> dict[str, str]:
        """The headers of a call."""
        return {"Authorization": f"Bearer {self.key}", "On-Behalf-Of": str(self.member_id), **more}

    def get(self, path: str, **query: Any) -> Any:
        """GET below /api/v1."""
        return Client().get(f"/api/v1{path}", query, headers=self.headers())

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """An unsafe call below /api/v1 with a JSON body. Underscores in header names stand for hyphens."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        call = getattr(Client(), method.lower())
        return call(
            f"/api/v1{path}",
            "" if body is None else body,
            content_type="application/json",
            headers=self.headers(**more),
        )

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST below /api/v1."""
        return self.send("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        """PUT below /api/v1."""
        return self.send("PUT", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        """PATCH below /api/v1."""
        return self.send("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        """DELETE below /api/v1."""
        return self.send("DELETE", path, **headers)


def caller(
    agency: Agency | None = None,
    *,
    scopes: Sequence[str] = tuple(Scope.values),
    mode: Mode = Mode.LIVE,
    role: str = "owner",
    **given: Any,
) -> Caller:
    """A client with a key, acting for a member with `role`."""
    agency = agency or organisations.agency()
    member = organisations.member(agency, role=role)
    client = ApiClient.objects.create(
        agency=agency, name="人事系统", mode=mode, scopes=list(scopes), created_by_id=member.person,
        created_at=clock.real_now(), **given,
    )  # fmt: skip
    key = new_secret(STARTS[CredentialKind.KEY, mode])
    ClientCredential.objects.create(
        client=client, kind=CredentialKind.KEY, prefix=key[:14], digest=digest_of(key), created_at=clock.real_now()
    )
    return Caller(client.id, agency, key, member.person)


def secret(caller: Caller, *, mode: Mode = Mode.LIVE, **given: Any) -> str:
    """A client secret of the caller's client."""
    value = new_secret(STARTS[CredentialKind.SECRET, mode])
    given = {"created_at": clock.real_now(), **given}
    ClientCredential.objects.create(
        client_id=caller.client_id, kind=CredentialKind.SECRET, prefix=value[:14], digest=digest_of(value), **given
    )
    return value


def public_key(caller: Caller, private: ECKey | OKPKey | RSAKey) -> None:
    """The public half of `private`, registered for the caller's client."""
    jwk, thumbprint = read_public_key(json.dumps(private.as_dict(private=False)))
    ClientCredential.objects.create(
        client_id=caller.client_id, kind=CredentialKind.PUBLIC_KEY, prefix=thumbprint[:14], public_key=jwk,
        digest=digest_of(thumbprint), created_at=clock.real_now(),
    )  # fmt: skip
