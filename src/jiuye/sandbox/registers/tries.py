"""Invented organisations for tries by hand: always there, their dates counted from today."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from jiuye.sandbox.clock import today
from jiuye.sandbox.registers import codes
from jiuye.sandbox.registers.entries import ENTERPRISES, INSTITUTIONS, LICENCES, Entry, Register, complete

AGENCY_SCOPE = "许可项目：职业中介活动；人力资源服务。一般项目：企业管理咨询；劳务服务"


@dataclass(frozen=True, slots=True)
class Try:
    """An organisation and, if it has one, its licence; `shows` says what happens with it."""

    code: str
    shows: str
    register: Register | None = None
    entry: Entry | None = None
    licence: Entry | None = None

    def found_in(self, register: Register) -> Entry | None:
        """Return what this register knows of it."""
        return self.licence if register is LICENCES else self.entry if register is self.register else None


def _day(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def _firm(word: str, name: str, shows: str, *, prefix: str = "91", **facts: Any) -> Try:
    code = codes.invented(prefix, f"MATRY{word:0>4}")
    entry = complete(ENTERPRISES, {"credit_code": code, "legal_name": name, **facts})
    return Try(code, shows, ENTERPRISES, entry)


def _agency(word: str, name: str, shows: str, **licence: Any) -> Try:
    firm = _firm(word, name, shows, business_scope=AGENCY_SCOPE)
    number = f"(川)人服证字[2025]第510199{word:0>4}号"
    given = {"number": number, "holder_name": name, "credit_code": firm.code, **licence}
    return Try(firm.code, shows, ENTERPRISES, firm.entry, complete(LICENCES, given))


def _body(prefix: str, word: str, name: str, shows: str, **facts: Any) -> Try:
    code = codes.invented(prefix, f"0TRY{word:0>5}")
    return Try(code, shows, INSTITUTIONS, complete(INSTITUTIONS, {"credit_code": code, "legal_name": name, **facts}))


def everything() -> tuple[Try, ...]:
    """Return all of them, in the page's order. They differ from the demonstration's organisations by the code's middle (990001)."""
    return (
        _firm(
            "1", "成都试岚电子有限公司", "存续的企业：一切相符", business_scope="一般项目：电子元器件制造；电子产品销售"
        ),
        _agency("2", "成都试衡人力资源服务有限公司", "存续的职介，许可证有效：一切相符"),
        _body("12", "1", "成都市试禾公共就业服务中心", "公共就业服务机构：一切相符"),
        _body("11", "2", "成都市试禾区人力资源和社会保障局", "机关：一切相符"),
        _firm("3", "成都试宁餐饮管理有限公司", "已吊销", status="revoked"),
        _firm("4", "成都试远商贸有限公司", "已注销", status="deregistered"),
        _firm("5", "成都试川机械制造有限公司", "名称不符：请填“成都试川机械有限公司”"),
        _firm("6", "成都试铭物业服务有限公司", "营业期限 30 天前已届满", expires_on=_day(-30)),
        _firm(
            "7",
            "成都试果水果店",
            "个体工商户，经营范围与职介不符",
            prefix="92",
            business_scope="一般项目：新鲜水果零售",
        ),
        _agency("11", "成都试清人力资源服务有限公司", "许可证 30 天前已过期", expires_on=_day(-30)),
        _agency("12", "成都试安人力资源服务有限公司", "许可证 20 天后到期", expires_on=_day(20)),
        _agency("13", "成都试和人力资源服务有限公司", "许可证已吊销", status="revoked"),
        _agency(
            "14", "成都试棠人力资源服务有限公司", "许可证是另一家单位的", holder_name="成都试桐人力资源服务有限公司"
        ),
        _body("12", "3", "成都市试麦就业服务所", "已注销的事业单位", status="deregistered"),
        Try(codes.invented("91", "MATRY0099"), "号码正确，但没有任何登记"),
    )


def find(register: Register, key: str) -> Entry | None:
    """Return the entry that one of them has in this register, or None."""
    wanted = register.plain(key)
    found = (one.found_in(register) for one in everything())
    return next((entry for entry in found if entry and register.plain(entry[register.key]) == wanted), None)
