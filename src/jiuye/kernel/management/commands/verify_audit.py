"""`./jiuye manage verify_audit [--anchor POSITION:DIGEST]`: check that the audit log was not changed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiuye.kernel import audit


class Command(BaseCommand):
    help = "Check the hash chain of the audit log; an anchor is what the log said when it was sealed (“audit sealed”)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", default="", help="POSITION:DIGEST of an earlier seal, from the worker's log.")

    def handle(self, *args: Any, anchor: str, **options: Any) -> None:
        """Exit with 1 and the position if an entry was altered, deleted or cut off."""
        position, _, digest = anchor.partition(":")
        broken = audit.verify((int(position), digest) if anchor else None)
        if broken is not None:
            raise CommandError(f"审计日志自第 {broken} 条起与链不符（the chain is broken at entry {broken}）")
        self.stdout.write("审计日志完整（the audit log is whole）")
