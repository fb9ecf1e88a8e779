"""The registers' entries: their fields, what is filled in where nothing is given, and where they are kept."""

import hashlib
import json
import re
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeGuard

from jiuye.sandbox.clock import today
from jiuye.sandbox.registers import codes

SCHEMA = """
CREATE TABLE IF NOT EXISTS register_entry (
    register TEXT NOT NULL, key TEXT NOT NULL, entry TEXT NOT NULL, by_hand INTEGER NOT NULL, added_at REAL NOT NULL,
    PRIMARY KEY (register, key)
) WITHOUT ROWID;
"""
SERVICES = ("职业介绍", "人力资源供求信息的收集和发布", "职业指导", "人力资源管理咨询", "人力资源外包", "劳务派遣")
KINDS = {
    "91": "company",
    "92": "individual",
    "93": "cooperative",
    "11": "government",
    "12": "institution",
}
_SURNAMES = "安柏常池褚单窦樊丰葛管桂华霍计焦解景康柯蓝乐冷连凌柳骆"

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Register:
    """A register: `fields` name → the values that it allows, () for any text; `defaults` for what is not given."""

    name: str
    label: str
    key: str
    fields: Mapping[str, tuple[str, ...]]
    days: tuple[str, ...]
    defaults: Callable[[Entry], Entry]

    def plain(self, key: str) -> str:
        """Return a key in the form under which its entry is kept."""
        return codes.plain_number(key) if self.key == "number" else key.strip().upper()


def complete(register: Register, given: object) -> Entry:
    """Return a complete entry. Raise ValueError with a text that says what is wrong."""
    if not isinstance(given, dict) or not given.keys() <= {*register.fields, *register.days, "scope"}:
        raise ValueError(f"an object of {', '.join((*register.fields, *register.days))} is expected")
    if not codes.is_code(str(given.get("credit_code", ""))):
        raise ValueError("credit_code: 18 characters with a fitting check character (GB 32100)")
    entry = register.defaults(given) | {name: value for name, value in given.items() if value not in ("", None)}
    for name, allowed in register.fields.items():
        value = entry[name]
        if not isinstance(value, str) or len(value) > 500 or (allowed and value not in allowed):
            raise ValueError(f"{name}: {' or '.join(allowed) or 'at most 500 characters'}")
    for name in register.days:
        if entry[name] is not None:
            entry[name] = date.fromisoformat(str(entry[name])).isoformat()
    if "scope" in entry and not (isinstance(entry["scope"], list) and all(isinstance(s, str) for s in entry["scope"])):
        raise ValueError("scope: a list of strings")
    return entry


def _required(given: Entry, *names: str) -> Entry:
    missing = [name for name in names if not given.get(name)]
    if missing:
        raise ValueError(f"missing: {', '.join(missing)}")
    return {}


def _draw(given: Entry) -> bytes:
    return hashlib.sha256(f"register {given['credit_code']}".encode()).digest()


def _of_every_unit(given: Entry) -> Entry:
    draw = _draw(given)
    founded = date(2006, 1, 1) + timedelta(days=int.from_bytes(draw[:2], "big") % 6000)
    return {
        "kind": KINDS.get(given["credit_code"][:2], "company"),
        "status": "active",
        "legal_representative": f"{_SURNAMES[draw[2] % len(_SURNAMES)]}**",
        "region": "510104",
        "established_on": founded.isoformat(),
        "expires_on": None,
    }


def _of_enterprise(given: Entry) -> Entry:
    _required(given, "legal_name")
    return _of_every_unit(given) | {"business_scope": "一般项目：企业管理咨询；信息咨询服务；商务代理代办服务"}


def _of_institution(given: Entry) -> Entry:
    _required(given, "legal_name")
    organiser = "成都市人力资源和社会保障局" if given["credit_code"].startswith("12") else ""
    return _of_every_unit(given) | {"purpose": "承担公共就业服务，开展职业介绍和职业指导", "organiser": organiser}


def _of_licence(given: Entry) -> Entry:
    _required(given, "number", "holder_name")
    now = today()
    return {
        "status": "valid",
        "scope": list(SERVICES),
        "issuing_body": "成都市人力资源和社会保障局",
        "valid_from": (now - timedelta(days=400)).isoformat(),
        "expires_on": (now + timedelta(days=1000)).isoformat(),
    }


ENTERPRISES = Register(
    name="enterprises",
    label="市场主体登记",
    key="credit_code",
    fields={
        "credit_code": (),
        "legal_name": (),
        "kind": ("company", "individual", "cooperative"),
        "status": ("active", "revoked", "deregistered"),
        "legal_representative": (),
        "business_scope": (),
        "region": (),
    },
    days=("established_on", "expires_on"),
    defaults=_of_enterprise,
)
INSTITUTIONS = Register(
    name="institutions",
    label="事业单位和机关登记",
    key="credit_code",
    fields={
        "credit_code": (),
        "legal_name": (),
        "kind": ("institution", "government"),
        "status": ("active", "deregistered"),
        "legal_representative": (),
        "purpose": (),
        "organiser": (),
        "region": (),
    },
    days=("established_on", "expires_on"),
    defaults=_of_institution,
)
LICENCES = Register(
    name="licences",
    label="人力资源服务许可",
    key="number",
    fields={
        "number": (),
        "holder_name": (),
        "credit_code": (),
        "status": ("valid", "cancelled", "revoked"),
        "issuing_body": (),
    },
    days=("valid_from", "expires_on"),
    defaults=_of_licence,
)
REGISTERS = {one.name: one for one in (ENTERPRISES, INSTITUTIONS, LICENCES)}


def keep(database: sqlite3.Connection, register: Register, entry: Entry, *, by_hand: bool = False) -> None:
    """Store a complete entry; it replaces one with the same key."""
    row = (
        register.name,
        register.plain(entry[register.key]),
        json.dumps(entry, ensure_ascii=False),
        by_hand,
        time.time(),
    )
    database.execute("INSERT OR REPLACE INTO register_entry VALUES (?, ?, ?, ?, ?)", row)


def stored(database: sqlite3.Connection, register: Register, key: str) -> Entry | None:
    """Return a stored entry, or None."""
    query = "SELECT entry FROM register_entry WHERE register = ? AND key = ?"
    row = database.execute(query, (register.name, register.plain(key))).fetchone()
    return json.loads(row["entry"]) if row else None


def added_by_hand(database: sqlite3.Connection) -> list[tuple[Register, Entry]]:
    """Return what was added on the page, newest first."""
    query = "SELECT register, entry FROM register_entry WHERE by_hand ORDER BY added_at DESC, key LIMIT 50"
    return [(REGISTERS[row["register"]], json.loads(row["entry"])) for row in database.execute(query)]


def is_key(key: object, register: Register) -> TypeGuard[str]:
    """Return whether the register answers about such a key at all."""
    if not isinstance(key, str):
        return False
    return bool(re.search(r"\d{4}", key)) and len(key) <= 60 if register.key == "number" else codes.is_code(key)
