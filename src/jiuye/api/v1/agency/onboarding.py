"""Onboarding and its outcomes."""

from ninja import Router

router = Router(tags=["agency-onboarding"])
