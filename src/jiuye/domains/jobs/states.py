"""States of postings and of sheet imports."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import NOTHING, StateMachine, transition


class PostingState(StrEnum):
    DRAFT = "draft"
    UNDER_REVIEW = "under_review"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    BANNED = "banned"


POSTING_LABELS = {
    "draft": "草稿",
    "under_review": "审核中",
    "published": "招聘中",
    "rejected": "未通过",
    "withdrawn": "已下架",
    "expired": "已到期",
    "banned": "已封禁",
}

_ANY = ["draft", "under_review", "published", "rejected", "withdrawn", "expired"]

POSTING = StateMachine(
    "posting",
    PostingState,
    POSTING_LABELS,
    [
        transition("publish", ["draft", "rejected", "withdrawn", "expired"], "published", ["agency"], "发布"),
        # A public posting is held when a program or a sheet changes it to what needs a review.
        transition(
            "hold", ["draft", "published", "rejected", "withdrawn", "expired"], "under_review", ["system"], "送审"
        ),
        transition("approve", ["under_review"], "published", ["operator"], "审核通过"),
        transition("reject", ["under_review"], "rejected", ["operator"], "驳回"),
        transition("withdraw", ["published"], "withdrawn", ["agency", "operator"], "下架"),
        transition("fill", ["published"], "withdrawn", ["agency"], "招满"),
        transition("expire", ["published"], "expired", ["system"], "到期"),
        transition("ban", _ANY, "banned", ["operator"], "封禁"),
    ],
)


class ClosingReason(StrEnum):
    """Why a posting that was public is no longer open."""

    WITHDRAWN = "withdrawn"
    FILLED = "filled"
    EXPIRED = "expired"
    BANNED = "banned"


CLOSING_LABELS = {"withdrawn": "已下架", "filled": "已招满", "expired": "已到期", "banned": "已封禁"}


class WishState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"


WISH_LABELS = {"open": "待职介答复", "done": "已修改", "declined": "没有修改"}
WISH = StateMachine(
    "wish",
    WishState,
    WISH_LABELS,
    [
        transition("wish", [NOTHING], "open", ["employer"], "提出修改意见"),
        transition("do", ["open"], "done", ["agency"], "答复已修改"),
        transition("decline", ["open"], "declined", ["agency"], "答复不修改"),
    ],
)


class PayUnit(TextChoices):
    MONTH = "month", "元/月"
    DAY = "day", "元/天"
    HOUR = "hour", "元/时"
    YEAR = "year", "元/年"


class ImportState(StrEnum):
    READING = "reading"
    UPLOADED = "uploaded"
    MAPPED = "mapped"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


IMPORT_LABELS = {
    "reading": "读取中",
    "uploaded": "待对应列",
    "mapped": "待确认",
    "running": "导入中",
    "done": "已完成",
    "failed": "未能导入",
}
