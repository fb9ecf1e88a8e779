"""The agency's fairs."""

from ninja import Router

router = Router(tags=["agency-fairs"])
