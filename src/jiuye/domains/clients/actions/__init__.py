"""Create and change clients, issue and revoke credentials and access tokens."""

from jiuye.domains.clients.actions.registration import (
    Issued,
    create_client,
    issue_credential,
    note_use,
    revoke_client,
    revoke_credential,
)
from jiuye.domains.clients.actions.retention import forget_expired
from jiuye.domains.clients.actions.tokens import (
    AssertionProof,
    IssuedToken,
    SecretProof,
    TokenRefused,
    issue_token,
)

__all__ = [
    "AssertionProof",
    "Issued",
    "IssuedToken",
    "SecretProof",
    "TokenRefused",
    "create_client",
    "forget_expired",
    "issue_credential",
    "issue_token",
    "note_use",
    "revoke_client",
    "revoke_credential",
]
