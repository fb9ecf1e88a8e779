"""Write the OpenAPI document that programs rely on: `./jiuye manage publish_api`."""

from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from jiuye.api.compatibility import breaks
from jiuye.api.v1.document import document
from jiuye.runtime.fingerprints import REPOSITORY

PUBLISHED = REPOSITORY / "docs" / "api" / "openapi.json"


class Command(BaseCommand):
    """Writes docs/api/openapi.json, unless the new document breaks a promise of the written one."""

    help = "Write docs/api/openapi.json. Refused if programs written for it would break."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, then write. Raises `CommandError` with every break."""
        if PUBLISHED.exists() and (found := breaks(orjson.loads(PUBLISHED.read_bytes()), document())):
            raise CommandError("The API would break:\n" + "\n".join(found))
        write(PUBLISHED)
        self.stdout.write(f"{len(document()['paths'])} paths written")


def write(place: Path) -> None:
    """Write the document, in an order that makes differences readable."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(orjson.dumps(document(), option=orjson.OPT_INDENT_2) + b"\n")
