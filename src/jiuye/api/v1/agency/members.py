"""Members of the agency."""

from ninja import Router

router = Router(tags=["agency-members"])
