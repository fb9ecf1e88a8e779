"""Audit log entries of a partner app, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiuye.domains.accounts.queries import ChannelChange

_TITLES = {
    "channel.register": "登记渠道",
    "channel.edit": "修改资料",
    "channel.enable": "启用",
    "channel.disable": "停用",
    "channel.issue_key": "生成密钥",
    "channel.revoke_key": "吊销密钥",
}
_FIELDS = {"name": "名称", "origin": "来源"}


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, details, and who did it."""

    at: datetime
    title: str
    text: str
    who: str


def told(change: ChannelChange) -> Told:
    """Describe a change in words."""
    return Told(change.at, _TITLES.get(change.action, change.action), _text(change.detail), change.who or "系统")


def _text(detail: Mapping[str, Any]) -> str:
    if reason := detail.get("reason"):
        return f"原因：{reason}"
    if key := detail.get("key"):
        return f"{key}…"
    changes = [
        f"{_FIELDS[field]}：{value['from'] or '（空）'} → {value['to'] or '（空）'}"
        for field, value in detail.items()
        if field in _FIELDS and isinstance(value, dict)
    ]
    return "；".join(changes)
