"""The staff routes of the URL map, and requests that leave nothing behind."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from jiuye.kernel.access import requirement_of
from jiuye.kernel.checks import routes
from tests.bars.matrix import ROWS
from tests.bars.places import Ids
from tests.conventions.test_pages_with_axe import methods_of

UNCOUNTED = {"accounts_session", "kernel_answered_form", "kernel_ratecounter", "accounts_keptinput"}


@dataclass(frozen=True)
class Staff:
    """A route of a portal."""

    kind: str
    pattern: str
    route: URLPattern

    @property
    def methods(self) -> list[str]:
        """What it answers; GET and POST unless it says so."""
        return [one for one in (methods_of(self.route.callback) or ["GET", "POST"]) if one != "HEAD"]

    @property
    def roles(self) -> frozenset[str]:
        return ROWS.get((self.kind, self.pattern), frozenset())

    def path(self, ids: Ids) -> str:
        return "/" + re.sub(r"<\w+:(\w+)>", lambda found: str(ids[found[1]]), self.pattern)


def _of_staff() -> Iterator[Staff]:
    for pattern, route in routes():
        requirement = requirement_of(route.callback)
        if requirement and requirement.kind:
            yield Staff(requirement.kind, pattern, route)


STAFF = sorted(_of_staff(), key=lambda one: (one.kind, one.pattern))


@contextmanager
def taken_back() -> Iterator[None]:
    """Roll everything back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written() -> dict[str, int]:
    """The rows that the open transaction has written in each table of the business."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {table: count for table, count in cursor.fetchall() if count and table not in UNCOUNTED}


Answered = tuple[HttpResponse, dict[str, int]]
"""An answer, and how many rows of each table of the business it wrote."""


def send(client: Client, method: str, path: str, data: Mapping[str, Any] | None = None) -> Answered:
    """Send a request, with a form if data is given, and take everything back, also in the browser."""
    cookies: Any = client.cookies.copy()
    try:
        return noting(lambda: client.generic(method, path) if data is None else client.post(path, rewound(data)))
    finally:
        client.cookies = cookies


def rewound(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same form, its files to be read again from the beginning."""
    for values in data.values():
        for one in values if isinstance(values, list) else [values]:
            if hasattr(one, "seek"):
                one.seek(0)
    return data


def noting(ask: Callable[[], Any]) -> Answered:
    """Ask, read the whole answer, and take everything back."""
    before = written()
    with taken_back():
        answer = ask()
        if answer.streaming:
            b"".join(answer)
    after = written()
    return answer, {
        table: count - before.get(table, 0) for table, count in after.items() if count > before.get(table, 0)
    }
