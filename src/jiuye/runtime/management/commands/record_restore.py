"""`manage record_restore`: check the audit chain of a restored database, and record in it that it was restored."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from jiuye.kernel import audit
from jiuye.kernel.actor import Actor


class Command(BaseCommand):
    """Those who find later anchors outside the database read in the log why its chain is shorter."""

    help = "Check the audit chain after a restore and record the restore in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", required=True, help="What was restored, for the log.")
        parser.add_argument("--head", default="", help="POSITION:DIGEST of the chain in the manifest.")

    def handle(self, *args: Any, source: str, head: str, **options: Any) -> None:
        """Exit with 1 if the chain is broken or has another head than the manifest."""
        position, _, digest = head.partition(":")
        anchored = (int(position), digest) if int(position or 0) else None
        broken = audit.verify(anchored)
        if broken is not None:
            raise CommandError(f"审计日志自第 {broken} 条起与链不符（the audit chain is broken at entry {broken}）")
        with transaction.atomic():
            audit.record(Actor.system(), "platform.restore", source=source, head=head)
        while audit.seal():
            pass
