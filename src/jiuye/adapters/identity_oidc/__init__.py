"""The card service as an OpenID Connect provider. What is assumed of the real one: docs/identity.md."""

from jiuye.adapters.identity_oidc.provider import OidcIdentityProvider

__all__ = ["OidcIdentityProvider"]
