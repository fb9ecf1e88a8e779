"""Public keys of clients, and the assertions signed by the private ones (RFC 7523, `private_key_jwt`)."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from jiuye.domains.clients.states import SIGNATURES

ASSERTION_LASTS = timedelta(minutes=5)
LEEWAY = timedelta(seconds=30)
_CURVES = {"EC": "P-256", "OKP": "Ed25519"}
_TYPES: dict[str, type[ECKey | OKPKey | RSAKey]] = {"EC": ECKey, "OKP": OKPKey, "RSA": RSAKey}
_LEAST_RSA_BITS = 2048
_PUBLIC = {"EC": ("kty", "crv", "x", "y"), "OKP": ("kty", "crv", "x"), "RSA": ("kty", "n", "e")}
_LONGEST_ASSERTION = 8192
_LONGEST_JTI = 200


class UnusableKey(ValueError):
    """The text is no public key that we take; the message is Chinese and says what to give instead."""


class ForgedAssertion(ValueError):
    """The assertion is malformed, expired, for somebody else, or not signed by one of the keys."""


def read_public_key(written: str) -> tuple[dict[str, Any], str]:
    """Return the JWK of a public key in PEM or JWK form, reduced to its public members, and its thumbprint (RFC 7638).

    Taken are P-256, Ed25519 and RSA keys of at least 2,048 bits. Raises `UnusableKey`.
    """
    written = written.strip()
    if "PRIVATE KEY" in written:
        raise UnusableKey("这是私钥，请不要交给任何人，包括我们。请贴对应的公钥。")
    try:
        key = _of_jwk(orjson.loads(written)) if written.startswith("{") else _of_pem(written)
    except (JoseError, UnsupportedAlgorithm, ValueError, TypeError, KeyError) as error:
        if isinstance(error, UnusableKey):
            raise
        raise UnusableKey("认不出这个公钥，请贴 PEM（-----BEGIN PUBLIC KEY-----）或 JWK 的全文。") from None
    kept = key.as_dict(private=False)
    kind = key.key_type
    if kind in _CURVES and kept.get("crv") != _CURVES[kind]:
        raise UnusableKey("请使用 P-256、Ed25519 或 2048 位以上的 RSA 密钥。")
    if isinstance(key, RSAKey) and key.raw_value.key_size < _LEAST_RSA_BITS:
        raise UnusableKey("RSA 密钥太短，至少 2048 位。")
    return {name: kept[name] for name in _PUBLIC[kind]}, key.thumbprint()


def _of_jwk(given: Any) -> ECKey | OKPKey | RSAKey:
    if "d" in given:
        raise UnusableKey("这个 JWK 带有私钥（d），请去掉后再贴，并换一对新的密钥。")
    return _TYPES[given["kty"]].import_key(given)


def _of_pem(written: str) -> ECKey | OKPKey | RSAKey:
    load_pem_public_key(written.encode())  # refuses certificates and everything else that joserfc would take
    for kind in _TYPES.values():
        try:
            return kind.import_key(written)
        except (JoseError, ValueError, TypeError):
            continue
    raise UnusableKey("请使用 P-256、Ed25519 或 2048 位以上的 RSA 密钥。")


def issuer_of(assertion: str) -> str:
    """Return who claims to have signed an assertion, unverified. Raises `ForgedAssertion`."""
    if len(assertion) > _LONGEST_ASSERTION:
        raise ForgedAssertion("too long")
    try:
        claims = orjson.loads(jws.extract_compact(assertion.encode()).payload)
        issuer = claims["iss"]
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise ForgedAssertion("malformed") from None
    if not isinstance(issuer, str):
        raise ForgedAssertion("iss must be the client id")
    return issuer


def verify_assertion(
    assertion: str, *, keys: Sequence[dict[str, Any]], issuer: str, audiences: Collection[str], moment: datetime
) -> tuple[int, str]:
    """Return which of `keys` signed the assertion, and its `jti`. Raises `ForgedAssertion`.

    RFC 7523 §3: `iss` and `sub` are the client, `exp` is at most five minutes ahead, `jti` is required. `aud` is one of
    ours and nothing else, so that an assertion meant for another server is of no use here.
    """
    position, claims = _signed_claims(assertion, keys)
    audience = claims.get("aud")
    if isinstance(audience, list) and len(audience) == 1:
        audience = audience[0]
    if claims.get("iss") != issuer or claims.get("sub") != issuer:
        raise ForgedAssertion("iss and sub must be the client id")
    if not isinstance(audience, str) or audience not in audiences:
        raise ForgedAssertion("aud must be the issuer or the token endpoint")
    now, leeway = moment.timestamp(), LEEWAY.total_seconds()
    expires = _number(claims, "exp")
    if expires is None or expires <= now - leeway or expires > now + ASSERTION_LASTS.total_seconds() + leeway:
        raise ForgedAssertion("exp must be within the next 5 minutes")
    if any((_number(claims, name) or 0) > now + leeway for name in ("nbf", "iat")):
        raise ForgedAssertion("nbf or iat is in the future")
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 0 < len(jti) <= _LONGEST_JTI:
        raise ForgedAssertion("jti is required")
    return position, jti


def _signed_claims(assertion: str, keys: Sequence[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    for position, kept in enumerate(keys):
        key: Key = _TYPES[kept["kty"]].import_key(kept)
        try:
            return position, jwt.decode(assertion, key, algorithms=list(SIGNATURES[kept["kty"]])).claims
        except (JoseError, ValueError, TypeError):
            continue
    raise ForgedAssertion("not signed by a registered key")


def _number(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ForgedAssertion(f"{name} must be a number")
    return value
