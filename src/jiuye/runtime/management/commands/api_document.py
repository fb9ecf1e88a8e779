"""Print the OpenAPI document of this code: `./jiuye manage api_document > openapi.json`."""

from typing import Any

import orjson
from django.core.management.base import BaseCommand

from jiuye.api.v1.document import document


class Command(BaseCommand):
    """Prints the document as JSON."""

    help = "Print the OpenAPI document."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it to the standard output."""
        self.stdout.write(orjson.dumps(document(), option=orjson.OPT_INDENT_2).decode())
