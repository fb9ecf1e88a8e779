"""Messages to the applicant, by the verb of the application's state machine."""

from jiuye.notifications.messages.texts import MORE, Text

_MINE = "/me/applications/{application_id}"

TO_SEEKER: dict[str, Text] = {
    "view": Text(
        "{agency}查看了您的简历",
        "职位“{title}”。对方一般会在 7 天内答复：邀约面试，或告知不合适的原因。",
        _MINE,
        "{agency}已查看您投递“{title}”的简历。" + MORE,
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
        "{agency}答复：“{title}”的面试仍在 {interview_at}。" + MORE,
    ),
    "pass_interview": Text(
        "面试通过了",
        "“{title}”的面试已通过，请等待{agency}发出入职通知。",
        _MINE,
        "您投递的“{title}”面试已通过，请留意入职通知。" + MORE,
    ),
    "fail_interview": Text(
        "面试结果：未通过",
        "“{title}”的面试未通过。感谢您的参与，还有更多职位可以看看。",
        _MINE,
        "您投递的“{title}”面试结果已登记。" + MORE,
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
        "{agency}登记您已入职“{title}”。如与实际不符，请" + MORE,
    ),
    "record_no_show": Text(
        "登记为未入职",
        "{agency}登记您未到“{title}”入职。请确认是否属实，与实际不符的平台会跟进。",
        _MINE,
        "{agency}登记您未到“{title}”入职。如与实际不符，请" + MORE,
    ),
    "reject": Text(
        "这次投递没有通过",
        "职位“{title}”。请查看{agency}说明的原因，也可以看看其他职位。",
        _MINE,
        "您投递的“{title}”有了结果和原因说明。" + MORE,
    ),
    "close_unanswered": Text(
        "投递因对方未处理而关闭",
        "{agency}超过期限没有处理您对“{title}”的投递，系统已关闭。您可以重新投递或选择其他职位。",
        _MINE,
        "{agency}超期未处理您对“{title}”的投递，系统已关闭，您可另投其他职位。" + MORE,
    ),
}
