"""The kinds of message, in the groups that people switch on and off; the channels of each, and which cannot be switched
off.

A new kind belongs to the group that names it, or has its prefix. A kind that no group names is about the account or
the service itself and is always sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, TextChoices

from jiuye.notifications import messages


class Way(TextChoices):
    """A channel of notification."""

    CENTRE = "centre", "站内"
    SMS = "sms", "短信"


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of message that are switched on and off together.

    `kinds`: whole names, or prefixes that end with a dot. `always`: why its messages cannot be switched off in the
    centre; empty: they can. `is_urgent`: its text messages ignore quiet hours. `about_sms`: text shown beside the
    switch, or instead of it if the group has no text message.
    """

    code: str
    label: str
    hint: str
    kinds: Sequence[str]
    always: str = ""
    is_urgent: bool = False
    about_sms: str = ""

    @property
    def has_sms(self) -> bool:
        """Whether the group has a text message."""
        return any(text.sms and group_of_text(template) is self for template, text in messages.every())

    @property
    def switches(self) -> Sequence[Way]:
        """Return the channels that can be switched off."""
        return [*([] if self.always else [Way.CENTRE]), *([Way.SMS] if self.has_sms else [])]


ACCOUNT = Group(
    "account",
    "账号与安全",
    "核验结果、数据副本、账号变动，以及收费、虚假招聘等安全提醒",
    (),
    always="关系到账号安全和您的权益，不能关闭",
    is_urgent=True,
    about_sms="账号安全短信一直发送",
)

SANCTIONS = Group(
    "sanctions",
    "处置与申诉",
    "平台作出、解除的处置，和申诉的结果",
    ("sanction.",),
    always="关系到您的权益和申诉期限，不能关闭",
)

FOR_SEEKERS = (
    Group(
        "progress",
        "投递进展",
        "对方查看、给出结果，或超期未处理",
        ("seeker.view", "seeker.reject", "seeker.close_unanswered", "reminder.retention"),
    ),
    Group(
        "interviews",
        "面试与入职",
        "面试邀约和改约、结果、入职通知，以及前一天的提醒",
        ("seeker.", "reminder.interview", "reminder.interview_unanswered", "reminder.first_day"),
        always="错过会影响您按时答复和到场，不能关闭",
    ),
    Group("invitations", "投递邀请", "职介找到您的简历，邀请您投递职位", ("invitation.",)),
    Group("jobs", "订阅的职位", "您保存的搜索有了新职位", ("alert.",), about_sms="只对选了短信的订阅发送"),
    Group("fairs", "招聘会", "您登记的招聘会临近或有变动", ("fair.",)),
    Group(
        "feedback",
        "反馈与举报",
        "意见反馈、举报、评价有了答复或结果",
        ("feedback.", "report.", "review."),
    ),
    Group(
        "membership",
        "加入机构",
        "机构的邀请、申请的结果、您在机构的角色",
        ("member.", "operator."),
        always="关系到您在机构的权限，不能关闭",
    ),
    Group("looks", "简历被查看", "有机构查看或下载了您的简历，每家机构每天最多一条", ("resume.seen",)),
    SANCTIONS,
    ACCOUNT,
)

FOR_STAFF = (
    Group(
        "applications",
        "投递与面试",
        "新的投递、求职者的答复、面试和到期提醒",
        ("agency.", "reminder."),
        always="求职者在等答复，不能关闭",
    ),
    Group(
        "audit",
        "资质审核",
        "提交、审核的结果，以及资质到期前的提醒",
        ("audit.", "qualification."),
        always="关系到机构能不能使用平台，不能关闭",
    ),
    Group("team", "成员", "有人申请加入或接受了邀请", ("team.",)),
    Group("affiliations", "关联合作", "企业申请关联，对方同意、解除或提出意见", ("affiliation.",)),
    Group("postings", "职位与导入", "审核、到期、举报结果和导入结果", ("staff.",)),
    Group("reviews", "评价", "求职者评价了本机构", ("review.",)),
    SANCTIONS,
    ACCOUNT,
)


def groups(*, of_staff: bool) -> Sequence[Group]:
    """Return the groups of one side: of a person as a seeker, or as staff of an organisation."""
    return FOR_STAFF if of_staff else FOR_SEEKERS


def group_of(kind: str, *, of_staff: bool) -> Group:
    """Return the group of a kind: the one that names it, else the one with its prefix, else that of the account."""
    among = groups(of_staff=of_staff)
    named = (group for group in among if kind in group.kinds)
    prefixed = (group for group in among if kind.startswith(tuple(_prefixes(group.kinds))))
    return next(named, None) or next(prefixed, None) or ACCOUNT


def group_of_text(template: str) -> Group:
    """Return the group of a text message. No template is used for both seekers and staff."""
    group = group_of(template, of_staff=False)
    return group if group is not ACCOUNT else group_of(template, of_staff=True)


def rows_of(group: Group, *, of_staff: bool) -> Q:
    """Return the condition on `Notification.kind` for the messages of a group."""
    others = [one for one in groups(of_staff=of_staff) if one is not group]
    if group is ACCOUNT:
        return ~_any(name for one in others for name in one.kinds)
    named_elsewhere = [name for one in others for name in one.kinds if not name.endswith(".")]
    return _any(group.kinds) & ~Q(kind__in=named_elsewhere)


def _prefixes(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.endswith(".")]


def _any(names: Iterable[str]) -> Q:
    found = Q()
    for name in names:
        found |= Q(kind__startswith=name) if name.endswith(".") else Q(kind=name)
    return found
