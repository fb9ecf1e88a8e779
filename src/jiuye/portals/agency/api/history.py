"""Audit log entries of a client, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiuye.domains.clients.queries import Change
from jiuye.domains.clients.states import CredentialKind, Mode, Scope

_TITLES = {
    "client.create": "创建",
    "client.change": "修改",
    "client.revoke": "停用客户端",
    "client.issue_credential": "新凭据",
    "client.revoke_credential": "停用凭据",
}
_ENDS = {0: "原有的马上停用", 86_400: "原有的 24 小时后失效", 604_800: "原有的 7 天后失效"}
_FIELDS = {"name": "名称", "networks": "地址名单"}


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, details, and who did it."""

    at: datetime
    title: str
    text: str
    who: str


def told(change: Change) -> Told:
    """Describe a change in words."""
    return Told(change.at, _TITLES.get(change.action, change.action), _text(change.detail), change.who or "管理员")


def _text(detail: Mapping[str, Any]) -> str:
    if prefix := detail.get("prefix"):
        kind = CredentialKind(detail["kind"]).label
        ends = _ENDS.get(-1 if (after := detail.get("others_end_in")) is None else after, "")
        return "，".join(filter(None, (f"{kind} {prefix}…", ends)))
    if "mode" in detail:
        return f"{Mode(detail['mode']).label}模式"
    parts = [
        f"{label}：{_plain(detail[field]['from'])} → {_plain(detail[field]['to'])}"
        for field, label in _FIELDS.items()
        if isinstance(detail.get(field), dict)
    ]
    if isinstance(detail.get("scopes"), dict):
        before, after = set(detail["scopes"]["from"]), set(detail["scopes"]["to"])
        labels = dict(Scope.choices)
        parts += [
            f"{word}{'、'.join(str(labels.get(one, one)) for one in sorted(some))}"
            for word, some in (("增加权限：", after - before), ("去掉权限：", before - after))
            if some
        ]
    return "；".join(parts)


def _plain(value: Any) -> str:
    return ("、".join(value) if isinstance(value, list) else str(value)) or "（不限）"
