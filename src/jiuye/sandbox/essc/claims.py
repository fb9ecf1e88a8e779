"""Claims about a person: identity in the ID token, the rest at userinfo as far as the scope allows."""

import time
from typing import Any

from joserfc import jwt

from jiuye.sandbox import people
from jiuye.sandbox.essc import keys
from jiuye.sandbox.essc.grants import Redeemed
from jiuye.sandbox.essc.service import ESSC, OTHER_ISSUER, issuer
from jiuye.sandbox.people import Person

ID_TOKEN_SECONDS = 300
# The client's registration (`id_token_signed_response_alg`).
ALGORITHM = "ES256"
SCOPES = {
    "openid": ("sub",),
    "profile": ("name",),
    "phone": ("phone_number", "phone_number_verified"),
    "essc": ("id_number", "issuing_region", "card_level"),
}
CLAIMS = tuple(name for names in SCOPES.values() for name in names)


def assurance(person: Person) -> str:
    """Return the `acr` value of the person's card."""
    return f"essc:{person.level}"


def id_token(redeemed: Redeemed) -> str:
    """Return the signed ID token, with the faults that the switches set."""
    grant, switched, now = redeemed.grant, ESSC.values(), int(time.time())
    person = holder(grant.phone)
    audience = "another-website" if switched["wrong_audience"] else grant.client_id
    issued = now - 2 * ID_TOKEN_SECONDS if switched["expired_token"] else now
    claims: dict[str, Any] = {
        "iss": OTHER_ISSUER if switched["wrong_issuer"] else issuer(),
        "sub": person.subject,
        "aud": audience,
        "azp": audience,
        "iat": issued,
        "exp": issued + ID_TOKEN_SECONDS,
        "auth_time": redeemed.granted_at,
        "acr": assurance(person),
    }
    if grant.nonce is not None:
        claims["nonce"] = "another-question" if switched["wrong_nonce"] else grant.nonce
    published = keys.signing_keys()[ALGORITHM]
    key = keys.new_key(ALGORITHM) if switched["forged_signature"] else published
    return jwt.encode({"alg": ALGORITHM, "kid": published.kid}, claims, key)


def userinfo(person: Person, scope: str) -> dict[str, Any]:
    """Return the claims of the scopes."""
    known: dict[str, Any] = {
        "sub": person.subject,
        "name": person.name,
        "phone_number": f"+86{person.phone}",
        "phone_number_verified": True,
        "id_number": person.id_number,
        "issuing_region": person.region,
        "card_level": person.level,
    }
    allowed = {name for one in scope.split() for name in SCOPES.get(one, ())}
    return {name: value for name, value in known.items() if name in allowed}


def holder(phone: str) -> Person:
    """Return the person of a stored grant. Raise LookupError if there is no card for the phone."""
    person = people.by_phone(phone)
    if person is None:
        raise LookupError("a grant of nobody")
    return person
