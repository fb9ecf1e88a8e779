"""Agencies."""

from ninja import Router

router = Router(tags=["agencies"])
