"""States and enumerations of feedback (意见反馈). docs/states/feedback.md is generated from the table."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import StateMachine, transition


class FeedbackState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


FEEDBACK_LABELS = {"open": "待答复", "answered": "已答复", "closed": "已结束"}

FEEDBACK = StateMachine(
    "feedback",
    FeedbackState,
    FEEDBACK_LABELS,
    [
        transition("supplement", ["open"], "open", ["seeker"], "补充说明"),
        transition("answer", ["open", "answered"], "answered", ["operator"], "答复"),
        transition("follow_up", ["answered", "closed"], "open", ["seeker"], "继续追问"),
        transition("close", ["answered"], "closed", ["seeker", "operator", "system"], "结束"),
    ],
)


class Category(TextChoices):
    FAULT = "fault", "网站或应用出了问题"
    POSTING = "posting", "职位信息不实或不清楚"
    AGENCY = "agency", "对职介机构的意见"
    ACCOUNT = "account", "登录、实名和账号"
    PRIVACY = "privacy", "个人信息保护"
    IDEA = "idea", "改进建议"
    OTHER = "other", "其他"


class MessageKind(TextChoices):
    FOLLOW_UP = "follow_up", "补充"
    ANSWER = "answer", "答复"
    NOTE = "note", "内部备注"
