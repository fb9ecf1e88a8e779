"""Interviews."""

from ninja import Router

router = Router(tags=["agency-interviews"])
