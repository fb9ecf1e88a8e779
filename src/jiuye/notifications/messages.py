"""What people are told, as data: per kind the title, the body, where it leads, and the text message if there is one.

Placeholders are the fields of `Facts`. No names of applicants: these rows and messages are kept in the clear (个人信息保护法 art. 51).
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from string import Formatter
from uuid import UUID

from jiuye.kernel import clock

SIGNATURE = "【就业在线】"
_MORE = "登录就业在线查看。"


@dataclass(frozen=True, slots=True)
class Facts:
    """What texts may mention. Times are already in words (11月25日 14:30); counts are text."""

    title: str = ""
    agency: str = ""
    employer: str = ""
    interview_at: str = ""
    report_at: str = ""
    reason: str = ""
    application_id: str = ""
    batch_id: str = ""
    posting_id: str = ""
    count: str = ""
    rejected: str = ""
    found: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One kind of message. `sms` empty: only in the notification centre.

    `sms_pause`: minutes in which the same person is not sent another one about the same posting, for what can happen many
    times an hour. `sms_daily`: all of this sort together at most once a day to each member of an organisation.
    """

    title: str
    body: str
    link: str
    sms: str = ""
    sms_pause: int = 0
    sms_daily: bool = False


_MINE = "/me/applications/{application_id}"
_OURS = "/agency/applications/{application_id}"

# Told to the applicant, by the verb of the application's state machine.
TO_SEEKER: dict[str, Text] = {
    "view": Text(
        "{agency}查看了您的简历",
        "职位“{title}”。对方一般会在 7 天内答复：邀约面试，或告知不合适的原因。",
        _MINE,
        "{agency}已查看您投递“{title}”的简历。" + _MORE,
    ),
    "invite": Text(
        "{agency}邀请您面试",
        "职位“{title}”，面试时间 {interview_at}。请查看地点和联系人，并尽快答复。",
        _MINE,
        "{agency}邀请您面试“{title}”，时间 {interview_at}。请登录就业在线答复。",
    ),
    "reschedule": Text(
        "面试有新的安排",
        "{agency}改约了“{title}”的面试，新的时间是 {interview_at}，原来的安排作废。请重新答复。",
        _MINE,
        "{agency}改约“{title}”的面试，新时间 {interview_at}。请登录就业在线重新答复。",
    ),
    "keep_time": Text(
        "面试按原时间进行",
        "{agency}收到了您改时间的申请，“{title}”的面试仍在 {interview_at}。确实不合适的，可以谢绝并留言。",
        _MINE,
        "{agency}答复：“{title}”的面试仍在 {interview_at}。" + _MORE,
    ),
    "pass_interview": Text(
        "面试通过了",
        "“{title}”的面试已通过，请等待{agency}发出入职通知。",
        _MINE,
        "您投递的“{title}”面试已通过，请留意入职通知。" + _MORE,
    ),
    "fail_interview": Text(
        "面试结果：未通过",
        "“{title}”的面试未通过。感谢您的参与，还有更多职位可以看看。",
        _MINE,
        "您投递的“{title}”面试结果已登记。" + _MORE,
    ),
    "notify_onboarding": Text(
        "收到入职通知",
        "{agency}通知您入职“{title}”，报到时间 {report_at}。请查看地点和所需材料，并尽快答复。",
        _MINE,
        "{agency}通知您入职“{title}”，报到时间 {report_at}。请登录就业在线答复。",
    ),
    "record_onboarded": Text(
        "已登记入职",
        "{agency}登记您已入职“{title}”。请确认您是否已经入职，与实际不符的平台会跟进。",
        _MINE,
        "{agency}登记您已入职“{title}”。如与实际不符，请" + _MORE,
    ),
    "record_no_show": Text(
        "登记为未入职",
        "{agency}登记您未到“{title}”入职。请确认是否属实，与实际不符的平台会跟进。",
        _MINE,
        "{agency}登记您未到“{title}”入职。如与实际不符，请" + _MORE,
    ),
    "reject": Text(
        "这次投递没有通过",
        "职位“{title}”。请查看{agency}说明的原因，也可以看看其他职位。",
        _MINE,
        "您投递的“{title}”有了结果和原因说明。" + _MORE,
    ),
    "close_unanswered": Text(
        "投递因对方未处理而关闭",
        "{agency}超过期限没有处理您对“{title}”的投递，系统已关闭。您可以重新投递或选择其他职位。",
        _MINE,
        "{agency}超期未处理您对“{title}”的投递，系统已关闭，您可另投其他职位。" + _MORE,
    ),
}

