"""Reminders by the platform, to seekers and staff."""

from jiuye.notifications.messages.texts import MORE, Text

_MINE = "/me/applications/{application_id}"
_OURS = "/agency/applications/{application_id}"

REMINDERS: dict[str, Text] = {
    "interview": Text(
        "明天有面试",
        "{agency}的“{title}”面试，时间 {interview_at}。请查看地点和联系人，提前安排路程。",
        _MINE,
        "提醒：{agency}的“{title}”面试时间是 {interview_at}。" + MORE,
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
        "提醒：“{title}”的报到时间是 {report_at}。" + MORE,
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
        "贵机构有 {count} 份投递等待处理，{found}。" + MORE,
        sms_daily=True,
    ),
}
