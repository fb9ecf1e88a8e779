"""The provider's metadata: its endpoints (OpenID Connect Discovery 1.0) and its keys (RFC 7517)."""

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, KeySet, RSAKey

from jiuye.adapters.identity_oidc.wire import Wire, require_secure, text
from jiuye.ports.identity import IdentityForged, IdentityUnavailable

# Seconds. Maximum age of cached metadata; keys are also fetched when a token names an unknown one.
KEPT = 3600.0
# Minimum interval of fetches for unknown keys: a stream of forged tokens must not cause a stream of calls.
ASK_AGAIN_AFTER = 5.0
LEAST_RSA_BITS = 2048

Fact = TypeVar("Fact")


class Published(Generic[Fact]):
    """A cached document of the provider. One thread fetches at a time; threads that waited share the result."""

    def __init__(self, fetch: Callable[[], Fact]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._fact: Fact | None = None
        self._fetched = float("-inf")
        self._failed = float("-inf")

    def get(self, *, not_older_than: float = KEPT) -> Fact:
        """Return the document, at most this many seconds old. Raise IdentityUnavailable and what `fetch` raises."""
        wanted = time.monotonic()
        fact = self._fresh(wanted - not_older_than)
        if fact is not None:
            return fact
        with self._lock:
            fact = self._fresh(wanted - not_older_than)
            if fact is not None:
                return fact
            if self._failed > wanted:
                raise IdentityUnavailable("the card service did not answer another thread just now")
            try:
                self._fact = self._fetch()
            except Exception:
                self._failed = time.monotonic()
                raise
            self._fetched = time.monotonic()
            return self._fact

    def _fresh(self, since: float) -> Fact | None:
        return self._fact if self._fetched >= since else None


class Metadata:
    """The provider at `issuer`. Thread-safe."""

    def __init__(self, wire: Wire, issuer: str) -> None:
        self.issuer = issuer
        self._wire = wire
        self._configuration = Published(self._discover)
        self._keys = Published(self._fetch_keys)

    def endpoint(self, name: str, *, not_older_than: float = KEPT) -> str:
        """Return the provider's endpoint `name`. Raise IdentityUnavailable if there is none that may be used."""
        address = text(self._configuration.get(not_older_than=not_older_than), name)
        try:
            return require_secure(address)
        except ValueError as problem:
            raise IdentityUnavailable(f"the card service publishes no usable {name}") from problem

    def key(self, kid: str | None, algorithm: str) -> ECKey | RSAKey:
        """Return the key of a token's signature, fetching keys if it is unknown. Raise IdentityForged, IdentityUnavailable."""
        for age in (KEPT, ASK_AGAIN_AFTER):
            found = _choose(self._keys.get(not_older_than=age), kid, algorithm)
            if found is not None:
                return found
        raise IdentityForged("a token signed with a key that the card service does not publish")

    def _discover(self) -> dict[str, Any]:
        """Fetch the document; one that names another issuer is refused (Discovery §4.3)."""
        document = self._wire.document(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if document.get("issuer") != self.issuer:
            raise IdentityUnavailable("the discovery document names another issuer")
        return document

    def _fetch_keys(self) -> KeySet:
        document = self._wire.document(self.endpoint("jwks_uri"))
        keys = document.get("keys")
        if not isinstance(keys, list):
            raise IdentityUnavailable("the card service publishes no keys")
        readable = []
        for data in keys:
            # A kind of key that is not supported must not hide the others (RFC 7517 §5).
            try:
                readable.append(JWKRegistry.import_key(data))
            except (JoseError, ValueError, TypeError, KeyError):
                continue
        return KeySet(readable)


def _choose(keys: KeySet, kid: str | None, algorithm: str) -> ECKey | RSAKey | None:
    """Return the key for signatures of this kind; without a key id only if there is exactly one (OIDC Core §10.1)."""
    wanted = ECKey if algorithm.startswith("ES") else RSAKey
    fitting = [
        key
        for key in keys
        if isinstance(key, wanted) and key.get("use") in (None, "sig") and key.get("alg") in (None, algorithm)
    ]
    named = [key for key in fitting if key.get("kid") == kid] if kid is not None else fitting
    if len(named) != 1:
        return None
    key = named[0]
    if isinstance(key, RSAKey) and key.raw_value.key_size < LEAST_RSA_BITS:
        return None
    return key
