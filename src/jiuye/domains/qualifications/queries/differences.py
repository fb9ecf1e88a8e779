"""What changed between two submissions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from jiuye.domains.qualifications.requirements import LONG_TERM, Applicant, requirement, requirements_of


@dataclass(frozen=True, slots=True)
class Change:
    """A fact, the way of proof or the files of an item: before and now."""

    label: str
    before: str = field(repr=False)
    now: str = field(repr=False)


def changes_between(earlier: str, later: str, applicant: Applicant | str) -> dict[str, Sequence[Change]]:
    """Return by kind of item what differs between the contents of two submissions (JSON, as `Submission.content`)."""
    before, now = orjson.loads(earlier or "{}"), orjson.loads(later or "{}")
    found: dict[str, Sequence[Change]] = {}
    for one in requirements_of(applicant):  # type: ignore[arg-type]
        if changes := _changes(str(applicant), str(one.kind), before.get(one.kind, {}), now.get(one.kind, {})):
            found[str(one.kind)] = changes
    return found


def _changes(applicant: str, kind: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    wanted = requirement(applicant, kind)  # type: ignore[arg-type]
    if wanted is None or not now:
        return []
    pairs = [
        (one.label, shown(before.get("facts", {}).get(one.name)), shown(now.get("facts", {}).get(one.name)))
        for one in wanted.fields
    ]
    pairs.insert(
        0, ("提供方式", wanted.way(before.get("way", "")).label if before else "—", wanted.way(now["way"]).label)
    )
    pairs.append(("文件", _files(before), _files(now)))
    changes = [Change(label, old, new) for label, old, new in pairs if old != new]
    if _digests(before) != _digests(now) and _files(before) == _files(now):
        changes.append(Change("文件", _files(before), f"{_files(now)}（内容不同）"))
    return changes


def shown(value: str | None) -> str:
    """Return a typed value as people read it."""
    return "长期" if value == LONG_TERM else value or "—"


def _files(content: Mapping[str, Any]) -> str:
    return "、".join(one["name"] for one in content.get("files", [])) or "—"


def _digests(content: Mapping[str, Any]) -> list[str]:
    return [one.get("digest", "") for one in content.get("files", [])]
