"""Test data: its clock, its seekers, its reset."""

from ninja import Router

router = Router(tags=["test_mode"])
