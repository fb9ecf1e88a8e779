"""States of job fairs."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import StateMachine, transition


class FairState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


FAIR_LABELS = {"draft": "草稿", "published": "已发布", "cancelled": "已取消"}

FAIR = StateMachine(
    "fair",
    FairState,
    FAIR_LABELS,
    [
        transition("publish", ["draft"], "published", ["agency"], "发布招聘会"),
        transition("cancel", ["published"], "cancelled", ["agency"], "取消招聘会"),
    ],
)


class FairMode(TextChoices):
    ONSITE = "onsite", "现场"
    ONLINE = "online", "线上"
