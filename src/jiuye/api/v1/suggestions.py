"""Suggestions for search words and occupations."""

from ninja import Router

router = Router(tags=["suggestions"])
