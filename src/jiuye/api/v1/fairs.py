"""Fairs."""

from ninja import Router

router = Router(tags=["fairs"])
