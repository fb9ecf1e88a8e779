"""Saved searches: keeping one, how one is told, one click to stop."""
