"""`./jiuye manage occupation_labels --csv`: which occupations agencies chose for titles, to train the model (docs/reading.md)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jiuye.domains.jobs import queries
from jiuye.kernel.spreadsheets import write_csv


class Command(BaseCommand):
    """Columns: title and code as in `labelled_titles.csv`, the numbers of agencies and of choices from the suggestions, the last day."""

    help = "Print the occupations that agencies chose for titles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The format."""
        parser.add_argument("--csv", action="store_true", help="as CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a title and occupation."""
        labels = queries.occupation_labels()
        if options["csv"]:
            write_csv(self.stdout, [("title", "code", "agencies", "suggested", "last")])
            write_csv(self.stdout, ((one.title, one.code, one.agencies, one.suggested, one.last) for one in labels))
            return
        for one in labels:
            self.stdout.write(
                f"{one.title} → {one.code}, {one.agencies} agencies, {one.suggested} from the suggestions"
            )
