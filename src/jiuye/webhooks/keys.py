"""The platform's ed25519 keys: created when first needed, replaced every year, both signing for a month then."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.advisory_locks import AdvisoryLock
from jiuye.webhooks import signing
from jiuye.webhooks.models import SigningKey

OVERLAP = timedelta(days=30)
"""How long the former key signs beside the new one."""
RENEWED_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A public key that signs now. `expires_at`: when it stops, if it has been replaced."""

    id: str
    public_key: str
    created_at: datetime
    expires_at: datetime | None

    def as_jwk(self) -> dict[str, str]:
        """Return the key as a JWK (RFC 8037 §2)."""
        x = base64.urlsafe_b64encode(signing.public_bytes(self.public_key)).decode().rstrip("=")
        return {"kid": self.id, "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "x": x}


def published() -> list[PublishedKey]:
    """Return the keys that sign now, newest first. One query."""
    return [
        PublishedKey(row.id, row.public_key, row.created_at, row.expires_at) for row in _valid().defer("private_key")
    ]


def ensure() -> None:
    """Create the first key, unless there is one."""
    if not _valid().exists():
        with transaction.atomic():
            _lock()
            if not _valid().exists():
                _create()


def rotate() -> str:
    """Create a key; the others sign beside it for `OVERLAP`. Return its id."""
    with transaction.atomic():
        _lock()
        moment = clock.real_now()
        _valid().filter(expires_at=None).update(expires_at=moment + OVERLAP)
        return _create()


def renew() -> None:
    """Replace a key that is a year old, and delete those that no longer sign."""
    moment = clock.real_now()
    SigningKey.objects.filter(expires_at__lte=moment).delete()
    newest = _valid().first()
    if newest and newest.created_at < moment - RENEWED_AFTER:
        rotate()


def private_keys() -> list[str]:
    """Return the private keys that sign now, newest first."""
    return [row.private_key for row in _valid()]


def _valid() -> QuerySet[SigningKey]:
    rows = SigningKey.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.real_now()))
    return rows.order_by("-created_at", "id")


def _create() -> str:
    private, public = signing.new_key()
    moment = clock.real_now()
    key_id = f"{moment:%Y%m%d}-{signing.public_bytes(public).hex()[:6]}"
    SigningKey.objects.create(id=key_id, private_key=private, public_key=public, created_at=moment)
    audit.record(Actor.system(), "webhook.new_signing_key", key_id)
    return key_id


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AdvisoryLock.SIGNING_KEY])
