"""How often a saved search sends alerts."""

from django.db.models import TextChoices


class Frequency(TextChoices):
    SOON = "soon", "有新职位就告诉我（最多每小时一次）"
    DAILY = "daily", "每天早上 9 点"
    WEEKLY = "weekly", "每周一早上 9 点"
    NEVER = "never", "只保存，不提醒"
