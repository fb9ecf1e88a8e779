"""The application's state machine (product.md): who may do what from where. docs/states/application.md is generated from it."""

from enum import StrEnum

from django.db.models import TextChoices

from jiuye.kernel.transitions import NOTHING, StateMachine, transition


class ApplicationState(StrEnum):
    SUBMITTED = "submitted"
    VIEWED = "viewed"
    INTERVIEW_INVITED = "interview_invited"
    INTERVIEW_ACCEPTED = "interview_accepted"
    INTERVIEW_DECLINED = "interview_declined"
    INTERVIEW_PASSED = "interview_passed"
    INTERVIEW_FAILED = "interview_failed"
    ONBOARDING_NOTIFIED = "onboarding_notified"
    ONBOARDING_ACCEPTED = "onboarding_accepted"
    ONBOARDING_DECLINED = "onboarding_declined"
    ONBOARDED = "onboarded"
    NO_SHOW = "no_show"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


APPLICATION_LABELS = {
    "submitted": "已投递",
    "viewed": "已查看",
    "interview_invited": "邀约面试",
    "interview_accepted": "已接受面试",
    "interview_declined": "已谢绝面试",
    "interview_passed": "面试通过",
    "interview_failed": "面试未通过",
    "onboarding_notified": "通知入职",
    "onboarding_accepted": "已接受入职",
    "onboarding_declined": "已谢绝入职",
    "onboarded": "已入职",
    "no_show": "未入职",
    "rejected": "不合适",
    "withdrawn": "已撤回",
}

_INTERVIEWING = ["interview_invited", "interview_accepted", "interview_declined"]
_EARLY = ["submitted", "viewed", *_INTERVIEWING]
# It is the agency's turn; product.md allows it to end in “rejected”, so that nobody waits for ever.
_AGENCYS_TURN = ["submitted", "viewed", "interview_accepted", "interview_declined", "interview_passed"]
_UNDER_WAY = [*_EARLY, "interview_passed", "onboarding_notified", "onboarding_accepted"]

APPLICATION = StateMachine(
    "application",
    ApplicationState,
    APPLICATION_LABELS,
    [
        transition("submit", [NOTHING], "submitted", ["seeker"], "投递"),
        transition("view", ["submitted"], "viewed", ["agency"], "查看简历"),
        transition("invite", ["viewed"], "interview_invited", ["agency"], "邀约面试"),
        transition("reschedule", _INTERVIEWING, "interview_invited", ["agency"], "改约面试"),
        transition("accept_interview", ["interview_invited"], "interview_accepted", ["seeker"], "接受面试"),
        transition("decline_interview", ["interview_invited"], "interview_declined", ["seeker"], "谢绝面试"),
        transition("pass_interview", ["interview_accepted"], "interview_passed", ["agency"], "登记面试通过"),
        transition("fail_interview", ["interview_accepted"], "interview_failed", ["agency"], "登记面试未通过"),
        transition("notify_onboarding", ["interview_passed"], "onboarding_notified", ["agency"], "通知入职"),
        transition("accept_onboarding", ["onboarding_notified"], "onboarding_accepted", ["seeker"], "接受入职"),
        transition("decline_onboarding", ["onboarding_notified"], "onboarding_declined", ["seeker"], "谢绝入职"),
        transition("record_onboarded", ["onboarding_accepted"], "onboarded", ["agency"], "登记已入职"),
        transition("record_no_show", ["onboarding_accepted"], "no_show", ["agency"], "登记未入职"),
        transition("reject", [*_EARLY, "interview_passed"], "rejected", ["agency"], "标记不合适"),
        transition("close_unanswered", _AGENCYS_TURN, "rejected", ["system"], "超期关闭"),
        transition("withdraw", _EARLY, "withdrawn", ["seeker"], "撤回投递"),
        transition("leave", _UNDER_WAY, "withdrawn", ["system"], "求职者注销账号"),
    ],
)

# Remarks keep the state and are part of the timeline: party, states, label.
REMARKS: dict[str, tuple[str, frozenset[str], str]] = {
    "ask_for_another_time": ("seeker", frozenset({"interview_invited", "interview_accepted"}), "申请改时间"),
    "keep_time": ("agency", frozenset({"interview_invited", "interview_accepted"}), "确认原时间"),
    "nudge": ("seeker", frozenset([*_AGENCYS_TURN, "onboarding_accepted"]), "提醒职介"),
    "confirm_onboarded": ("seeker", frozenset({"onboarded", "no_show"}), "确认入职情况"),
    "confirm_not_onboarded": ("seeker", frozenset({"onboarded", "no_show"}), "确认入职情况"),
}

APPLICATION_GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "new": ("新投递", frozenset({"submitted"})),
    "viewed": ("待答复", frozenset({"viewed", "interview_declined"})),
    "interview": ("面试中", frozenset({"interview_invited", "interview_accepted"})),
    "passed": ("待通知入职", frozenset({"interview_passed"})),
    "onboarding": ("入职中", frozenset({"onboarding_notified", "onboarding_accepted"})),
    "onboarded": ("已入职", frozenset({"onboarded"})),
    "ended": (
        "已结束",
        frozenset({"rejected", "withdrawn", "interview_failed", "onboarding_declined", "no_show"}),
    ),
}
"""Key → label and states: the tabs of an agency's inbox and of an employer's list."""

CLOSED = APPLICATION.terminal()
OPEN = frozenset(str(state) for state in ApplicationState) - CLOSED


class InterviewMode(TextChoices):
    ONSITE = "onsite", "现场面试"
    ONLINE = "online", "视频面试"
    PHONE = "phone", "电话面试"


class InvitationState(TextChoices):
    PENDING = "pending", "待答复"
    ACCEPTED = "accepted", "已接受"
    DECLINED = "declined", "已谢绝"
    SUPERSEDED = "superseded", "已改约"
    CANCELLED = "cancelled", "已取消"


class NoticeState(TextChoices):
    PENDING = "pending", "待答复"
    ACCEPTED = "accepted", "已接受"
    DECLINED = "declined", "已谢绝"


class Outcome(TextChoices):
    """Whether the person came on the first day at work, as one side reports it."""

    ONBOARDED = "onboarded", "已入职"
    NO_SHOW = "no_show", "未入职"


class Verdict(TextChoices):
    """An employer's opinion on an applicant, for the agency. `remark`: only a note, no verdict."""

    SUITABLE = "suitable", "合适"
    UNSUITABLE = "unsuitable", "不合适"
    REMARK = "remark", "备注"


class ContactReason(TextChoices):
    """Why staff look at an applicant's phone number; the seeker can read it."""

    INTERVIEW = "interview", "联系面试"
    CHECKING = "checking", "核对信息"
    ONBOARDING = "onboarding", "办理入职"
    OTHER = "other", "其他"


class RejectionReason(TextChoices):
    """The reason that the seeker reads; never one that the law forbids."""

    EXPERIENCE = "experience", "经验与岗位要求不符"
    SKILLS = "skills", "技能与岗位要求不符"
    EDUCATION = "education", "学历或专业与岗位要求不符"
    FILLED = "filled", "岗位已招满"
    LOCATION = "location", "工作地点不匹配"
    PAY = "pay", "薪资期望不匹配"
    UNANSWERED = "unanswered", "机构超期未处理，系统关闭"
    OTHER = "other", "其他原因"
