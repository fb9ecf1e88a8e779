"""`manage backup_facts [--snapshot NAME]`: what `./jiuye backup` and `./jiuye restore` must know of settings and keys, as JSON.

Contains the derived keys that authenticate manifests: it is read through a pipe and written nowhere.
"""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from jiuye.kernel.crypto import keys
from jiuye.kernel.crypto.columns import SealedTable, sealed_tables

PURPOSE = "backup"


class Command(BaseCommand):
    """Without `--snapshot` no database is asked."""

    help = "What a backup must know of the settings and keys (JSON)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--snapshot", default="", help="Of a transaction of the database, which stays open meanwhile."
        )

    def handle(self, *args: Any, snapshot: str, **options: Any) -> None:
        """Print the facts."""
        facts = {
            "fingerprints": keys.fingerprints(),
            "newest_key": keys.newest()[0],
            "authentication_keys": {name: keys.authentication_key(name, PURPOSE).hex() for name in keys.key_ids()},
            "migrations": sorted(_known_migrations()),
            "files_are_here": isinstance(default_storage, FileSystemStorage),
        }
        if snapshot:
            facts["keys_in_use"] = sorted(_keys_in_use(snapshot))
        self.stdout.write(json.dumps(facts))


def _known_migrations() -> set[str]:
    """Return `app.name` of every migration of this version, and of those that squashed ones take the place of."""
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {pair for migration in found.values() for pair in migration.replaces}
    return {f"{app}.{name}" for app, name in {*found, *replaced}}


def _keys_in_use(snapshot: str) -> set[str]:
    """Return the ids of the keys that are needed to read the encrypted columns."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
        cursor.execute("SET LOCAL statement_timeout = 0")
        needed: set[str] = set()
        for table in sealed_tables():
            cursor.execute(_ids_in(table))
            needed.update(key_id for (key_id,) in cursor.fetchall())
    return needed


def _ids_in(table: SealedTable) -> sql.Composable:
    each = [
        sql.SQL("SELECT DISTINCT split_part({0}, ':', 1) FROM {1} WHERE {0} <> ''").format(
            sql.Identifier(column), sql.Identifier(table.name)
        )
        for column in table.columns[1:]
    ]
    return sql.SQL(" UNION ").join(each)
