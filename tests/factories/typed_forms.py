"""Forms of pages as a person uses them: found in the HTML, filled in, sent; and sessions that end meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import Client

from jiuye.domains.accounts.models import Session, User
from tests.factories import accounts

WRITTEN = '会电焊 <b>"引号"</b> & 😀'
"""Typed into every text field: what a careless page would swallow."""

TEXT_TYPES = frozenset({"", "text", "tel", "email", "search", "url", "number", "month", "date", "datetime-local"})


@dataclass
class Typed:
    """A form sent by POST: its action, and its fields as (kind, name, value, ticked or chosen)."""

    action: str
    fields: list[tuple[str, str, str, bool]]

    @property
    def texts(self) -> list[str]:
        """Return the names of its text fields."""
        return [name for kind, name, _, _ in self.fields if kind == "text"]

    def written(self, **given: str) -> dict[str, list[str]]:
        """Return what a browser sends with text in every text field, or with `given`."""
        data: dict[str, list[str]] = {}
        for kind, name, value, is_on in self.fields:
            if kind == "text":
                data.setdefault(name, []).append(given.get(name, WRITTEN))
            elif is_on:
                data.setdefault(name, []).append(value)
        return data

    def values(self, name: str) -> list[str]:
        """Return the values of the fields of this name, including ticked boxes."""
        return [value for kind, one, value, is_on in self.fields if one == name and (kind == "text" or is_on)]


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.found = page, list[Typed]()
        self._form: Typed | None = None
        self._area: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urlsplit(urljoin(self.page, given.get("action", ""))).path
            self._form = Typed(action, []) if given.get("method", "").lower() == "post" else None
            self.found += [self._form] if self._form else []
        elif self._form is None:
            return
        elif tag == "textarea":
            self._area = (given["name"], [])
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option":
            self._form.fields.append(("option", self._select, given.get("value", ""), "selected" in given))
        elif tag == "input":
            self._input(self._form, given)

    def _input(self, form: Typed, given: dict[str, str]) -> None:
        kind, name = given.get("type", ""), given.get("name", "")
        if kind in ("checkbox", "radio"):
            form.fields.append(("choice", name, given.get("value", "on"), "checked" in given))
        elif kind == "hidden" or given.get("autocomplete") == "one-time-code":
            form.fields.append(("hidden", name, given.get("value", ""), True))
        elif kind in TEXT_TYPES and name:
            form.fields.append(("text", name, given.get("value", ""), True))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area and self._form:
            name, parts = self._area
            text = "".join(parts)
            self._form.fields.append(("text", name, text.removeprefix("\r").removeprefix("\n"), True))
            self._area = None
        elif tag == "form":
            self._form = None


def forms_of(answer: Any, page: str) -> list[Typed]:
    """Return the POST forms of an answer; `page` is its URL."""
    reader = _Forms(page)
    reader.feed(answer.content.decode())
    return reader.found


def form_to(answer: Any, page: str, action: str) -> Typed:
    """Return the form sent to `action`."""
    return next(form for form in forms_of(answer, page) if form.action == action)


def session_ends(client: Client) -> None:
    """End this browser's session from elsewhere."""
    Session.objects.filter(session_key=client.cookies[settings.SESSION_COOKIE_NAME].value).delete()


def comes_back(client: Client, user: User, **proved: bool) -> None:
    """Sign the person, or another one, in on the same browser."""
    name = settings.SESSION_COOKIE_NAME
    client.cookies[name] = accounts.browser(user, **proved).cookies[name].value


def each_with_text(forms: list[Typed]) -> Iterator[Typed]:
    """Return the forms with text fields."""
    return (form for form in forms if form.texts)
