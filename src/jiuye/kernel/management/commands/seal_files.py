"""`./jiuye manage seal_files`: encrypt the files that an earlier version stored in clear, while the site runs."""

from typing import Any

from django.core.management.base import BaseCommand

from jiuye.kernel.sealed_files import upkeep


class Command(BaseCommand):
    help = "Encrypt the stored files that are still in clear. The worker does the same every hour; a killed run is repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many files were encrypted."""
        done = 0
        while some := upkeep.seal_clear_files():
            done += some
        self.stdout.write(f"已加密 {done} 个文件（files encrypted）")
