"""`./jiuye manage history jobs.JobPosting ID`: what was changed in a row, when, and by whom."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

import orjson
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import sql

from jiuye.kernel import history


class Command(BaseCommand):
    help = "显示一行数据的历次修改（the changes of a row, newest first）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("model", help="app.Model, such as jobs.JobPosting")
        parser.add_argument("id", type=UUID)

    def handle(self, *args: Any, model: str, id: UUID, **options: Any) -> None:
        """Print a line for each change and one for each column that changed. Raises CommandError for an unknown model."""
        try:
            table = apps.get_model(model)
        except (LookupError, ValueError) as error:
            raise CommandError(f"没有这个数据类型（{error}）") from error
        later = _present(table._meta.db_table, id)
        for version in history.versions(table, id):
            who = f"{version.entry.action} by {version.entry.actor_person_id}" if version.entry else "no audit entry"
            self.stdout.write(f"{version.until.isoformat(timespec='seconds')}  {who}")
            if version.is_deletion:
                self.stdout.write("    deleted")
            for column, value in version.values.items():
                if later and later.get(column) != value:
                    self.stdout.write(f"    {column}: {value} → {later.get(column)}")
            later = version.values


def _present(table: str, row_id: UUID) -> Any:
    """The row as it is now, written as versions are; None when it is gone."""
    statement = sql.SQL("SELECT to_jsonb(t)::text FROM {} t WHERE id = %s").format(sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [row_id])
        found = cursor.fetchone()
    return orjson.loads(found[0]) if found else None
