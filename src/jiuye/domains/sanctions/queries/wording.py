"""What a level means for its subject, in plain words."""

from jiuye.domains.sanctions.states import Level, Subject

_LIGHT = {
    Level.REMIND: "不影响使用。请按说明改正，避免再次发生。",
    Level.WARN: "不影响使用，但会记录在案；再次发生会从重处置。",
}
EFFECTS: dict[Subject, dict[Level, str]] = {
    Subject.AGENCY: {
        **_LIGHT,
        Level.LIMIT: "不能发布新职位、重新发布职位、发布招聘会；招聘中的职位照常展示，收到的投递照常处理。",
        Level.TAKE_DOWN: "旗舰店和全部职位、招聘会不再展示，不能发布；草稿、投递和工作台照常。解除后自动恢复展示。",
        Level.SUSPEND: "旗舰店和全部职位不再展示，工作台关闭，只能查看处置、申诉和消息。资料和投递都会保留，解除后恢复。",
        Level.BAN: "旗舰店和全部职位不再展示，工作台关闭；统一社会信用代码列入异常名录，不能重新注册。",
    },
    Subject.EMPLOYER: {
        **_LIGHT,
        Level.LIMIT: "各职介都不能为贵单位发布新职位；招聘中的职位照常展示，投递照常处理。",
        Level.TAKE_DOWN: "各职介为贵单位发布的职位都不再展示，也不能新发布；工作台照常。解除后自动恢复展示。",
        Level.SUSPEND: "贵单位的职位都不再展示，工作台关闭，只能查看处置、申诉和消息。资料都会保留，解除后恢复。",
        Level.BAN: "贵单位的职位都不再展示，工作台关闭；统一社会信用代码列入异常名录，不能重新注册。",
    },
    Subject.PERSON: {
        **_LIGHT,
        Level.SUSPEND: "账号暂停使用，只能查看处置、申诉和隐私中心。简历和投递都会保留，解除后恢复。",
        Level.BAN: "账号停用，并列入异常名录：不能再为任何单位注册。",
    },
}
"""Level → effect, by kind of subject."""
