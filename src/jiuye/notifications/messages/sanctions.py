"""Messages to the subject of a sanction: the organisation's owners, or the person. They name the level, never the facts."""

from jiuye.notifications.messages.texts import MORE, Text

SANCTIONS: dict[str, Text] = {
    "imposed": Text(
        "平台作出处置：{title}",
        "{found}原因、依据和申诉办法写在处置说明里。有异议可以申诉，由另一位审核员处理。",
        "{link}",
        "平台对您或您的单位作出处置：{title}。原因和申诉办法请" + MORE,
    ),
    "lifted": Text(
        "处置已解除：{title}", "限制已经取消，原有内容自动恢复。", "{link}", "处置“{title}”已解除，详情请" + MORE
    ),
    "ended": Text("处置已到期：{title}", "限制已经取消，原有内容自动恢复。", "{link}"),
    "appeal_upheld": Text(
        "申诉成立：{title}",
        "处置已解除，答复写在处置说明里。",
        "{link}",
        "您对“{title}”的申诉成立，处置已解除。" + MORE,
    ),
    "appeal_rejected": Text(
        "申诉不成立：{title}",
        "处置继续有效，核查的结果和理由写在处置说明里。",
        "{link}",
        "您对“{title}”的申诉有了结果。" + MORE,
    ),
}
