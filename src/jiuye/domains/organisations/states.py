"""States and enumerations of organisations."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices

from jiuye.domains.accounts.states import Role
from jiuye.kernel.transitions import NOTHING, StateMachine, transition

MEMBER_ROLES = (Role.OWNER, Role.RECRUITER, Role.VIEWER)
"""The roles of an agency's or an employer's members, the highest first."""


class PhoneReason(TextChoices):
    """Why an owner looks at the complete phone of a member or of an invited person."""

    CALLING = "calling", "联系本人"
    CHECKING = "checking", "核对号码有没有填错"


class AgencyKind(TextChoices):
    PUBLIC = "public", "公共职介"
    MARKET = "market", "市场化职介"


class Restriction(TextChoices):
    """What a sanction (处置) in force keeps an organisation from; each includes those before it."""

    NONE = "", "无"
    LIMITED = "limited", "限制发布"
    TAKEN_DOWN = "taken_down", "职位下架"
    SUSPENDED = "suspended", "暂停服务"
    BANNED = "banned", "列入异常名录"


HIDING = (Restriction.TAKEN_DOWN, Restriction.SUSPENDED, Restriction.BANNED)
"""With one of these, an organisation's postings are not public."""

CLOSING = (Restriction.SUSPENDED, Restriction.BANNED)
"""With one of these, an organisation's portal is closed."""


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
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class InvitationState(StrEnum):
    SENT = "sent"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class MembershipRequestState(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


QUALIFICATION_LABELS = {
    "draft": "待提交",
    "submitted": "审核中",
    "approved": "已通过",
    "rejected": "未通过",
    "expired": "已到期",
    "suspended": "已暂停",
}
AFFILIATION_LABELS = {
    "requested": "待职介确认",
    "approved": "已关联",
    "refused": "未同意",
    "withdrawn": "已撤回",
    "ended": "已解除",
}
INVITATION_LABELS = {"sent": "等待接受", "accepted": "已接受", "cancelled": "已取消", "expired": "已过期"}
MEMBERSHIP_REQUEST_LABELS = {
    "requested": "等待管理员处理",
    "accepted": "已同意",
    "refused": "未同意",
    "withdrawn": "已撤回",
}

QUALIFICATION = StateMachine(
    "qualification",
    QualificationState,
    QUALIFICATION_LABELS,
    [
        transition("submit", ["draft", "rejected", "expired", "suspended"], "submitted", ["organisation"], "提交审核"),
        transition("withdraw", ["submitted"], "draft", ["organisation"], "撤回"),
        transition("approve", ["submitted"], "approved", ["operator"], "审核通过"),
        transition("renew", ["approved"], "approved", ["operator"], "重新核验通过"),
        transition("reject", ["submitted"], "rejected", ["operator"], "驳回"),
        transition("revoke", ["approved"], "rejected", ["operator"], "撤销通过"),
        transition("expire", ["approved"], "expired", ["system"], "到期"),
        transition("suspend", ["approved"], "suspended", ["operator"], "暂停"),
    ],
)
AFFILIATION = StateMachine(
    "affiliation",
    AffiliationState,
    AFFILIATION_LABELS,
    [
        transition("request", [NOTHING], "requested", ["employer"], "申请关联"),
        transition("approve", ["requested"], "approved", ["agency"], "同意关联"),
        transition("refuse", ["requested"], "refused", ["agency"], "不同意关联"),
        transition("withdraw", ["requested"], "withdrawn", ["employer"], "撤回申请"),
        transition("end", ["approved"], "ended", ["agency", "employer"], "解除关联"),
    ],
)

INVITATION = StateMachine(
    "member_invitation",
    InvitationState,
    INVITATION_LABELS,
    [
        transition("send", [NOTHING], "sent", ["organisation"], "邀请"),
        transition("accept", ["sent"], "accepted", ["person"], "接受邀请"),
        transition("cancel", ["sent"], "cancelled", ["organisation"], "取消邀请"),
        transition("expire", ["sent"], "expired", ["system"], "到期"),
    ],
)
MEMBERSHIP_REQUEST = StateMachine(
    "membership_request",
    MembershipRequestState,
    MEMBERSHIP_REQUEST_LABELS,
    [
        transition("request", [NOTHING], "requested", ["person"], "申请加入"),
        transition("accept", ["requested"], "accepted", ["organisation"], "同意加入"),
        transition("refuse", ["requested"], "refused", ["organisation"], "不同意"),
        transition("withdraw", ["requested"], "withdrawn", ["person"], "撤回申请"),
    ],
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an entry."""

    name: str
    label: str
    limit: int
    is_required: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a shop, with ordered entries; `most` of them."""

    label: str
    columns: tuple[Column, ...]
    most: int
    hint: str


_PERSON = (
    Column("name", "姓名", 20),
    Column("title", "职务", 30),
    Column("introduction", "介绍", 120, is_required=False),
)
SECTIONS = {
    "leaders": Section("领导", _PERSON, 6, "请先征得本人同意，不要写个人电话。"),
    "team": Section("队伍", _PERSON, 20, "求职者会直接打交道的人；请先征得本人同意，不要写个人电话。"),
    "achievements": Section(
        "业绩", (Column("year", "年份", 4), Column("text", "做了什么", 100)), 20, "只写能核实的数字和奖项。"
    ),
    "service_fees": Section(
        "服务与收费",
        (
            Column("name", "服务项目", 30),
            Column("fee", "收费标准", 40, hint="如“免费”“每人 500 元，由用人单位支付”。"),
            Column("note", "说明", 100, is_required=False),
        ),
        15,
        "《人力资源市场暂行条例》第三十二条要求公示服务项目和收费标准。",
    ),
}
