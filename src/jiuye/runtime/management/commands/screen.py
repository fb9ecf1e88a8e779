"""`./jiuye manage screen TEXT`: what screening says about a text. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jiuye.domains.jobs.screening import FIELD_LABELS, Finding, Screening, screen


class Command(BaseCommand):
    help = "Screen a text as the words of a posting are screened. TEXT - is read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add text, field and form of the answer."""
        parser.add_argument("text", metavar="TEXT", help="the words, or - for standard input")
        parser.add_argument("--field", choices=FIELD_LABELS, default="requirements", help="default: requirements")
        parser.add_argument("--json", action="store_true", help="one JSON object: verdict, findings")

    def handle(self, *args: Any, text: str, field: str, **options: Any) -> None:
        """Print the verdict (clean, review, stop) and the findings."""
        words = sys.stdin.read() if text == "-" else text
        found = screen({field: words})
        if options["json"]:
            self.stdout.write(json.dumps(answer(found), ensure_ascii=False))
            return
        self.stdout.write(found.verdict)
        for finding in found.findings:
            self.stdout.write(f"{finding.verdict}　{finding.rule}　{finding.message}")


def answer(found: Screening) -> dict[str, Any]:
    """Return the verdict and, for each finding, kind, words, span in the text, message, legal article, what to do."""
    return {"verdict": found.verdict, "findings": [_finding(one) for one in found.findings]}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.rule,
        "verdict": finding.verdict,
        "field": finding.field,
        "words": finding.words,
        "span": list(finding.span),
        "message": finding.message,
        "article": finding.basis,
        "advice": finding.advice,
    }
