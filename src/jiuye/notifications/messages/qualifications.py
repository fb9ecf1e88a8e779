"""Messages about an organisation's qualification, to its owners; decisions are in `audits`. `until`: a last day; `found`: a target time."""

from jiuye.notifications.messages.texts import MORE, Text

QUALIFICATIONS: dict[str, Text] = {
    "submitted": Text("资质材料已提交", "目标 {found} 前给出结果。有结果会通知您，不用一直查看。", "{link}"),
    "expiring": Text(
        "资质还有 {count} 天到期",
        "有效期至 {until}。现在就可以重新核验，没有变化的项目点一下即可。",
        "{link}",
        "贵单位的资质有效期至 {until}，请及时重新核验。" + MORE,
    ),
    "last_day": Text(
        "资质今天到期",
        "有效期至 {until}。请今天提交重新核验，以免影响发布职位。",
        "{link}",
        "贵单位的资质有效期至 {until}，请今天重新核验。" + MORE,
    ),
    "expired": Text(
        "资质核验已到期",
        "有效期至 {until}。不能再发布新职位；已发布的 7 天后不再公开。重新核验通过后全部恢复。",
        "{link}",
        "贵单位的资质核验已到期，不能再发布新职位，请重新核验。" + MORE,
    ),
}
