"""Messages to an organisation's owners about the audit of its qualification, by the step of the decision."""

from jiuye.notifications.messages.texts import MORE, Text

AUDITS: dict[str, Text] = {
    "first": Text("资质初审通过，正在复核", "首次审核由两位审核员先后进行。复核完成后会通知您。", "{link}"),
    "approved": Text(
        "资质审核通过",
        "有效期至 {until}，到期前会提醒您重新核验。接下来请补全资料，开始使用。",
        "{link}",
        "贵单位的资质审核已通过。" + MORE,
    ),
    "return": Text(
        "资质材料需要补正",
        "{reason}。只改退回的项目，改好后再提交即可，其余不用重新上传。",
        "{link}",
        "贵单位的资质材料有需要补正的地方，请登录就业在线查看原因后修改。",
    ),
    "reverse": Text(
        "资质审核的通过已被撤销",
        "原因：{reason}。已停止公开展示。可以补充材料重新提交；对决定有异议的，可以申诉。",
        "{link}",
        "贵单位的资质审核通过已被撤销，请登录就业在线查看原因和申诉办法。",
    ),
}
