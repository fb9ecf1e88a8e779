"""`manage load_reference`: write regions, occupations and industries of this release into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from jiuye.domains.reference.actions import load_reference


class Command(BaseCommand):
    """Idempotent: prints how many rows were added or changed."""

    help = "Load regions (GB/T 2260), occupations (2022) and industries (GB/T 4754) into the database; repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and print one line per table."""
        for loaded in load_reference():
            counts = f"{loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged"
            self.stdout.write(f"{loaded.table}: {counts}")
