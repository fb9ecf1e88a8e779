"""`/registers`: the page for people: organisations for tries, a form to register one, and the newest questions."""

import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from jiuye.sandbox.clock import today
from jiuye.sandbox.registers import codes, lookups, tries
from jiuye.sandbox.registers.entries import (
    ENTERPRISES,
    INSTITUTIONS,
    KINDS,
    LICENCES,
    REGISTERS,
    Entry,
    Register,
    added_by_hand,
    complete,
    keep,
)
from jiuye.sandbox.store import store

_WORDS = {
    "kinds": {
        "company": "企业",
        "individual": "个体工商户",
        "cooperative": "农民专业合作社",
        "institution": "事业单位",
        "government": "机关",
    },
    "states": {
        "active": "存续",
        "revoked": "吊销",
        "deregistered": "注销",
        "valid": "有效",
        "cancelled": "注销",
    },
    "names": {
        "credit_code": "信用代码",
        "number": "许可证编号",
        "holder_name": "持证单位",
        "legal_representative": "法定代表人",
        "business_scope": "经营范围",
        "purpose": "宗旨和业务范围",
        "organiser": "举办单位",
        "region": "行政区划代码",
        "issuing_body": "发证机关",
        "scope": "许可范围",
        "established_on": "成立日期",
        "valid_from": "发证日期",
        "expires_on": "有效期至",
    },
}
_SCOPES = {ENTERPRISES.name: "business_scope", INSTITUTIONS.name: "purpose"}
_PREFIXES = {kind: prefix for prefix, kind in KINDS.items()}
desk = Blueprint("registers", __name__, url_prefix="/registers", template_folder="templates")


@desk.get("")
def page() -> str:
    """What can be tried, what was added, what was asked; with `?asked=` the answer to a question."""
    return _page(asked=request.args.get("asked", "").strip())


def _page(*, asked: str = "", **shown: Any) -> str:
    with store().open() as database:
        answers = [(one, lookups.find(database, one, asked)) for one in REGISTERS.values()] if asked else []
        return render_template(
            "registers/desk.html",
            asked=asked,
            answers=[(register, entry) for register, entry in answers if entry],
            tries=tries.everything(),
            added=added_by_hand(database),
            newest=lookups.newest(database),
            **_WORDS,
            **{"typed": {}, "fault": "", **shown},
        )


@desk.post("")
def add() -> AnyResponse | tuple[str, int]:
    """Register an organisation, with a licence if wished; codes that were left empty are invented."""
    typed = {name: value.strip() for name, value in request.form.items()}
    try:
        entries = _entries(typed)
    except ValueError as fault:
        return _page(typed=typed, fault=str(fault)), 400
    with store().writing() as database:
        for register, entry in entries:
            keep(database, register, entry, by_hand=True)
    return redirect(url_for("registers.page", asked=entries[0][1]["credit_code"]), 303)


def _entries(typed: dict[str, str]) -> list[tuple[Register, Entry]]:
    """Return what the form registers. Raise ValueError with a text for the user."""
    name, kind = typed.get("legal_name", ""), typed.get("kind", "company")
    if not 2 <= len(name) <= 100 or kind not in _PREFIXES:
        raise ValueError("请填写单位名称，2 到 100 个字")
    code = typed.get("credit_code", "").upper() or codes.invented(
        _PREFIXES[kind], "MA" + _random("0123456789ABCDEFGH", 7)
    )
    if not codes.is_code(code):
        raise ValueError("信用代码的形式或校验位不对；留空会自动生成一个")
    register = INSTITUTIONS if kind in ("institution", "government") else ENTERPRISES
    status = typed.get("status", "active")
    if status not in register.fields["status"]:
        raise ValueError(f"{_WORDS['kinds'][kind]}没有“吊销”这种状态，请选“存续”或“注销”")
    scope = typed.get("scope", "") or (tries.AGENCY_SCOPE if typed.get("with_licence") else "")
    unit = {
        "credit_code": code,
        "legal_name": name,
        "kind": kind,
        "status": status,
        _SCOPES[register.name]: scope[:500],
    }
    entries = [(register, complete(register, unit))]
    if typed.get("with_licence"):
        number = typed.get("number", "") or f"(川)人服证字[{today().year}]第510199{_random('0123456789', 4)}号"
        licence = {
            "number": number,
            "holder_name": name,
            "credit_code": code,
            "expires_on": typed.get("expires_on", ""),
        }
        entries.append((LICENCES, _licence(licence)))
    return entries


def _licence(given: dict[str, str]) -> Entry:
    try:
        return complete(LICENCES, given)
    except ValueError as fault:
        raise ValueError("许可证有效期请填日期，例如 2027-12-31") from fault


def _random(letters: str, length: int) -> str:
    return "".join(secrets.choice(letters) for _ in range(length))
