"""Coming from a partner's app as its users do."""

from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from tests.factories.sandbox import Sandbox

NEWCOMER = "19900001001"


def depart(visitor: Client, channel: str = "app-pay", **query: str) -> Any:
    """Open the site in the app; return the redirect to the card service."""
    return visitor.get("/sso/essc", {"channel": channel, **query})


def arrive(visitor: Client, location: str) -> Any:
    """Follow the card service's redirect back."""
    parts = urlsplit(location)
    return visitor.get(f"{parts.path}?{parts.query}")


def come(visitor: Client, world: Sandbox, phone: str = NEWCOMER, **query: str) -> Any:
    """All steps: app, card service, consent, back."""
    return arrive(visitor, world.authorize(phone, depart(visitor, **query)["Location"]))
