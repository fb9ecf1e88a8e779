"""Messages to an agency's staff: about applications, by the verb of their state machine; about postings and imports."""

from jiuye.notifications.messages.texts import MORE, Text

_OURS = "/agency/applications/{application_id}"

# To the agency's staff.
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
        "求职者已接受“{title}”的面试，时间 {interview_at}。" + MORE,
    ),
    "decline_interview": Text(
        "求职者谢绝了面试",
        "职位“{title}”。可以改约其他时间，或结束这次投递。",
        _OURS,
        "求职者谢绝了“{title}”的面试，可改约时间。" + MORE,
    ),
    "ask_for_another_time": Text(
        "求职者申请改面试时间",
        "职位“{title}”，原定 {interview_at}。请查看原因和建议的时间，改约面试，或确认按原时间。",
        _OURS,
        "求职者申请改“{title}”的面试时间（原定 {interview_at}）。" + MORE,
    ),
    "nudge": Text(
        "求职者提醒您处理投递",
        "职位“{title}”的一份投递多日没有进展。求职者在等您的答复，请尽快处理。",
        _OURS,
        "有求职者提醒贵机构处理多日没有进展的投递。" + MORE,
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
        "求职者已接受“{title}”的入职通知，报到时间 {report_at}。" + MORE,
    ),
    "decline_onboarding": Text(
        "求职者谢绝了入职",
        "职位“{title}”。这次投递已结束，可以联系其他求职者。",
        _OURS,
        "求职者谢绝了“{title}”的入职通知。" + MORE,
    ),
    "withdraw": Text(
        "求职者撤回了投递",
        "职位“{title}”。这次投递已结束，简历不再提供查看。",
        _OURS,
        "求职者撤回了对“{title}”的投递。" + MORE,
    ),
    "leave": Text(
        "求职者注销了账号",
        "职位“{title}”的一份投递随之结束，简历已删除。已经下载的简历请一并删除。",
        _OURS,
        "求职者注销了账号，其对“{title}”的投递已结束。" + MORE,
    ),
    "close_unanswered": Text(
        "投递因超期未处理而关闭",
        "职位“{title}”的一份投递超过期限没有处理，系统已关闭，并计入本机构的处理率。",
        _OURS,
    ),
}

# To the member of staff concerned.
TO_STAFF: dict[str, Text] = {
    "webhook_off": Text(
        "推送地址已停用",
        "{title}：{reason}。没有送达的事件会保留，检查好后在页面上恢复，就从中断的地方继续。",
        "{link}",
    ),
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
