"""`manage migrate`: Django's command with a lock timeout and a statement timeout.

A statement that waits for a table's lock makes every later query of that table wait behind it, so it must give up
soon and be retried.
"""

import time
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.migrations import Migration

from jiuye.runtime.owner import as_owner, grant_to_runtime_role

ATTEMPTS = 5


class Command(migrate.Command):
    """As the owner of the tables: apply migrations, then give the runtime role its privileges.

    Migrations run under MIGRATE_LOCK_TIMEOUT and MIGRATE_STATEMENT_TIMEOUT (seconds, 0: none).

    A migration that needs other limits declares them as class attributes, `lock_timeout` and `statement_timeout` (seconds, None: none):
    concurrent index builds need both lifted, long data migrations the second. A lock timeout in an atomic migration is retried after
    a pause as long as the timeout. Raises CommandError when the timeouts were exceeded.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        self._connection = connections[options["database"]]
        self._migration: Migration | None = None
        with as_owner():
            self._migrate(*args, **options)
            grant_to_runtime_role()

    def _migrate(self, *args: Any, **options: Any) -> None:
        try:
            for left in reversed(range(ATTEMPTS)):
                self._limit()
                try:
                    super().handle(*args, **options)
                    return
                except OperationalError as error:
                    self._explain(error, attempts_left=left)
                time.sleep(settings.MIGRATE_LOCK_TIMEOUT)
        finally:
            if self._connection.is_usable():  # `prepare` goes on with this connection
                self._execute("RESET lock_timeout; RESET statement_timeout")

    def migration_progress_callback(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        """Called by Django before and after each migration: set the limits that this migration declares."""
        if action in ("apply_start", "unapply_start"):
            self._migration = migration
            self._limit()
        elif action in ("apply_success", "unapply_success"):
            self._migration = None
            self._limit()
        super().migration_progress_callback(action, migration, fake)

    def _limit(self) -> None:
        for name, usual in (
            ("lock_timeout", settings.MIGRATE_LOCK_TIMEOUT),
            ("statement_timeout", settings.MIGRATE_STATEMENT_TIMEOUT),
        ):
            seconds = getattr(self._migration, name, usual) or 0
            self._execute("SELECT set_config(%s, %s, false)", [name, f"{round(seconds * 1000)}ms"])

    def _execute(self, statement: str, parameters: list[str] | None = None) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    def _explain(self, error: OperationalError, *, attempts_left: int) -> None:
        """Report that the migration is retried, or raise: CommandError for a timeout, other errors unchanged."""
        migration, self._migration = self._migration, None
        kept = "本次迁移未作任何改动；nothing of this migration was kept"
        if migration is not None and not migration.atomic:
            kept, attempts_left = (
                "此迁移不在事务中，可能只完成一部分；not atomic, it may be half done: check before the next attempt",
                0,
            )
        if isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise CommandError(
                f"{migration}: 语句超时（a statement took longer than {settings.MIGRATE_STATEMENT_TIMEOUT} s; {kept}）。"
                "请拆小，或在迁移中声明 statement_timeout（make it smaller, or declare statement_timeout in the migration）"
            ) from error
        if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            raise error
        waited = f"{migration}: 表被其他会话锁定（waited {settings.MIGRATE_LOCK_TIMEOUT} s for a lock; {kept}）"
        if not attempts_left:
            raise CommandError(
                f"{waited}。请稍后重试（try again later, or see pg_stat_activity for who holds it）"
            ) from error
        self.stdout.write(f"{waited}；稍后再试（attempts left: {attempts_left}）")
