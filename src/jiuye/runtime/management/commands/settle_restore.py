"""`manage settle_restore`: bring restored data to this version, check its audit chain, build the index, record the restore."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from jiuye.kernel import audit, audit_anchors, audit_check
from jiuye.kernel.actor import Actor


class Command(BaseCommand):
    """The restore is recorded in the log and among the anchors outside, which know later positions of the chain."""

    help = "After a restore: migrate, check the audit chain, build the search index, record the restore."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", required=True, help="What was restored, for the log.")
        parser.add_argument("--head", default="", help="POSITION:DIGEST of the chain in the manifest.")

    def handle(self, *args: Any, source: str, head: str, **options: Any) -> None:
        """Exit with 1 if the chain is broken or has another head than the manifest. Anchors are written at the very end."""
        call_command("prepare", demo="none")
        _compare(head)
        call_command("ensure_index", rebuild=True, stdout=self.stdout)
        if audit_anchors.head():
            audit_anchors.accept_restoration(source)
        with transaction.atomic():
            audit.record(Actor.system(), "platform.restore", source=source, head=head)
        while audit.seal():
            pass
        audit_anchors.keep()
        report = audit_check.check()
        if report.fault:
            raise CommandError(report.fault)


def _compare(head: str) -> None:
    position, _, digest = head.partition(":")
    last = 0
    for last, computed, fits in audit.walk():
        if not fits or (last == int(position or 0) and computed != digest):
            raise CommandError(f"审计日志自第 {last} 条起与链不符（the audit chain is broken at entry {last}）")
    if last < int(position or 0):
        raise CommandError(
            f"审计日志只到第 {last} 条，清单说到第 {position} 条（the audit log is shorter than the manifest says）"
        )
