"""The change feed."""

from ninja import Router

router = Router(tags=["changes"])
