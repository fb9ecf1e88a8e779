"""Reviews of the agency's shop."""

from ninja import Router

router = Router(tags=["agency-reviews"])