# Told to somebody whose saved searches found new postings.
SAVED_SEARCH = Text(
    "您订阅的搜索有 {count} 个新职位",
    "{found}",
    "/me/searches",
    "您订阅的搜索有 {count} 个新职位，登录就业在线查看。不想再收：{link}",
)

# Told to who asked for checks, once all that was asked for together has come to an end.
CHECKED = Text("您申请的核验有结果了", "{found}。结果写在简历各条内容旁边，不一致的会说明哪里不同。", "{link}")

# Told to who registered for a fair, the day before.
FAIR_TOMORROW = Text(
    "明天有您登记的招聘会",
    "{title}，{interview_at} 开始，{found}。入场时出示签到码。",
    "{link}",
    "提醒：您登记的“{title}”{interview_at} 开始，登录就业在线查看签到码。",
)

# Told to who gave feedback with their account, when the platform has answered.
ANSWERED = Text(
    "您的意见反馈有答复了",
    "编号 {title}。请看看答复是否解决了问题，7 天内可以继续追问。",
    "{link}",
    "您的意见反馈（{title}）有答复了。" + _MORE,
)

# Told to the agency's staff.
TO_AGENCY: dict[str, Text] = {
    "submit": Text(
        "收到新的投递",
        "有求职者投递了“{title}”，请在 7 天内处理。",
        _OURS,
        "贵机构的职位“{title}”收到新的投递，请在 7 天内登录就业在线处理。",
        sms_pause=30,
    ),
    "accept_interview": Text(
        "求职者接受了面试",
        "职位“{title}”，面试时间 {interview_at}。面试后请登记结果。",
        _OURS,
        "求职者已接受“{title}”的面试，时间 {interview_at}。" + _MORE,
    ),
    "decline_interview": Text(
        "求职者谢绝了面试",
        "职位“{title}”。可以改约其他时间，或结束这次投递。",
        _OURS,
        "求职者谢绝了“{title}”的面试，可改约时间。" + _MORE,
    ),
    "ask_for_another_time": Text(
        "求职者申请改面试时间",
        "职位“{title}”，原定 {interview_at}。请查看原因和建议的时间，改约面试，或确认按原时间。",
        _OURS,
        "求职者申请改“{title}”的面试时间（原定 {interview_at}）。" + _MORE,
    ),
    "nudge": Text(
        "求职者提醒您处理投递",
        "职位“{title}”的一份投递多日没有进展。求职者在等您的答复，请尽快处理。",
        _OURS,
        "有求职者提醒贵机构处理多日没有进展的投递。" + _MORE,
        sms_daily=True,
    ),
    "confirm_not_onboarded": Text(
        "求职者反馈没有入职",
        "职位“{title}”的入职情况与本机构登记的不一致，平台会跟进。登记有误的，请联系平台更正。",
        _OURS,
    ),
    "accept_onboarding": Text(
        "求职者接受了入职",
        "职位“{title}”，报到时间 {report_at}。报到后请登记入职结果。",
        _OURS,
        "求职者已接受“{title}”的入职通知，报到时间 {report_at}。" + _MORE,
    ),
    "decline_onboarding": Text(
        "求职者谢绝了入职",
        "职位“{title}”。这次投递已结束，可以联系其他求职者。",
        _OURS,
        "求职者谢绝了“{title}”的入职通知。" + _MORE,
    ),
    "withdraw": Text(
        "求职者撤回了投递",
        "职位“{title}”。这次投递已结束，简历不再提供查看。",
        _OURS,
        "求职者撤回了对“{title}”的投递。" + _MORE,
    ),
    "leave": Text(
        "求职者注销了账号",
        "职位“{title}”的一份投递随之结束，简历已删除。已经下载的简历请一并删除。",
        _OURS,
        "求职者注销了账号，其对“{title}”的投递已结束。" + _MORE,
    ),
    "close_unanswered": Text(
        "投递因超期未处理而关闭",
        "职位“{title}”的一份投递超过期限没有处理，系统已关闭，并计入本机构的处理率。",
        _OURS,
    ),
}

