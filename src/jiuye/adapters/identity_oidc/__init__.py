"""The card service as an OpenID Connect provider. Assumptions about the real one: docs/identity.md."""

from jiuye.adapters.identity_oidc.provider import OidcIdentityProvider

__all__ = ["OidcIdentityProvider"]
