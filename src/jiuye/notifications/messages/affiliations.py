"""Messages about affiliations of employers with agencies, to the other side's staff. In the centre only, a request also by text message."""

from jiuye.notifications.messages.texts import MORE, Text

_OF_AGENCY = "/agency/employers/{affiliation_id}"
_OF_EMPLOYER = "/employer/agencies/{affiliation_id}"

# By receiving side and what happened: a verb of `organisations.states.AFFILIATION`, or an opinion.
AFFILIATIONS: dict[str, Text] = {
    "agency_request": Text(
        "{employer}申请与贵机构关联",
        "同意后，对方可以查看投递其职位的简历。请查看说明后答复。",
        _OF_AGENCY,
        "有企业申请与贵机构关联，请答复。" + MORE,
        sms_daily=True,
    ),
    "agency_withdraw": Text("{employer}撤回了关联申请", "不需要再处理。", _OF_AGENCY),
    "agency_end": Text("{employer}解除了与贵机构的关联", "原因：{reason}。对方不再看到任何投递。", _OF_AGENCY),
    "agency_opinion": Text(
        "{employer}对一位求职者给出了意见：{reason}",
        "职位“{title}”。请查看后继续办理。",
        "/agency/applications/{application_id}",
    ),
    "agency_wish": Text(
        "{employer}希望修改“{title}”",
        "请查看对方的意见，修改后答复，或说明为什么不改。",
        "/agency/jobs/{posting_id}#wishes",
    ),
    "employer_wish_done": Text("“{title}”已按意见修改", "{agency}答复了您的修改意见。", "/employer/jobs/{posting_id}"),
    "employer_wish_declined": Text("“{title}”没有修改", "{agency}答复：{reason}。", "/employer/jobs/{posting_id}"),
    "employer_merged": Text(
        "单位的两份登记已合并",
        "“{title}”并入贵单位的登记，名下的职位、投递和成员都已转来。有疑问请联系平台。",
        "/employer",
    ),
    "employer_approve": Text("{agency}同意了关联", "投递贵单位职位的简历，现在可以在“投递”里查看。", _OF_EMPLOYER),
    "employer_refuse": Text("{agency}没有同意关联", "原因：{reason}。可以看看其他职介。", _OF_EMPLOYER),
    "employer_end": Text("{agency}解除了与贵单位的关联", "原因：{reason}。投递和简历不再提供查看。", _OF_EMPLOYER),
}
