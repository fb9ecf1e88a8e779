"""Endpoints, deliveries and replays."""

from ninja import Router

router = Router(tags=["agency-webhooks"])
