"""States of a copy of a person's data."""

from django.db.models import TextChoices


class ExportState(TextChoices):
    REQUESTED = "requested", "正在准备"
    READY = "ready", "可以下载"
    FAILED = "failed", "没有成功"
