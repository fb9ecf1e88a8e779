"""Kept input of a form, for the browser and the person it came from."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest

from jiuye.domains.accounts.models import KeptInput
from jiuye.domains.accounts.session_store import PERSON
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index


@dataclass(frozen=True, slots=True)
class TypedInput:
    """A form's input: where it is sent (`action`), its page (`page`, with query), and names with values.

    `reason`: expired (the session had ended), confirm (re-authentication was required), stale (the page's token had
    expired).
    """

    action: str
    page: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool
    reason: str


def owner_of_session(request: HttpRequest) -> str:
    """Return a digest of the person signed in to this session, or "" if nobody is."""
    person = request.session.get(PERSON) if hasattr(request, "session") else None
    return blind_index(str(person), "input-owner") if person else ""


def browser_digest(secret: str) -> str:
    """Return the digest under which a browser's cookie secret is stored."""
    return blind_index(secret, "input-browser")


def kept_inputs(*, secret: str, owner: str) -> list[TypedInput]:
    """Return what is kept for this browser and this person and has not expired, newest first. One query."""
    rows = KeptInput.objects.filter(browser=browser_digest(secret), owner=owner, expires_at__gt=clock.now())
    return [_typed(row.action, orjson.loads(row.content)) for row in rows.order_by("-kept_at")]


def _typed(action: str, content: dict[str, Any]) -> TypedInput:
    fields = tuple((name, value) for name, value in content["fields"])
    return TypedInput(action, content["page"], fields, content["files"], content["reason"])
