"""manage ensure_index: build the search index if it is missing, damaged or not what the database says."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jiuye.ports import search
from jiuye.search import indexer


class Command(BaseCommand):
    """Safe beside a running site: it answers from the old index until the new one is whole."""

    help = "Build the search index if it is missing, damaged or not what the database says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="Rebuild it in any case.")

    def handle(self, *args: Any, **options: Any) -> None:
        built = indexer.rebuild() >= 0 if options["rebuild"] else self._ensured()
        state = search.get().state()
        self.stdout.write(f"{'built' if built else 'in order'}: {state.count} postings")

    def _ensured(self) -> bool:
        try:
            return indexer.ensure(thorough=True)
        except search.WriterBusy:  # the worker is running and takes changes in itself
            return False
