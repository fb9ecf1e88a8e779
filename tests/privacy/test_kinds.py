"""The copy contains every kind of data that belongs to a person."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import CASCADE, ForeignKey, Model

from jiuye.domains.accounts.models import User
from jiuye.kernel.crypto import EncryptedText
from jiuye.privacy.archive import exported_fields
from jiuye.privacy.kinds import KINDS, LEFT_OUT

EXPORTED = {f"{kind.model}.{kind.person}" for kind in KINDS}
SECRETS = {
    "accounts.Authenticator": {"secret"},
    "accounts.RecoveryCode": {"digest"},
    "accounts.Passkey": {"credential_id", "public_key"},
    "accounts.Session": {"session_key", "session_data"},
}


def _references(target: type[Model]) -> Iterator[tuple[str, "ForeignKey[Model, Model]"]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and field.related_model is target:
                yield f"{model._meta.label}.{field.name}", field


def test_every_column_that_names_a_person_is_exported_or_left_out_for_a_reason() -> None:
    unnamed = {name for name, _ in _references(User)} - EXPORTED - LEFT_OUT.keys()
    assert sorted(unnamed) == [], "add them to privacy/kinds.py: to KINDS, or to LEFT_OUT with the reason"


def test_what_hangs_on_a_persons_rows_is_exported_too() -> None:
    """Entries of a resume, steps of an application: rows that are deleted with the person's row."""
    # An opinion is the employer's own assessment, written for the agency (docs/joining.md); notes are the agency's own.
    others = {"reviews.ReviewReport", "applications.EmployerOpinion", "applications.ApplicationNote"}
    exported = {kind.model for kind in KINDS}
    for kind in KINDS:
        for name, field in _references(apps.get_model(kind.model)):
            if kind.model != "accounts.User" and field.remote_field.on_delete is CASCADE:
                assert name.rpartition(".")[0] in exported | others, name


def test_no_reason_is_given_for_what_is_gone_or_exported() -> None:
    assert LEFT_OUT.keys() <= {name for name, _ in _references(User)}
    assert not LEFT_OUT.keys() & EXPORTED
    assert all(LEFT_OUT.values())


def test_kinds_name_columns_that_exist() -> None:
    for kind in KINDS:
        names = {field.name for field in apps.get_model(kind.model)._meta.concrete_fields}
        assert {*kind.without, *kind.parsed} <= names, kind.name
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_no_secret_of_the_sign_in_and_no_blind_index_leaves_the_platform() -> None:
    for kind in KINDS:
        columns = {field.name for field in exported_fields(kind)}
        indexes = {
            field.found_by
            for field in apps.get_model(kind.model)._meta.concrete_fields
            if isinstance(field, EncryptedText) and field.found_by
        }
        assert not columns & (indexes | SECRETS.get(kind.model, set())), kind.name


def test_no_id_of_another_person_leaves_the_platform() -> None:
    others = {"person_id", "actor_person_id", "invited_by", "checked_in_by", "operator", "assigned_to", "decided_by_id"}
    for kind in KINDS:
        assert not {field.name for field in exported_fields(kind)} & others, kind.name
