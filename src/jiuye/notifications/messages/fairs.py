"""Messages about fairs: to people who registered, to people who follow the shop, to participating employers."""

from jiuye.notifications.messages.texts import MORE, Text

FAIRS: dict[str, Text] = {
    # To people who registered, the day before.
    "tomorrow": Text(
        "明天有您登记的招聘会",
        "{title}，{interview_at} 开始，{found}。入场时出示签到码。",
        "{link}",
        "提醒：您登记的“{title}”{interview_at} 开始，登录就业在线查看签到码。",
    ),
    "moved": Text(
        "您登记的招聘会改期了",
        "{title}：现改为 {found}。原定 {interview_at}。登记和签到码仍然有效，来不了可以取消登记。",
        "{link}",
        "您登记的“{title}”有变动，现改为 {found}。" + MORE,
    ),
    "cancelled": Text(
        "您登记的招聘会取消了",
        "{title}，原定 {interview_at}。原因：{reason}。请不要前往，可以看看其他场次。",
        "{link}",
        "您登记的“{title}”（{interview_at}）已取消，请不要前往。" + MORE,
    ),
    # To people who follow the shop, once for each fair.
    "published": Text(
        "{agency}要办招聘会", "{title}，{interview_at} 开始，{found}。可以先看职位、登记参加。", "{link}"
    ),
}

# To staff of participating employers, without a text message: the agency talks to them directly.
FAIRS_TO_EMPLOYERS: dict[str, Text] = {
    "fair_moved": Text("贵单位参加的招聘会改期了", "{title}：现改为 {found}。原定 {interview_at}。", "{link}"),
    "fair_cancelled": Text("贵单位参加的招聘会取消了", "{title}，原定 {interview_at}。原因：{reason}。", "{link}"),
}
