"""`manage prepare`: update assets, schema, reference data and demonstration data to this version."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from jiuye.kernel import clock
from jiuye.kernel.advisory_locks import AdvisoryLock
from jiuye.kernel.http import logging
from jiuye.runtime import assets, fingerprints
from jiuye.runtime.models import Milestone
from jiuye.runtime.owner import as_owner
from jiuye.runtime.prepared import ACCOUNTS, DEMO, REFERENCE, SCHEMA


class Command(BaseCommand):
    """Each step is skipped if the database has its milestone, and commits together with its milestone."""

    help = "构建静态文件、迁移数据库、载入基础数据与演示数据（each only when needed）"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", choices=["small", "large", "none"], default=None)

    def run_from_argv(self, argv: list[str]) -> None:
        """As a separate process, log where the other processes log."""
        logging.configure()
        super().run_from_argv(argv)

    def handle(self, *args: Any, demo: str | None, **options: Any) -> None:
        """Run the steps in order."""
        if not assets.are_built():
            self._tell("正在构建样式与脚本…")
            assets.build()
        with as_owner(), _alone():
            self._tell("正在更新数据库结构…")
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
            self._load_reference()
            self._load_demo(demo)
            _reach(SCHEMA, fingerprints.of_schema(_applied()))

    def _load_reference(self) -> None:
        wanted = fingerprints.of_reference()
        if _value(REFERENCE) == wanted:
            return
        self._tell("正在载入行政区划、职业与行业…")
        with transaction.atomic():
            call_command("load_reference", stdout=io.StringIO())
            _reach(REFERENCE, wanted)

    def _load_demo(self, demo: str | None) -> None:
        present = _value(DEMO)
        wanted = demo or present or ("none" if settings.PRODUCTION else "small")
        if present == wanted or (present in ("small", "large") and wanted == "none"):
            return
        if present in ("small", "large"):
            raise CommandError(
                f"已载入 {present} 演示数据，换用 {wanted} 请另选 --data 目录（other demo data is loaded already）"
            )
        accounts = io.StringIO()
        with transaction.atomic():
            if wanted != "none":
                self._tell(f"正在生成演示数据（{wanted}）…")
                call_command("load_demo", size=wanted, stdout=io.StringIO())
                call_command("demo_accounts", stdout=accounts)
            _reach(DEMO, wanted)
            _reach(ACCOUNTS, accounts.getvalue().strip())
        if wanted != "none":
            self._tell("正在建立搜索索引…")  # the worker would do it, but people search as soon as the site is up
            call_command("ensure_index", stdout=io.StringIO())

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts on one database take turns. The lock is released explicitly: pooled connections stay open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [AdvisoryLock.PREPARATION])
        try:
            yield
        finally:
            if connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(%s)", [AdvisoryLock.PREPARATION])


def _value(name: str) -> str | None:
    return Milestone.objects.filter(pk=name).values_list("value", flat=True).first()


def _reach(name: str, value: str) -> None:
    Milestone.objects.update_or_create(pk=name, defaults={"value": value, "reached_at": clock.now()})


def _applied() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return cursor.fetchall()
