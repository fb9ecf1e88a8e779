"""Resumes that came with applications."""

from ninja import Router

router = Router(tags=["agency-resumes"])
