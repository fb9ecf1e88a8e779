"""The electronic social security card's sign-in service: an OpenID Connect provider, and QR requests scanned by its app.

The issuer is `{sandbox}/essc`. It follows OpenID Connect Core 1.0 and Discovery 1.0, RFC 6749, RFC 7636 (S256 only)
and RFC 9207. Two things are extensions, because the real service's are not public: `channel` at the authorisation
endpoint names the partner app that shows it, and `qr_authorization_endpoint` accepts requests that a phone scans
(`qr_api`).
"""
