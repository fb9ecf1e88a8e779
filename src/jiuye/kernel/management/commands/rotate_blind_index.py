"""`./jiuye manage rotate_blind_index [--check]`: rebuild blind indexes after BLIND_INDEX_KEY was changed. Stop the site first."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiuye.kernel.crypto import reindexing


class Command(BaseCommand):
    help = "Rebuild the blind indexes with the current BLIND_INDEX_KEY. Stop the web and worker processes first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Change nothing; exit code 1 while an index is stale.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Print a line for each table. With --check exit with 1 if an index has another key."""
        if not check:
            for table, changed in reindexing.rebuild_indexes().items():
                self.stdout.write(f"{table}: {changed} 行已重建（rebuilt）")
            return
        stale = {table: count for table, count in reindexing.stale_indexes().items() if count}
        if stale:
            told = "，".join(f"{table} {count}" for table, count in stale.items())
            raise CommandError(f"索引与当前密钥不符（stale indexes）：{told}")
        self.stdout.write("盲索引均为当前密钥（all blind indexes are of the present key）")
