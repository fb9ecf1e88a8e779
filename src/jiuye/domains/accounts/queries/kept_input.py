"""What was typed into a form before somebody had to sign in, for the browser and the person it came from."""

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
    """A form's input: where it is sent (`action`), on which page it stood (`page`, with its query), and names with values.

    `reason`: expired (the session had ended), confirm (a fresh proof was asked for), stale (the page's token was too old).
    """

    action: str
    page: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool
    reason: str


def owner_of_session(request: HttpRequest) -> str:
    """What stands for the person of this browser's session where no name must stand; empty when nobody is signed in."""
    person = request.session.get(PERSON) if hasattr(request, "session") else None
    return blind_index(str(person), "input-owner") if person else ""


def browser_digest(secret: str) -> str:
    """What stands for the secret in a browser's cookie in our table."""
    return blind_index(secret, "input-browser")


def kept_inputs(*, secret: str, owner: str) -> list[TypedInput]:
    """What was kept for this browser and this person and is not over yet, the latest first. One query."""
    rows = KeptInput.objects.filter(browser=browser_digest(secret), owner=owner, expires_at__gt=clock.now())
    return [_typed(row.action, orjson.loads(row.content)) for row in rows.order_by("-kept_at")]


def _typed(action: str, content: dict[str, Any]) -> TypedInput:
    fields = tuple((name, value) for name, value in content["fields"])
    return TypedInput(action, content["page"], fields, content["files"], content["reason"])
