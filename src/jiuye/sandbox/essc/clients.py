"""Registered clients and their authentication."""

import hmac
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from flask import current_app, request


@dataclass(frozen=True, slots=True)
class Client:
    """A registered website. Redirect URIs are compared as strings (RFC 9700 §2.1)."""

    id: str
    secret: str = field(repr=False)
    name: str
    origin: str
    redirect_uris: tuple[str, ...]


def find(client_id: str) -> Client | None:
    """Return the registered client of this id: there is one, the platform."""
    site = current_app.config["SITE"]
    known = Client(
        id=current_app.config["ESSC_CLIENT_ID"],
        secret=current_app.config["ESSC_CLIENT_SECRET"],
        name="就业在线",
        origin=site,
        redirect_uris=(f"{site}/sso/essc/callback",),
    )
    return known if hmac.compare_digest(client_id.encode(), known.id.encode()) else None


def authenticated() -> Client | None:
    """Return the client authenticated by HTTP Basic (RFC 6749 §2.3.1: both parts form-encoded first), else None."""
    given = request.authorization
    if given is None or given.type != "basic" or given.username is None or given.password is None:
        return None
    client = find(unquote_plus(given.username))
    if client is None or not hmac.compare_digest(unquote_plus(given.password).encode(), client.secret.encode()):
        return None
    return client
