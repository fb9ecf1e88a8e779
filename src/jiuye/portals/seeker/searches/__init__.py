"""Saved searches: save, set the frequency, unsubscribe by one click."""
