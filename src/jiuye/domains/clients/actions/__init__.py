"""Create and change clients, issue and revoke credentials and access tokens."""

from jiuye.domains.clients.actions.credentials import (
    Issued,
    issue_credential,
    register_public_key,
    revoke_credential,
)
from jiuye.domains.clients.actions.registration import change_client, create_client, revoke_client
from jiuye.domains.clients.actions.retention import forget_expired
from jiuye.domains.clients.actions.tokens import (
    AssertionProof,
    IssuedToken,
    SecretProof,
    TokenRefused,
    issue_token,
)
from jiuye.domains.clients.actions.usage import Counted, add_usage, note_use, tell_of_limit

__all__ = [
    "AssertionProof",
    "Counted",
    "Issued",
    "IssuedToken",
    "SecretProof",
    "TokenRefused",
    "add_usage",
    "change_client",
    "create_client",
    "forget_expired",
    "issue_credential",
    "issue_token",
    "note_use",
    "register_public_key",
    "revoke_client",
    "revoke_credential",
    "tell_of_limit",
]
