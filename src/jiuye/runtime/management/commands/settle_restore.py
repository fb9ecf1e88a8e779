"""`manage settle_restore`: bring restored data to this version, check its audit chain, record the restore, build the index."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from jiuye.kernel import audit
from jiuye.kernel.actor import Actor


class Command(BaseCommand):
    """Those who find later anchors outside the database read in the log why its chain is shorter."""

    help = "After a restore: migrate, check the audit chain, record the restore in it, build the search index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", required=True, help="What was restored, for the log.")
        parser.add_argument("--head", default="", help="POSITION:DIGEST of the chain in the manifest.")

    def handle(self, *args: Any, source: str, head: str, **options: Any) -> None:
        """Exit with 1 if the chain is broken or has another head than the manifest."""
        call_command("prepare", demo="none")
        self.stdout.write("正在核对审计链…")
        position, _, digest = head.partition(":")
        anchored = (int(position), digest) if int(position or 0) else None
        broken = audit.verify(anchored)
        if broken is not None:
            raise CommandError(f"审计日志自第 {broken} 条起与链不符（the audit chain is broken at entry {broken}）")
        with transaction.atomic():
            audit.record(Actor.system(), "platform.restore", source=source, head=head)
        while audit.seal():
            pass
        self.stdout.write("正在建立搜索索引…")
        call_command("ensure_index", rebuild=True, stdout=self.stdout)
