"""`./jiuye manage rotate_keys [--check]`: re-encrypt personal data with the newest key and CIPHER, while the site runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jiuye.kernel.crypto import rotation
from jiuye.kernel.crypto.envelopes import newest_prefix
from jiuye.kernel.crypto.short_lived import under_older_keys


class Command(BaseCommand):
    help = "Re-encrypt all personal data with the last of ENCRYPTION_KEYS and CIPHER. A killed run resumes where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; exit code 1 while an older key is needed."
        )
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="Rows locked and written together.")

    def handle(self, *args: Any, check: bool, batch: int, **options: Any) -> None:
        """Print a line for each table. Exit with 1 if old envelopes are left, with --check also while an older key is needed."""
        target = newest_prefix().rstrip(":")
        if not check:
            for progress in rotation.rotate(batch=batch):
                self.stdout.write(f"{progress.table}: {progress.rewritten} 行已换用 {target}（rewritten）")
                for key in progress.unreadable:
                    self.stderr.write(
                        f"{progress.table} {key}: 无法解密（does not open: its key is gone or it was altered）"
                    )
        left = {one.table: one.old for one in rotation.standing() if one.old}
        passing = {place: count for place, count in under_older_keys().items() if count}
        if left:
            told = "，".join(f"{table} {count}" for table, count in left.items())
            raise CommandError(f"还有旧信封未换（still under an older key or cipher）：{told}")
        told = "，".join(f"{place} {count}" for place, count in passing.items())
        if passing and check:
            raise CommandError(f"旧密钥还要保留，等这些自行结束（older keys are still needed by）：{told}")
        self.stdout.write(f"全部使用 {target}（everything is under it）")
        if passing:
            self.stdout.write(f"旧密钥暂时保留，等这些自行结束（keep the older keys until these have ended）：{told}")
