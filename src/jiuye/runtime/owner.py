"""Commands that change the schema connect as the owner of the tables (`MIGRATIONS_DATABASE_URL`), everything else as the runtime role."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

from jiuye.kernel import privileges


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner within the block. Without MIGRATIONS_DATABASE_URL the one role of DATABASE_URL is the owner, too."""
    owner, before = settings.MIGRATIONS_DATABASE, dict(connection.settings_dict)
    if not owner or owner["USER"] == before["USER"]:
        yield
        return
    _reconnect(owner)
    try:
        yield
    finally:
        _reconnect(before)


def grant_to_runtime_role() -> None:
    """After migrations, as the owner: give the role of DATABASE_URL what new tables need, and take what it must not have."""
    owner, role = settings.MIGRATIONS_DATABASE, settings.RUNTIME_ROLE
    if owner and owner["USER"] != role:
        with transaction.atomic(), connection.cursor() as cursor:
            privileges.grant(cursor, str(role))


def _reconnect(place: dict[str, object]) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict.update({name: place[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")})
