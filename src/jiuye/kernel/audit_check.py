"""Checking the audit log: its hash chain against itself, its seals in the database and its anchors outside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from jiuye.kernel import audit, audit_anchors, clock
from jiuye.kernel.audit_anchors import Anchor
from jiuye.kernel.models import AuditSeal

_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `position`: the first entry concerned; 0 without a fault."""

    fault: str
    position: int
    entries: int
    anchors: int
    newest: Anchor | None
    warnings: tuple[str, ...]
    restorations: tuple[Anchor, ...]
    checked_at: datetime


FAULTS = {
    "altered": "第 {position} 条与前面的记录对不上：它或它前面的记录被改动或删除。",
    "cut": "数据库里的签封到第 {head} 条，记录却只到第 {before} 条：末尾被截断或删除。",
    "emptied": "库外锚点到第 {head} 条，数据库里却一条也没有：审计日志被清空。",
    "rolled_back": "库外锚点到第 {head} 条（{at}），数据库只到第 {before} 条：末尾连同签封被删除，或数据库被恢复成了较早的备份。",
    "rewritten": "第 {position} 条与库外锚点（{at}）不一致：记录被改写后重新计算了整条链，或数据库恢复成较早的备份后继续写入。",
}
"""Kinds of faults, as operators read them."""


def check(extra: Anchor | None = None) -> Report:
    """Walk the whole chain. `extra`: an anchor kept elsewhere (paper, the log output), checked with the others."""
    seals = dict(AuditSeal.objects.values_list("position", "digest"))
    anchors, warnings = _anchors()
    valid = list(audit_anchors.still_valid(anchors)) + ([extra] if extra else [])
    fault, position, entries = _walk(seals, valid)
    return Report(
        fault=fault,
        position=position,
        entries=entries,
        anchors=len(anchors),
        newest=anchors[-1] if anchors else None,
        warnings=tuple(warnings + _lateness(anchors)),
        restorations=tuple(one for one in anchors if one.restored),
        checked_at=clock.now(),
    )


def _walk(seals: dict[int, str], anchors: list[Anchor]) -> tuple[str, int, int]:
    """Return the fault as a sentence, its position and the number of entries that fit."""
    anchored: dict[int, Anchor] = {}
    contradictory = {}
    for one in anchors:
        if anchored.setdefault(one.position, one).digest != one.digest:
            contradictory[one.position] = one
    fitting = 0
    for position, digest, fits in audit.walk():
        if not fits or seals.get(position, digest) != digest:
            return FAULTS["altered"].format(position=position), position, fitting
        anchor = contradictory.get(position) or anchored.get(position)
        if anchor and (anchor.digest != digest or position in contradictory):
            return FAULTS["rewritten"].format(position=position, at=_time(anchor)), position, fitting
        fitting = position
    return _end(fitting, seals, anchored)


def _end(fitting: int, seals: dict[int, str], anchored: dict[int, Anchor]) -> tuple[str, int, int]:
    """Compare the last entry with the last seal and the last anchor."""
    sealed, kept = max(seals, default=0), max(anchored, default=0)
    if sealed > fitting:
        return FAULTS["cut"].format(head=sealed, before=fitting), fitting + 1, fitting
    if kept > fitting:
        kind = "rolled_back" if fitting else "emptied"
        return FAULTS[kind].format(head=kept, before=fitting, at=_time(anchored[kept])), fitting + 1, fitting
    return "", 0, fitting


def _time(anchor: Anchor) -> str:
    return f"{anchor.at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


def _anchors() -> tuple[tuple[Anchor, ...], list[str]]:
    try:
        kept = audit_anchors.kept()
    except OSError as error:
        return (), [f"库外锚点读不出来：{error.strerror}。请检查 AUDIT_ANCHORS 的目录。"]
    return kept.anchors, [f"库外锚点有 {kept.damaged} 行读不出来，可能被改过。"] if kept.damaged else []


def _lateness(anchors: tuple[Anchor, ...]) -> list[str]:
    """Say when seals have had no anchor for a while: the folder is full, away, or was emptied."""
    newest = max((one.position for one in anchors), default=0)
    missed = AuditSeal.objects.filter(position__gt=newest).order_by("position").first()
    if missed is None or missed.sealed_at > clock.now() - _LATE:
        return []
    return [
        f"从第 {missed.position} 条起没有库外锚点：目录写不进去，或锚点被删除。请检查 AUDIT_ANCHORS 的目录和后台进程。"
    ]
