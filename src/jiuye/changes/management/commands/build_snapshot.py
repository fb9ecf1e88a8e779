"""manage build_snapshot: write a snapshot of the public postings now."""

from typing import Any

from django.core.management.base import BaseCommand

from jiuye.changes import repair, snapshots, writer


class Command(BaseCommand):
    """Safe beside a running site."""

    help = "Compare the feed with the postings, then write a snapshot of all that are public."

    def handle(self, *args: Any, **options: Any) -> None:
        repair.compare()
        writer.drain()
        row = snapshots.get(snapshots.build())
        self.stdout.write(f"{row.id}: {row.jobs} postings, {row.size} bytes")
