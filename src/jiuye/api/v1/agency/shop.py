"""The agency's flagship shop."""

from ninja import Router

router = Router(tags=["agency-shop"])
