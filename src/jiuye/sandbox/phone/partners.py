"""The partner apps on the phones: invented names, codes as registered by the platform's demonstration."""

import re
from dataclasses import dataclass

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class PartnerApp:
    """An app that opens the platform inside itself. `tone` picks its colours; `entry` is the platform's name in its menu."""

    code: str
    name: str
    mark: str
    tone: str
    summary: str


PARTNERS = (
    PartnerApp("app-pay", "掌上付", "付", "blue", "付款、缴费、社保查询"),
    PartnerApp("app-bank", "惠民银行", "惠", "red", "社保卡金融账户"),
    PartnerApp("app-city", "城市通", "城", "teal", "公交、办事、预约"),
    PartnerApp("app-social", "乡音", "乡", "green", "同乡聊天与消息"),
    PartnerApp("app-closed", "旧版通", "旧", "grey", "已停止合作，平台应当拒绝"),
)
_KNOWN = {app.code: app for app in PARTNERS}


def find(code: str) -> PartnerApp | None:
    """Return the app of this code; an unknown one, such as one that operators have just registered, gets a plain look.

    None if the code is empty or malformed.
    """
    if code in _KNOWN:
        return _KNOWN[code]
    return PartnerApp(code, code, code[0].upper(), "grey", "新登记的伙伴应用") if _CODE.fullmatch(code) else None
