"""Validation of ID tokens (OpenID Connect Core 1.0 §3.1.3.7) and of the provider's claims about a person (§5.3)."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError

from jiuye.adapters.identity_oidc.metadata import Metadata
from jiuye.adapters.identity_oidc.wire import text
from jiuye.kernel import clock
from jiuye.kernel.identifiers import InvalidIdentifier, check_mobile, check_resident_id
from jiuye.ports.identity import CardHolder, IdentityForged, IdentityRefused

# Asymmetric only: `none` is unsigned, and HS* can be made by anyone with the client's secret (or by mistaking a
# public key for one).
ALGORITHMS = ("ES256", "RS256", "PS256")
LEEWAY = 60
LONGEST_NAME = 100
_ACR = re.compile(r"essc:([1-9])", re.ASCII)
_REGION = re.compile(r"[1-9][0-9]{5}", re.ASCII)


def read_id_token(token: str, *, metadata: Metadata, client_id: str, nonce: str, access_token: str) -> dict[str, Any]:
    """Return the claims of an ID token that matches our request. Raise IdentityForged, IdentityUnavailable (no keys)."""
    try:
        header = jws.extract_compact(token.encode()).headers()
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS or not isinstance(kid, str | None):
            raise IdentityForged(f"an ID token with algorithm {algorithm!r}")
        key = metadata.key(kid, algorithm)
        verified = jwt.decode(token, key, algorithms=[algorithm])
        claims = CodeIDToken(
            verified.claims,
            verified.header,
            options={
                "iss": {"essential": True, "value": metadata.issuer},
                "sub": {"essential": True},
            },
            params={"client_id": client_id, "nonce": nonce, "access_token": access_token},
        )
        claims.validate(now=int(clock.now().timestamp()), leeway=LEEWAY)
    except (JoseError, ValueError, TypeError) as problem:
        raise IdentityForged(f"an ID token that is not valid: {type(problem).__name__} {problem}") from problem
    # Stricter than the standard: we share tokens with no other client, so that no other client can pass us its own.
    if claims["aud"] not in (client_id, [client_id]):
        raise IdentityForged("an ID token for another client")
    return dict(claims)


def level_of(claims: Mapping[str, Any], least: int) -> int:
    """Return the level the person proved, from `acr`. Raise IdentityRefused if it is missing or below `least`."""
    found = _ACR.fullmatch(text(claims, "acr"))
    level = int(found[1]) if found else 0
    if level < least:
        raise IdentityRefused("level", f"signed in with level {level}, {least} is needed")
    return level


def card_holder(userinfo: Mapping[str, Any], *, claims: Mapping[str, Any], issuer: str, level: int) -> CardHolder:
    """Return the person if all claims are plausible. Raise IdentityForged, IdentityRefused for an unverified phone."""
    if userinfo.get("sub") != claims["sub"]:
        raise IdentityForged("userinfo of another person")
    if userinfo.get("phone_number_verified") is not True:
        raise IdentityRefused("invalid", "the card's phone is not verified")
    region = text(userinfo, "issuing_region")
    moment = claims.get("auth_time") or claims["iat"]
    try:
        if not _REGION.fullmatch(region):
            raise InvalidIdentifier("issuing_region")
        return CardHolder(
            issuer=issuer,
            subject=claims["sub"],
            name=_name(text(userinfo, "name")),
            id_number=check_resident_id(text(userinfo, "id_number")),
            phone=check_mobile(text(userinfo, "phone_number")),
            region=region,
            level=level,
            authenticated_at=int(moment),
        )
    except InvalidIdentifier as problem:
        # The cause is dropped: it quotes personal data, which must not get into logs.
        raise IdentityForged("userinfo that cannot be true") from problem


def _name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or any(unicodedata.category(letter).startswith("C") for letter in name):
        raise InvalidIdentifier("name")
    return name
