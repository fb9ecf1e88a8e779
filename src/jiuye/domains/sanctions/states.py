"""States and levels of sanctions (处置), and of appeals against them."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import NOTHING, StateMachine, transition


class Subject(TextChoices):
    """Whom a sanction is about."""

    AGENCY = "agency", "职介"
    EMPLOYER = "employer", "招聘企业"
    PERSON = "person", "个人"


class Level(TextChoices):
    """The steps, in their order (人社厅发〔2025〕60号: reminder, warning, limits, removal, stop of service, 异常名录)."""

    REMIND = "remind", "提醒"
    WARN = "warn", "警告"
    LIMIT = "limit", "限制发布"
    TAKE_DOWN = "take_down", "职位下架"
    SUSPEND = "suspend", "暂停服务"
    BAN = "ban", "列入异常名录"


class SanctionState(StrEnum):
    PROPOSED = "proposed"
    DECLINED = "declined"
    ACTIVE = "active"
    LIFTED = "lifted"
    ENDED = "ended"


SANCTION_LABELS = {
    "proposed": "待另一人确认",
    "declined": "未获确认",
    "active": "生效中",
    "lifted": "已解除",
    "ended": "已到期",
}

SANCTION = StateMachine(
    "sanction",
    SanctionState,
    SANCTION_LABELS,
    [
        transition("propose", [NOTHING], "proposed", ["operator"], "提出处置"),
        transition("impose", ["proposed"], "active", ["operator"], "作出处置"),
        transition("decline", ["proposed"], "declined", ["operator"], "不予确认"),
        transition("lift", ["active"], "lifted", ["operator"], "解除"),
        transition("end", ["active"], "ended", ["system"], "到期结束"),
    ],
)
"""A ban takes two people: one proposes it, another imposes it. Each other level is proposed and imposed in one step."""


class AppealState(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    SETTLED = "settled"


APPEAL_LABELS = {
    "open": "处理中",
    "upheld": "申诉成立",
    "rejected": "申诉不成立",
    "settled": "处置已另行解除",
}

APPEAL = StateMachine(
    "appeal",
    AppealState,
    APPEAL_LABELS,
    [
        transition("submit", [NOTHING], "open", ["organisation", "seeker"], "提出申诉"),
        transition("uphold", ["open"], "upheld", ["operator"], "申诉成立"),
        transition("reject", ["open"], "rejected", ["operator"], "申诉不成立"),
        transition("settle", ["open"], "settled", ["system"], "随处置解除结案"),
    ],
)
"""`settle`: the sanction was lifted for another reason while the appeal was open."""
