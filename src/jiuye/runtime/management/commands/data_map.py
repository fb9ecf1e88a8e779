"""`./jiuye manage data_map`: write docs/security/data-map.md from the rules of copies and of erasure."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jiuye.erasure import data_map


class Command(BaseCommand):
    help = "Write docs/security/data-map.md: which personal data there is, and what an erasure does to it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        path = Path(settings.REPOSITORY) / "docs" / "security" / "data-map.md"
        path.write_text(data_map.page(), encoding="utf-8")
        self.stdout.write("docs/security/data-map.md")
