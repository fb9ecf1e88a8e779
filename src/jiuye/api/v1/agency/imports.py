"""Sheets of postings."""

from ninja import Router

router = Router(tags=["agency-imports"])
