"""A browser with a session: it opens a page, fills in a form and sends it, again and again until it is answered."""

from typing import Any
from uuid import uuid4

import httpx

from bench._faults.wire import Wire
from tests.factories import markup

COOKIE = "jiuye_session"


class FormMissing(Exception):
    """The page has no such form (any more)."""


class Browser:
    """One client's browser; `become` changes whose it is."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def become(self, session: str) -> None:
        """Use this session from now on."""
        self._wire.http.cookies.clear()
        self._wire.http.cookies.set(COOKIE, session)

    def form(self, page: str, action: str) -> dict[str, Any]:
        """Return what the form would send unchanged. Raises FormMissing and GaveUp."""
        answer = self._wire.get(page)
        if answer.status_code == 200:
            for one in markup.read(answer.text).posted():
                if (one.action or page).split("?")[0] == action:
                    return dict(one.data())
        raise FormMissing(f"{action} on {page}: {answer.status_code}")

    def send(
        self, act: str, about: dict[str, Any], page: str, action: str, filled: dict[str, Any] | None = None, **more: Any
    ) -> httpx.Response:
        """Open `page`, fill in its form with this action and send it. Raises FormMissing and GaveUp."""
        data = self.form(page, action) | (filled or {})
        headers = {"Origin": str(self._wire.http.base_url).rstrip("/")}
        return self._wire.act(act, about, "POST", action, data=data, headers=headers, **more)


def fresh() -> str:
    """Return a word that nothing else contains."""
    return uuid4().hex[:10]
