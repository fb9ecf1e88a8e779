"""Messages about the membership of agencies and employers. `found` is a role, `agency` the organisation's name."""

from jiuye.notifications.messages.texts import MORE, Text

# To the person concerned, in their own centre.
MEMBERS: dict[str, Text] = {
    # The text message with the link goes to every invited phone.
    "invited": Text("{agency}邀请您加入", "邀请您成为{found}。打开后确认加入；不认识对方请忽略。", "{link}"),
    "accepted": Text(
        "您已加入{agency}", "管理员同意了您的申请，角色为{found}。", "{link}", "您加入{agency}的申请已通过。" + MORE
    ),
    "refused": Text("{agency}没有同意您的申请", "原因：{reason}", "{link}", "您加入{agency}的申请没有通过。" + MORE),
    "role_changed": Text("您在{agency}的角色改为{found}", "从现在起生效。如有疑问，请联系机构管理员。", "{link}"),
    "ended": Text(
        "您已不是{agency}的成员",
        "不能再进入它的工作台；您的个人账号不受影响。如有疑问，请联系机构管理员。",
        "",
        "您已不是{agency}的成员，不能再进入其工作台。" + MORE,
    ),
    # To the only owner of an organisation whose account was to be erased.
    "erasure_held": Text(
        "您的账号暂时没有注销",
        "{reason}交接后会自动注销，不用再次申请。",
        "/login/where",
        "您的账号暂时没有注销：您是机构唯一的管理员，请先移交。" + MORE,
    ),
}

# To the owners, in their portal.
TO_OWNERS: dict[str, Text] = {
    "requested": Text(
        "有人申请加入{agency}",
        "请在“成员”页查看申请人和说明，同意或写明原因谢绝。不是本机构的人请谢绝。",
        "{link}",
        "有人申请加入{agency}，请管理员处理。" + MORE,
    ),
    "joined": Text("{title}加入了{agency}", "已接受邀请，角色为{found}。", "{link}"),
}
ERASURE_HELD = MEMBERS["erasure_held"]
