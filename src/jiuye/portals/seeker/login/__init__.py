"""Signing in by phone and SMS code, choosing where to work, signing out."""
