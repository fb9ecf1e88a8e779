"""Every table has a term or a reason, and every term is kept to: rows a little younger stay, rows a little older go (bar S14)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from procrastinate.contrib.django import app as queue

from jiuye.changes import repair
from jiuye.config.env import REPOSITORY
from jiuye.kernel import clock
from jiuye.kernel.crypto import EncryptedJSON
from jiuye.kernel.ids import new_id
from tests.erasure.terms import ENDLESS, SHOWN, TERMS, WITHOUT_TERM, Term

DOCUMENT = REPOSITORY / "docs" / "data-protection.md"
SOON, DAYS = timedelta(hours=1), timedelta(days=2)
APART: Mapping[str, Callable[[], object]] = {"compare_feed": repair.forget_old_tombstones}
"""Tasks that do much else: the part that deletes."""


def lines() -> list[str]:
    """Return the first column of the document's table of terms."""
    section = DOCUMENT.read_text(encoding="utf-8").split("\n## Retention\n")[1].split("\n## ")[0]
    rows = [line.split(" | ")[0].removeprefix("| ") for line in section.splitlines() if line.startswith("| ")]
    return [row for row in rows if row != "what"]


def ours() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("jiuye.") and model._meta.managed and not model._meta.proxy
    }


def test_every_table_has_a_term_or_a_reason() -> None:
    reasons = [model for group in WITHOUT_TERM.values() for model in group]
    terms = {term.model for term in TERMS}
    assert len(reasons) == len(set(reasons))
    assert not terms & set(reasons)
    assert terms | set(reasons) == ours()


def test_every_line_of_the_document_is_tried_or_says_that_it_has_no_end() -> None:
    starts = {term.line for term in TERMS} | set(SHOWN) | set(ENDLESS)
    written = lines()
    assert [line for line in written if not line.startswith(tuple(starts))] == []
    assert [start for start in starts if not any(line.startswith(start) for line in written)] == []


@pytest.mark.parametrize(("name", "test"), SHOWN.values())
def test_what_is_shown_elsewhere_is(name: str, test: str) -> None:
    assert f"def {test}(" in (REPOSITORY / name).read_text(encoding="utf-8")


MADE: tuple[tuple[type, Callable[[int], Any]], ...] = (
    (EncryptedJSON, lambda number: {}),
    (models.JSONField, lambda number: {}),
    (ArrayField, lambda number: []),
    (models.UUIDField, lambda number: new_id()),
    (models.BooleanField, lambda number: False),
    (models.DateTimeField, lambda number: clock.now()),
    (models.DateField, lambda number: clock.today()),
    (models.BinaryField, lambda number: b"x"),
    (models.FloatField, lambda number: 1),
    (models.DecimalField, lambda number: 1),
    (models.IntegerField, lambda number: 1000 + number),
    (models.GenericIPAddressField, lambda number: "192.0.2.1"),
)
"""Values by the kind of column; the first that fits."""


def some(column: "models.Field[Any, Any]", number: int) -> Any:
    """Return a value that fits a column; foreign keys point at nothing, and their constraints wait for a commit."""
    if column.remote_field:
        return some(column.target_field, number)  # type: ignore[attr-defined]
    if column.choices:
        return next(iter(column.flatchoices))[0]
    for kind, make in MADE:
        if isinstance(column, kind):
            return make(number)
    text = new_id().hex
    return text[-column.max_length :] if column.max_length else text


def plant(term: Term, when: datetime, number: int) -> Any:
    """Write a row whose time is `when`; return its key."""
    model = apps.get_model(term.model)
    since = model._meta.get_field(term.since)
    moment: datetime | date = when if isinstance(since, models.DateTimeField) else clock.local(when).date()
    given = {term.since: moment, **term.where}
    for column in model._meta.local_concrete_fields:
        is_wanted = not (column.null or column.has_default() or column.has_db_default() or column.blank)
        if column.name not in given and is_wanted and not isinstance(column, models.AutoField):
            given[column.attname] = some(column, number)
    row = model(**given)
    model._base_manager.bulk_create([row])
    return row.pk


def is_there(term: Term, key: Any) -> bool:
    """Return whether the row still has what its term is about."""
    row = apps.get_model(term.model)._base_manager.filter(pk=key).first()
    return row is not None and (not term.empties or bool(getattr(row, term.empties)))


def run(name: str) -> None:
    if name in APART:
        APART[name]()
    else:
        queue.tasks[name].func(0)


@pytest.mark.django_db
def test_rows_stay_until_their_term_is_over_and_go_then() -> None:
    planted: dict[str, tuple[Any, Any]] = {}
    now = clock.real_now()
    with transaction.atomic():
        for number, term in enumerate(TERMS):
            edge = now - term.kept
            is_day = not isinstance(apps.get_model(term.model)._meta.get_field(term.since), models.DateTimeField)
            margin = DAYS if is_day else min(SOON, term.kept / 2 or SOON)
            planted[term.name] = (
                plant(term, edge + margin, 2 * number),
                plant(term, edge - margin, 2 * number + 1),
            )
        assert [term.name for term in TERMS if not all(is_there(term, key) for key in planted[term.name])] == []
        for name in sorted({term.by for term in TERMS}):
            run(name)
        left = {term.name: tuple(is_there(term, key) for key in planted[term.name]) for term in TERMS}
        transaction.set_rollback(True)
    assert {name: found for name, found in left.items() if found != (True, False)} == {}
