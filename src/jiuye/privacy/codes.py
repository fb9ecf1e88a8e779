"""Chinese names of codes in a copy, for columns without choices."""

from collections.abc import Mapping

from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.domains.applications.states import APPLICATION

ROLES = {value: str(label) for value, label in Role.choices}
_PARTIES = {"seeker": "您", "agency": "职介", "employer": "招聘企业", "system": "系统", "operator": "平台"}
_DONE = {verb: row.label for verb, row in APPLICATION.rows.items()}
_STATES = {str(state): label for state, label in APPLICATION.labels.items()}
CODES: Mapping[str, Mapping[str, str]] = {
    "party": _PARTIES,
    "person_role": ROLES,
    "actor_role": ROLES,
    "role": ROLES,
    "verb": _DONE,
    "from_state": _STATES,
    "from": _STATES,
    "to": _STATES,
    "organisation_kind": {value: str(label) for value, label in OrganisationKind.choices},
    "mode": {"onsite": "现场", "online": "线上"},
    "part": {
        "basics": "基本信息",
        "self": "自我介绍",
        "intention": "求职意向",
        "employment": "工作经历",
        "education": "教育经历",
        "project": "项目经历",
        "skill": "技能",
        "certificate": "证书",
    },
}
"""What the values of columns without choices mean, where they are codes."""

NOUNS = {
    "account": "账号",
    "alerts": "订阅",
    "application": "投递",
    "authenticator": "两步验证",
    "block": "屏蔽",
    "card": "电子社保卡",
    "code": "验证码",
    "consent": "同意",
    "employer": "用人单位",
    "erasure": "注销账号",
    "export": "数据副本",
    "fair": "招聘会",
    "feedback": "意见反馈",
    "invitation": "投递邀请",
    "notification": "消息",
    "passkey": "通行密钥",
    "person": "账号",
    "phone": "手机号",
    "posting": "职位",
    "real_name": "实名",
    "report": "举报",
    "resume": "简历",
    "review": "评价",
    "saved_search": "订阅",
    "second_factor": "两步验证",
    "session": "登录",
    "shop": "旗舰店",
    "verification": "核验",
    "visibility": "简历可见范围",
}
"""What the entries of the log are about: the first part of their codes."""


def meaning(column: str, value: str) -> str:
    """Return the name of a code, or the value itself if it is no known code."""
    if column == "action":
        noun = NOUNS.get(value.partition(".")[0])
        return f"{noun}（{value}）" if noun else value
    return CODES.get(column, {}).get(value, value)
