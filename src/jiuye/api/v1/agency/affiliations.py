"""Employers that are associated with the agency."""

from ninja import Router

router = Router(tags=["agency-affiliations"])
