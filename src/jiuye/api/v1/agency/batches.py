"""Many postings at once."""

from ninja import Router

router = Router(tags=["agency-batches"])
