"""Issue access tokens by client credentials (RFC 6749 §4.4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jiuye.domains.clients import policies
from jiuye.domains.clients.models import AccessToken, ClientCredential
from jiuye.domains.clients.public_keys import (
    ASSERTION_LASTS,
    LEEWAY,
    ForgedAssertion,
    issuer_of,
    verify_assertion,
)
from jiuye.domains.clients.queries import acting_member
from jiuye.domains.clients.states import CredentialKind, Mode
from jiuye.kernel import clock, rate_limits
from jiuye.kernel.errors import ProductError
from jiuye.kernel.ids import id_in


class TokenRefused(ProductError):
    """No token. `code` is an error code of RFC 6749 §5.2; the message is English ASCII, as §5.2 demands."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, code=code)
        self.status = 401 if code == "invalid_client" else 400


@dataclass(frozen=True, slots=True)
class SecretProof:
    """A client's id and secret."""

    client_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class AssertionProof:
    """An assertion signed with a client's private key. `audiences`: what its `aud` may be. `client_id` may be empty."""

    assertion: str
    audiences: Collection[str]
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new access token. `value` is shown once and stored nowhere; `lasts` is in seconds."""

    value: str
    scopes: list[str]
    lasts: int


def issue_token(proof: SecretProof | AssertionProof, *, scope: str, address: str) -> IssuedToken:
    """Issue an access token to a client that proves who it is. `scope` narrows what the token may do; empty: all that the
    client may. It lasts an hour, and no longer than the credential.

    Raises `TokenRefused`: invalid_client, unauthorized_client (address, the agency's standing), invalid_scope.
    """
    moment = clock.real_now()
    with transaction.atomic():
        proved = _of_secret(proof, moment) if isinstance(proof, SecretProof) else _of_assertion(proof, moment)
        client = proved.client
        if not policies.may_call_from(client.networks, address):
            raise TokenRefused("unauthorized_client", "The client may not be used from this address.")
        agency = acting_member(client.agency_id, None)
        if agency is None or agency.is_closed_out or not agency.is_admitted:
            raise TokenRefused("unauthorized_client", "The agency of this client is not open at present.")
        scopes = _scopes(scope, client.scopes)
        value = policies.new_secret(policies.TOKEN_STARTS[Mode(client.mode)])
        expires_at = min(filter(None, (moment + policies.TOKEN_LASTS, proved.expires_at)))
        AccessToken.objects.create(
            digest=policies.digest_of(value), client=client, credential=proved, scopes=scopes, issued_at=moment,
            expires_at=expires_at,
        )  # fmt: skip
        ClientCredential.objects.filter(pk=proved.pk).update(last_used_at=moment)
    return IssuedToken(value, scopes, int((expires_at - moment).total_seconds()))


def _of_secret(proof: SecretProof, moment: datetime) -> ClientCredential:
    digest = policies.digest_of(proof.secret)
    found = _live(id_in(proof.client_id), CredentialKind.SECRET, moment).filter(digest=digest).first()
    if found is None:
        raise TokenRefused("invalid_client", "Unknown client, or wrong, expired or revoked secret.")
    return found


def _of_assertion(proof: AssertionProof, moment: datetime) -> ClientCredential:
    try:
        issuer = issuer_of(proof.assertion)
        if proof.client_id not in ("", issuer):
            raise ForgedAssertion("client_id differs from iss")
        keys = list(_live(id_in(issuer), CredentialKind.PUBLIC_KEY, moment).order_by("id"))
        position, jti = verify_assertion(
            proof.assertion,
            keys=[key.public_key or {} for key in keys],
            issuer=issuer,
            audiences=proof.audiences,
            moment=moment,
        )
    except ForgedAssertion as error:
        raise TokenRefused("invalid_client", f"The assertion is not valid: {error}.") from error
    used = f"oauth-jti:{issuer}:{policies.digest_of(jti)}"
    if not rate_limits.once(used, seconds=int((ASSERTION_LASTS + 2 * LEEWAY).total_seconds())):
        raise TokenRefused("invalid_client", "The assertion is not valid: its jti was used before.")
    return keys[position]


def _live(client_id: UUID | None, kind: CredentialKind, moment: datetime) -> QuerySet[ClientCredential]:
    rows = ClientCredential.objects.filter(policies.is_live(moment), client_id=client_id, kind=kind)
    return rows.filter(client__revoked_at=None).select_related("client")


def _scopes(asked: str, given: list[str]) -> list[str]:
    wanted = asked.split(" ") if asked else given
    if not set(wanted) <= set(given):
        raise TokenRefused("invalid_scope", f"The client has: {' '.join(given)}.")
    return [one for one in given if one in wanted]
