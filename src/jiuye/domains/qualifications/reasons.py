"""Reasons for refusing an item, as data: each says what is wrong and what to send instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiuye.domains.qualifications.states import ItemKind


@dataclass(frozen=True, slots=True)
class Reason:
    """A canned reason. `label` names it in statistics, `text` is what the organisation reads beside the item."""

    code: str
    label: str
    text: str


UNREADABLE = Reason("unreadable", "看不清", "图片看不清或不完整，请重新拍摄：四角完整、光线均匀、没有反光。")
EXPIRED = Reason("expired", "已过有效期", "材料已过有效期，请提供在有效期内的材料。")
TYPED_DIFFERS = Reason("typed_differs", "填写与材料不符", "填写的内容与材料不一致，请照材料逐字填写。")
REGISTER_DIFFERS = Reason(
    "register_differs", "与登记信息不符", "与登记机关的记录不一致，请核对；登记刚变更过的，请在更新后再提交。"
)
OTHER_UNIT = Reason("other_unit", "不是本单位的", "材料上的单位与申请的单位不是同一家，请提供本单位的材料。")
NO_SEAL = Reason("no_seal", "没有公章", "没有加盖公章或电子印章，请盖章后重新提交。")
SEAL_FAILS = Reason(
    "seal_fails",
    "电子印章核对不通过",
    "电子印章没有通过核对（签章后有改动，或不是本单位的印章），请从原渠道重新下载原文件。",
)
WRONG_DOCUMENT = Reason("wrong_document", "不是所需材料", "这不是所需的材料，请对照说明和样例重新提交。")
NOT_THE_HANDLER = Reason("not_the_handler", "经办人不一致", "材料上的人与办理登记的人不一致，请由经办人本人提供。")
SCOPE = Reason(
    "scope", "范围不含人力资源服务", "登记的范围不含人力资源服务或公共就业服务，请先到登记机关变更，再来提交。"
)
NO_AUTHORISATION = Reason(
    "no_authorisation", "没有写明授权", "授权书没有写明由经办人办理本平台的业务，请按范本重新出具。"
)

_DOCUMENT = (UNREADABLE, WRONG_DOCUMENT, OTHER_UNIT, EXPIRED, TYPED_DIFFERS, REGISTER_DIFFERS, SEAL_FAILS)

REASONS: Mapping[str, Sequence[Reason]] = {
    ItemKind.HANDLER_IDENTITY: (UNREADABLE, NOT_THE_HANDLER, WRONG_DOCUMENT),
    ItemKind.BUSINESS_LICENCE: (*_DOCUMENT, SCOPE),
    ItemKind.AUTHORISATION_LETTER: (
        UNREADABLE, WRONG_DOCUMENT, OTHER_UNIT, NO_SEAL, SEAL_FAILS, NO_AUTHORISATION, NOT_THE_HANDLER, EXPIRED,
    ),
    ItemKind.HR_LICENCE: (*_DOCUMENT, SCOPE),
    ItemKind.ESTABLISHMENT_DOCUMENT: (*_DOCUMENT, SCOPE),
    ItemKind.EMPLOYMENT: (UNREADABLE, WRONG_DOCUMENT, OTHER_UNIT, NO_SEAL, SEAL_FAILS, NOT_THE_HANDLER),
}  # fmt: skip

LABELS: Mapping[str, str] = {one.code: one.label for some in REASONS.values() for one in some}
OTHER_LABEL = "其他"


def reason_of(kind: str, code: str) -> Reason | None:
    """Return a canned reason of an item's kind; None if that kind has no such reason."""
    return next((one for one in REASONS.get(kind, ()) if one.code == code), None)
