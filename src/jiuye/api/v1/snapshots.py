"""Snapshots of the public postings."""

from ninja import Router

router = Router(tags=["snapshots"])
