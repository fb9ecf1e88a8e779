"""Messages about services that people asked for: saved searches, checks, feedback, reports."""

from jiuye.notifications.messages.texts import MORE, Text

# To people whose saved searches found new postings.
SAVED_SEARCH = Text(
    "您订阅的搜索有 {count} 个新职位",
    "{found}",
    "/me/searches",
    "您订阅的搜索有 {count} 个新职位，登录就业在线查看。不想再收：{link}",
)

# To people who requested checks, once all that were requested together are answered.
CHECKED = Text("您申请的核验有结果了", "{found}。结果写在简历各条内容旁边，不一致的会说明哪里不同。", "{link}")
CHECKED_EMPLOYMENT = Text(
    "您申请的在职核验有结果了", "{found}。请回到企业认证继续；没有查到时，可以改交盖章的在职证明。", "{link}"
)

# To authors of feedback with an account, when the platform has answered.
ANSWERED = Text(
    "您的意见反馈有答复了",
    "编号 {title}。请看看答复是否解决了问题，7 天内可以继续追问。",
    "{link}",
    "您的意见反馈（{title}）有答复了。" + MORE,
)

# To people who reported a posting; by whether the report was upheld.
REPORTED: dict[bool, Text] = {
    True: Text("您的举报经核查属实", "职位“{title}”：{reason}。谢谢您帮助其他求职者。", "/me/reports"),
    False: Text("您的举报有了结果", "职位“{title}”经核查不属实：{reason}。", "/me/reports"),
}

# To people whose resume was viewed, at most once a day for each organisation.
SEEN = Text("{agency}{found}了您的简历", "用途：{reason}。每一次查看都记在“谁看过我的简历”里。", "/me/resume/accesses")

# To people whose phone others ask for many codes to, at most once a day; the text message is sent by accounts.
MANY_CODES = Text(
    "有人多次用您的手机号获取验证码",
    "24 小时内 {count} 次没有输入。不是您的话不用理会，验证码不要告诉任何人；您在这个浏览器上登录不受影响。"
    "换浏览器登录被要求排队时，填写短信里的放行码，或用电子社保卡登录。",
    "/me/security",
)
