"""What the client has used, and done."""

from ninja import Router

router = Router(tags=["agency-usage"])
