"""No data of an erased person can be read, with encrypted columns opened (bar S14, 个人信息保护法 art. 47)."""

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from django.apps import apps
from django.db import connection
from psycopg import sql

from jiuye.domains.accounts.models import Consent, Membership, User
from jiuye.domains.applications.models import Application, ApplicationEvent, ResumeSnapshot
from jiuye.domains.reviews.models import ShopReview
from jiuye.erasure.rules import DELETED, EMPTIED, KEPT
from jiuye.kernel.crypto import decrypt
from jiuye.kernel.crypto.columns import sealed_tables
from tests.factories import erasure
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def copied() -> Iterator[tuple[str, str]]:
    """Return (table, all its rows as text) of the whole database."""
    for table in connection.introspection.table_names():
        statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            yield table, b"".join(bytes(block) for block in copy).decode()


def opened() -> Iterator[tuple[str, str]]:
    """Return (column, text) of everything encrypted, jobs included."""
    for table in sealed_tables():
        for field in table.fields:
            for text in table.model._default_manager.values_list(field.attname, flat=True):
                yield f"{table.name}.{field.column}", text if isinstance(text, str) else repr(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'envelope' FROM procrastinate_jobs WHERE args ? 'envelope'")
        for (envelope,) in cursor.fetchall():
            yield "jobs", str(orjson.loads(decrypt(envelope)))


def found(*texts: str) -> dict[str, set[str]]:
    """Return where each of the texts can be read."""
    places: dict[str, set[str]] = {text: set() for text in texts}
    for place, content in (*copied(), *opened()):
        for text in texts:
            if text in content:
                places[text].add(place)
    return places


def rows_of(user: User) -> dict[str, int]:
    """Return the number of rows that reference the person, by model and field."""
    return {
        f"{label}.{name}": apps.get_model(label)._default_manager.filter(**{name: user.pk}).count()
        for label, name in (one.rsplit(".", 1) for one in foreign_keys())
    }


def foreign_keys() -> set[str]:
    """Return every foreign key to users, as app.Model.field."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if field.related_model is User
    }


def test_every_table_that_names_people_is_dealt_with_or_named_with_a_reason() -> None:
    deleted = {f"{label}.{field}" for label, field in DELETED}
    named = [*deleted, *EMPTIED, *KEPT]
    assert set(named) == foreign_keys()
    assert len(named) == len(set(named))


def test_the_person_of_these_tests_has_a_row_wherever_something_is_to_be_done(everywhere: tuple[User, Cast]) -> None:
    counts = rows_of(everywhere[0])
    assert [f"{label}.{field}" for label, field in DELETED if not counts[f"{label}.{field}"]] == []
    assert [name for name in EMPTIED if not counts[name]] == []


def test_before_the_erasure_every_trace_is_there(everywhere: tuple[User, Cast]) -> None:
    assert all(found(*erasure.TRACES).values())


def test_afterwards_no_table_holds_any_trace(everywhere: tuple[User, Cast]) -> None:
    erasure.ask(everywhere[0])
    assert erasure.erase_after(days=7) == 1
    assert found(*erasure.TRACES) == {text: set() for text in erasure.TRACES}
    assert all(rows_of(everywhere[0])[f"{label}.{field}"] == 0 for label, field in DELETED)


def test_files_go_too(
    everywhere: tuple[User, Cast], own_files: Path, django_capture_on_commit_callbacks: object
) -> None:
    assert [one for one in own_files.rglob("*") if one.is_file()]
    erasure.ask(everywhere[0])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erasure.erase_after(days=7)
    assert [one for one in own_files.rglob("*") if one.is_file()] == []


def test_the_service_ledger_stays_without_the_person(everywhere: tuple[User, Cast]) -> None:
    user, _ = everywhere
    before = ApplicationEvent.objects.filter(application__applicant=user).count()
    erasure.ask(user)
    erasure.erase_after(days=7)
    ledger = Application.objects.filter(applicant=user)
    assert sorted(ledger.values_list("state", flat=True)) == ["onboarded", "rejected", *["withdrawn"] * 3]
    assert ApplicationEvent.objects.filter(application__applicant=user).count() == before + 2
    assert set(ledger.values_list("rejection_reason", flat=True)) == {"", "skills"}
    assert set(ResumeSnapshot.objects.filter(user=user).values_list("content", "digest")) == {("", "")}
    assert not Consent.objects.filter(user=user, withdrawn_at=None).exists()
    assert Consent.objects.filter(user=user).count() == ledger.count()


def test_the_shops_figures_are_counted_without_their_review(everywhere: tuple[User, Cast]) -> None:
    user, cast = everywhere
    erasure.ask(user)
    erasure.erase_after(days=7)
    assert ShopReview.objects.filter(agency=cast.agency).count() == 1
    cast.agency.shop = apps.get_model("organisations.Shop").objects.get(pk=cast.agency.pk)  # type: ignore[attr-defined]
    assert cast.agency.shop.review_count == 1  # type: ignore[attr-defined]


def test_memberships_end(everywhere: tuple[User, Cast]) -> None:
    user, _ = everywhere
    erasure.ask(user)
    erasure.erase_after(days=7)
    assert not Membership.objects.filter(user=user, ended_at=None).exists()