# What the platform reminds of, to seekers and staff alike.
REMINDERS: dict[str, Text] = {
    "interview": Text(
        "明天有面试",
        "{agency}的“{title}”面试，时间 {interview_at}。请查看地点和联系人，提前安排路程。",
        _MINE,
        "提醒：{agency}的“{title}”面试时间是 {interview_at}。" + _MORE,
    ),
    "interview_unanswered": Text(
        "明天的面试还没有答复",
        "{agency}邀您面试“{title}”，时间 {interview_at}。请尽快接受、谢绝，或申请改时间。",
        _MINE,
        "提醒：{agency}邀您面试“{title}”，时间 {interview_at}，请登录就业在线答复。",
    ),
    "first_day": Text(
        "明天报到入职",
        "“{title}”，报到时间 {report_at}。请查看地点和需要带的材料。",
        _MINE,
        "提醒：“{title}”的报到时间是 {report_at}。" + _MORE,
    ),
    "interviewer": Text(
        "明天有面试安排",
        "职位“{title}”，面试时间 {interview_at}。面试后请登记结果。",
        _OURS,
    ),
    "retention": Text(
        "入职满 {count} 天，您还在这个岗位吗？",
        "“{title}”。点开回答一下就好，只用于就业统计。",
        _MINE,
    ),
    "due": Text(
        "有 {count} 份投递等待处理",
        "{found}。请及时答复求职者；超过期限会计入本机构的处理率。",
        "/agency/applications",
        "贵机构有 {count} 份投递等待处理，{found}。" + _MORE,
        sms_daily=True,
    ),
}

# Told to the member of staff who is concerned.
TO_STAFF: dict[str, Text] = {
    "import_done": Text(
        "职位导入完成",
        "导入 {count} 条，未能导入 {rejected} 条。点击查看结果，未能导入的行可以下载修改后重新导入。",
        "/agency/imports/{batch_id}",
    ),
    "import_failed": Text(
        "职位导入没有完成",
        "文件没有导入：{reason}",
        "/agency/imports/{batch_id}",
    ),
    "postings_expired": Text(
        "{count} 个职位已到期",
        "“{title}”等职位已过有效期，不再公开展示。仍在招聘的，请更新有效期后重新发布。",
        "/agency/jobs?state=expired",
    ),
    "posting_approved": Text("“{title}”审核通过", "职位已发布，求职者可以搜到了。", "/agency/jobs/{posting_id}"),
    "posting_rejected": Text(
        "“{title}”审核未通过", "原因：{reason}。修改后可以重新发布。", "/agency/jobs/{posting_id}"
    ),
    "posting_banned": Text(
        "“{title}”因举报属实被封禁",
        "核查结果：{reason}。职位不再公开展示，也不能重新发布。如有异议，请联系平台申诉。",
        "/agency/jobs/{posting_id}",
    ),
    "posting_faulted": Text(
        "“{title}”的举报经核查属实", "核查结果：{reason}。请尽快修改或下架。", "/agency/jobs/{posting_id}"
    ),
}

# Told to who reported a posting; by whether the report was upheld.
REPORTED: dict[bool, Text] = {
    True: Text("您的举报经核查属实", "职位“{title}”：{reason}。谢谢您帮助其他求职者。", "/me/reports"),
    False: Text("您的举报有了结果", "职位“{title}”经核查不属实：{reason}。", "/me/reports"),
}

_GROUPS = {
    "seeker": TO_SEEKER,
    "alert": {"saved_search": SAVED_SEARCH},
    "verification": {"answered": CHECKED},
    "feedback": {"answered": ANSWERED},
    "fair": {"tomorrow": FAIR_TOMORROW},
    "agency": TO_AGENCY,
    "reminder": REMINDERS,
    "staff": TO_STAFF,
}


def find(template: str) -> Text:
    """The text of a template named `group.kind` (`seeker.invite`). Raises KeyError."""
    group, kind = template.split(".")
    return _GROUPS[group][kind]


def fill(pattern: str, facts: Facts, limit: int) -> str:
    """A pattern with its facts, cut to `limit` characters."""
    filled = pattern.format(**asdict(facts))
    return filled if len(filled) <= limit else filled[: limit - 1] + "…"


def parameters(text: Text, facts: Facts) -> dict[str, str]:
    """What the text message of `text` mentions, by name."""
    names = [name for _, name, _, _ in Formatter().parse(text.sms) if name]
    return {name: getattr(facts, name) for name in names}


def in_words(moment: datetime | None) -> str:
    """11月25日 14:30, in Asia/Shanghai; empty for None."""
    if moment is None:
        return ""
    there = clock.local(moment)
    return f"{there.month}月{there.day}日 {there:%H:%M}"


def daily_key(organisation_id: UUID | None, day: date) -> str:
    """The key of the one text message a day that an organisation gets of what waits there."""
    return f"daily:{organisation_id}:{day}"
