"""The staff routes of the URL map, and requests that leave nothing behind."""

import re
from collections.abc import Iterator
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


def send(client: Client, method: str, path: str) -> tuple[HttpResponse, dict[str, int]]:
    """Return the answer, and which tables of the business it wrote."""
    before = written()
    with taken_back():
        answer: Any = client.generic(method, path)
    after = written()
    return answer, {
        table: count - before.get(table, 0) for table, count in after.items() if count > before.get(table, 0)
    }
