"""Applications to the agency's postings."""

from ninja import Router

router = Router(tags=["agency-applications"])
