"""`./jiuye manage verify_audit`: check that the audit log was not changed, cut, rolled back or computed again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiuye.kernel import audit_anchors, audit_check, clock
from jiuye.kernel.audit_anchors import Anchor


class Command(BaseCommand):
    help = "Check the hash chain of the audit log against its seals and against the anchors outside the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", default="", help="POSITION:DIGEST of an earlier head, from paper or the log.")
        parser.add_argument("--head", action="store_true", help="Print the present head as POSITION:DIGEST, to keep.")
        parser.add_argument(
            "--restored",
            default="",
            metavar="REASON",
            help="The database was restored from a backup to its present head: accept that later entries are lost.",
        )

    def handle(self, *args: Any, anchor: str, head: bool, restored: str, **options: Any) -> None:
        """Exit with 1 and the fault if the log is not whole. Warnings go to standard error."""
        if head:
            self.stdout.write(str(audit_anchors.head() or "0:"))
            return
        if restored:
            self._accept(restored)
        report = audit_check.check(_parsed(anchor) if anchor else None)
        for line in report.warnings:
            self.stderr.write(line)
        for one in report.restorations:
            self.stdout.write(f"曾从备份恢复到第 {one.position} 条（{one.at:%Y-%m-%d %H:%M} UTC）：{one.restored}")
        if report.fault:
            raise CommandError(f"{report.fault}（the audit log is not whole from entry {report.position}）")
        self.stdout.write(
            f"审计日志完整：{report.entries} 条，{report.anchors} 个库外锚点（the audit log is whole and fits its anchors）"
        )

    def _accept(self, reason: str) -> None:
        try:
            accepted = audit_anchors.accept_restoration(reason)
        except ValueError:
            raise CommandError("审计日志还没有签封，无法登记恢复（nothing is sealed yet）") from None
        self.stdout.write(f"已登记：数据库恢复到第 {accepted.position} 条")


def _parsed(anchor: str) -> Anchor:
    position, _, digest = anchor.partition(":")
    if not position.isdecimal() or not digest:
        raise CommandError("锚点的写法是 条号:摘要（an anchor reads POSITION:DIGEST）")
    return Anchor(int(position), digest, clock.now())
