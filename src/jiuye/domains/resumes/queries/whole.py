"""A whole resume in one query: every application freezes one, so reading it must be fast."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import orjson
from django.db.models import DateField, Field, ForeignKey, Model, UUIDField

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes.models import (
    Attachment,
    Certificate,
    Education,
    Employment,
    Intention,
    Project,
    Resume,
    Skill,
)
from jiuye.domains.resumes.states import SectionKind
from jiuye.domains.verification.queries import PRESENT_CHECKS, ItemState, from_json
from jiuye.kernel import database
from jiuye.kernel.crypto import EncryptedText

MODELS: dict[SectionKind, type[Model]] = {
    SectionKind.INTENTION: Intention,
    SectionKind.EMPLOYMENT: Employment,
    SectionKind.EDUCATION: Education,
    SectionKind.PROJECT: Project,
    SectionKind.SKILL: Skill,
    SectionKind.CERTIFICATE: Certificate,
}


@dataclass(frozen=True, slots=True)
class Whole:
    """The stored values of a person: account name and phone, the resume's head (None: no resume), entries in order."""

    login_name: str
    login_phone: str
    head: SimpleNamespace | None
    sections: dict[SectionKind, list[SimpleNamespace]]
    checks: list[ItemState]
    attachments: list[SimpleNamespace]


def whole(user_id: UUID) -> Whole | None:
    """Return the person's resume; None for no such person or an erased one. Attributes are named as columns (`region_id`)."""
    with database.prepared() as cursor:
        cursor.execute(_statement(), [user_id])
        row = cursor.fetchone()
    if row is None:
        return None
    name, phone, head, checks, attachments, *sections = row
    entries = {
        kind: [_entry(model, one) for one in orjson.loads(written)]
        for (kind, model), written in zip(MODELS.items(), sections, strict=True)
        if written
    }
    return Whole(
        _opened(User, "name", name),
        _opened(User, "phone", phone),
        _entry(Resume, orjson.loads(head)) if head else None,
        {kind: entries.get(kind, []) for kind in MODELS},
        from_json(checks),
        [_entry(Attachment, one) for one in orjson.loads(attachments)] if attachments else [],
    )


def _opened(model: type[Model], column: str, envelope: str) -> str:
    """Decrypt the text of an encrypted column."""
    return cast(EncryptedText, model._meta.get_field(column)).open(envelope)


@cache
def _statement() -> str:
    sections = ", ".join(
        f"(SELECT json_agg(t ORDER BY t.position, t.id)::text FROM {model._meta.db_table} t WHERE t.resume_id = r.id)"  # noqa: S608 - our own names
        for model in MODELS.values()
    )
    return (
        f"SELECT u.name, u.phone, CASE WHEN r.id IS NOT NULL THEN row_to_json(r)::text END, ({PRESENT_CHECKS}), "  # noqa: S608 - our own names
        f"(SELECT json_agg(t ORDER BY t.position, t.id)::text FROM {Attachment._meta.db_table} t "
        f"WHERE t.resume_id = r.id AND t.removed_at IS NULL), {sections} "
        f"FROM {User._meta.db_table} u LEFT JOIN {Resume._meta.db_table} r ON r.user_id = u.id "
        "WHERE u.id = %s AND (r.id IS NOT NULL OR u.erased_at IS NULL)"
    )


def _entry(model: type[Model], written: dict[str, Any]) -> SimpleNamespace:
    """Return a JSON row with values of the model's types."""
    for column, read in _readers(model):
        value = written[column]
        if value:
            written[column] = read(value)
    for attribute, column, former in _renamed(model):
        encrypted, clear = written.pop(column), written.pop(former)
        written[attribute] = clear if encrypted is None else encrypted
    return SimpleNamespace(**written)


@cache
def _readers(model: type[Model]) -> list[tuple[str, Callable[[str], Any]]]:
    """Return the columns that JSON holds as text and the model as another type."""
    readers = [(field.column or "", _reader(field)) for field in model._meta.local_concrete_fields]
    return [(column, read) for column, read in readers if read]


@cache
def _renamed(model: type[Model]) -> list[tuple[str, str, str]]:
    """Return the attributes whose column took the place of one in clear, both columns (`EncryptedText.formerly`)."""
    columns = {field.name: str(field.column) for field in model._meta.local_concrete_fields}
    return [
        (field.attname, columns[field.name], columns[field.formerly])
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedText) and field.formerly
    ]


def _reader(field: "Field[Any, Any]") -> Callable[[str], Any] | None:
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, UUIDField):
        return UUID
    if isinstance(target, EncryptedText):
        return target.open
    if isinstance(target, DateField):  # a subclass, but it parses its own format
        return target.to_python if target.get_internal_type() == "DateTimeField" else date.fromisoformat
    return None
