"""Signing in: by phone and SMS code, by a scanned code, or with the card in a partner's app (`seeker.sso`); and signing out."""
