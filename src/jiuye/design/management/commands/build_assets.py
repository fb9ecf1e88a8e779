"""`build_assets`: build the style sheet, scripts and icons."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiuye.design.assets import TARGET, AssetError, build


class Command(BaseCommand):
    """Write the assets if a source has changed."""

    help = "Build the style sheet, scripts and icons, when a source has changed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--force`: build in any case."""
        parser.add_argument("--force", action="store_true", help="build even when nothing has changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and report what was done."""
        try:
            written = build(force=options["force"])
        except AssetError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"assets written to {TARGET}" if written else "assets are up to date")
