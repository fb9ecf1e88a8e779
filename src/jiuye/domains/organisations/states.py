"""States and vocabularies of organisations."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import StateMachine, transition


class AgencyKind(TextChoices):
    PUBLIC = "public", "公共职介"
    MARKET = "market", "市场化职介"


class QualificationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    SUSPENDED = "suspended"


class AffiliationState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"


QUALIFICATION_LABELS = {
    "draft": "待提交",
    "submitted": "审核中",
    "approved": "已通过",
    "rejected": "未通过",
    "expired": "已到期",
    "suspended": "已暂停",
}
AFFILIATION_LABELS = {"requested": "待职介确认", "approved": "已关联", "refused": "未同意", "ended": "已解除"}

QUALIFICATION = StateMachine(
    "qualification",
    QualificationState,
    QUALIFICATION_LABELS,
    [
        transition("submit", ["draft", "rejected", "expired", "suspended"], "submitted", ["organisation"], "提交审核"),
        transition("approve", ["submitted"], "approved", ["operator"], "审核通过"),
        transition("reject", ["submitted"], "rejected", ["operator"], "驳回"),
        transition("expire", ["approved"], "expired", ["system"], "到期"),
        transition("suspend", ["approved"], "suspended", ["operator"], "暂停"),
    ],
)
AFFILIATION = StateMachine(
    "affiliation",
    AffiliationState,
    AFFILIATION_LABELS,
    [
        transition("approve", ["requested"], "approved", ["agency"], "同意关联"),
        transition("refuse", ["requested"], "refused", ["agency"], "不同意关联"),
        transition("end", ["approved"], "ended", ["agency", "employer"], "解除关联"),
    ],
)
