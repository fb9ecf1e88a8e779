"""Messages to the platform's operators about changes of their roles. `found` is a role."""

from jiuye.notifications.messages.texts import MORE, Text

OPERATORS: dict[str, Text] = {
    # To the other administrators.
    "role_requested": Text(
        "有一项运营角色变更等您确认",
        "变更为：{found}。确认之前不会生效，7 天内没有确认要重新提出。",
        "/ops/staff",
        "有一项运营角色变更等您确认。" + MORE,
    ),
    # To the person concerned.
    "role_changed": Text(
        "您的平台运营角色现在是{found}",
        "由两位管理员提出和确认，已经生效。如有疑问，请联系平台管理员。",
        "/ops",
        "您的平台运营角色已变更。" + MORE,
    ),
    "role_ended": Text(
        "您已不是平台运营人员",
        "由两位管理员提出和确认，已经生效。您的个人账号不受影响。",
        "",
        "您已不是平台运营人员。" + MORE,
    ),
    # To who asked.
    "role_declined": Text("您提出的运营角色变更没有获得同意", "角色没有改变。原因请与确认的管理员沟通。", "/ops/staff"),
}
