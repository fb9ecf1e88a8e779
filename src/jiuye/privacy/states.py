"""How far a copy of somebody's data has come."""

from django.db.models import TextChoices


class ExportState(TextChoices):
    REQUESTED = "requested", "正在准备"
    READY = "ready", "可以下载"
    FAILED = "failed", "没有成功"
