"""Logs hold nothing that people sent: PostgreSQL quotes the row that it refuses, pydantic the input."""

import io
import json
import logging as standard
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pydantic
import pytest
import structlog
from django.db import DatabaseError, connection, transaction

from jiuye.kernel.http import logging
from jiuye.kernel.http.quoted_values import without_values

CANARY = "司徒漱石 13900000001"
PEOPLE = "CREATE TEMPORARY TABLE people (name text PRIMARY KEY, born date NOT NULL) ON COMMIT DROP"
REFUSED = {
    "a row that is there already": "INSERT INTO people VALUES (%s, now()), (%s, now())",
    "a row that lacks something": "INSERT INTO people VALUES (%s || E'\\n\\n' || %s, NULL)",
    "what is no date": "INSERT INTO people VALUES (%s, (%s)::date)",
    "what is no number": "SELECT length(%s), (%s)::text::int",
    "a statement with a fault": "SELEC %s, %s",
}


class _Number(pydantic.BaseModel):
    number: int


@contextmanager
def logged() -> Iterator[io.BytesIO]:
    """Log as a process of the site does, to here."""
    root = standard.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.BytesIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stderr", io.TextIOWrapper(written, write_through=True))
        logging.configure()
        yield written
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def last(written: io.BytesIO) -> str:
    line = json.loads(written.getvalue().splitlines()[-1])
    assert isinstance(line["exception"], str)
    return str(line["exception"])


def refuse(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        cursor.execute(statement, [CANARY, CANARY])


@pytest.mark.django_db
@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("named", ["structlog", "standard"])
def test_no_traceback_in_the_log_quotes_a_row(statement: str, named: str) -> None:
    log = structlog.get_logger("x") if named == "structlog" else standard.getLogger("x")
    with pytest.raises(DatabaseError) as refused:
        refuse(statement)
    assert CANARY in str(refused.value), "otherwise there is nothing to take out"

    with logged() as written:
        try:
            raise RuntimeError("a page") from refused.value
        except RuntimeError:
            log.exception("unexpected")
        told = last(written)

    assert "司徒" not in told
    assert "13900000001" not in told
    assert "RuntimeError: a page" in told


def test_nor_does_one_of_pydantic() -> None:
    with logged() as written:
        try:
            _Number.model_validate({"number": CANARY})
        except pydantic.ValidationError:
            structlog.get_logger("x").exception("unexpected")
        told = last(written)

    assert "司徒" not in told
    assert "number" in told


def test_what_helps_to_find_the_fault_stays() -> None:
    told = 'UniqueViolation: duplicate key value violates unique constraint "people_pkey"\nDETAIL:  Key (name)=(x) already exists.'
    assert without_values(told) == 'UniqueViolation: duplicate key value violates unique constraint "people_pkey"'
