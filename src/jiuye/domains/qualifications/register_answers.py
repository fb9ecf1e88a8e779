"""Comparing what was typed with what a register has."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import orjson

from jiuye.domains.qualifications.requirements import LONG_TERM
from jiuye.domains.qualifications.states import CheckResult
from jiuye.kernel import clock
from jiuye.kernel.text.days import until
from jiuye.ports.registers import EnterpriseRecord, InstitutionRecord, LicenceRecord

STATUSES = {
    "active": "存续",
    "revoked": "已吊销",
    "deregistered": "已注销",
    "valid": "有效",
    "cancelled": "已注销",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that differs: as typed, and as recorded."""

    label: str
    stated: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of a comparison, with a sentence for both sides."""

    result: CheckResult
    text: str
    differences: tuple[Difference, ...] = field(default=())

    def detail(self) -> str:
        """Return the differences as JSON; empty if there are none."""
        rows = [{"label": one.label, "stated": one.stated, "recorded": one.recorded} for one in self.differences]
        return orjson.dumps(rows).decode() if rows else ""


def of_enterprise(register: str, record: EnterpriseRecord | None, facts: Mapping[str, str]) -> Answer:
    """Compare a business licence with the register of market entities."""
    if record is None:
        return _none(register)
    pairs = [
        ("单位名称", facts.get("legal_name", ""), record.legal_name),
        ("成立日期", facts.get("established_on", ""), record.established_on.isoformat()),
        ("有效期至", _last(facts), _recorded(record.expires_on)),
    ]
    return _compared(register, record.status, pairs, is_in_force=record.status == "active")


def of_institution(register: str, record: InstitutionRecord | None, facts: Mapping[str, str]) -> Answer:
    """Compare an establishment document with the register of public institutions and government bodies."""
    if record is None:
        return _none(register)
    pairs = [
        ("单位名称", facts.get("legal_name", ""), record.legal_name),
        ("有效期至", _last(facts), _recorded(record.expires_on)),
    ]
    return _compared(register, record.status, pairs, is_in_force=record.status == "active")


def of_licence(
    register: str, record: LicenceRecord | None, facts: Mapping[str, str], name: str, credit_code: str
) -> Answer:
    """Compare a human-resources service licence with its register: the holder must be the organisation."""
    if record is None:
        return _none(register)
    pairs = [
        ("持证单位", name, record.holder_name),
        ("持证单位代码", credit_code, record.credit_code),
        ("有效期至", _last(facts), _recorded(record.expires_on)),
    ]
    is_in_force = record.status == "valid" and record.expires_on >= clock.today()
    status = record.status if record.expires_on >= clock.today() else f"{until(record.expires_on)}，已到期"
    return _compared(register, status, pairs, is_in_force=is_in_force)


def plain(text: str) -> str:
    """Return a name for comparing: half-width, without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def _none(register: str) -> Answer:
    return Answer(
        CheckResult.NO_RECORD, f"{register}里没有查到。请核对号码；刚办的证照可能还没有入库，由审核人员核对。"
    )


def _compared(register: str, status: str, pairs: list[tuple[str, str, str]], *, is_in_force: bool) -> Answer:
    differing = [
        Difference(label, stated, recorded) for label, stated, recorded in pairs if plain(stated) != plain(recorded)
    ]
    if not is_in_force:
        differing.insert(0, Difference("状态", "有效", STATUSES.get(status, status)))
    if not differing:
        return Answer(CheckResult.PASSED, f"与{register}一致（{STATUSES.get(status, status)}）。")
    labels = "、".join(one.label for one in differing)
    return Answer(
        CheckResult.DIFFERS,
        f"与{register}不一致：{labels}。请核对所填内容；填写无误的，可以照常提交。",
        tuple(differing),
    )


def _last(facts: Mapping[str, str]) -> str:
    value = facts.get("expires_on", "")
    return "长期" if value == LONG_TERM else value


def _recorded(last: date | None) -> str:
    return last.isoformat() if last else "长期"
