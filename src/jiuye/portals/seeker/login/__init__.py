"""Signing in: by phone and SMS code, by scanning a QR code, or by card in a partner's app (`seeker.sso`); and signing out."""
