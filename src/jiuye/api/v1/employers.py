"""Employers."""

from ninja import Router

router = Router(tags=["employers"])
