"""The difference of two states of a resume, in words."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from jiuye.domains.resumes.queries.views import ResumeView
from jiuye.domains.resumes.states import SectionKind

HEAD = {
    "name": "姓名",
    "phone": "联系电话",
    "email": "邮箱",
    "birth_year": "出生年份",
    "region": "现居住地",
    "education": "最高学历",
    "experience_years": "工作年限",
    "availability": "求职状态",
    "self_description": "自我描述",
}


def changes_between(before: ResumeView, after: ResumeView) -> list[str]:
    """Return the changes as text: 修改了姓名、邮箱 · 添加工作经历“…” · 删除技能“…”; empty for none. Verification results are ignored."""
    return [*_head(before, after), *(line for kind in SectionKind for line in _section(kind, before, after))]


def title_of(kind: SectionKind, entry: Any) -> str:
    """Return an entry's title for a sentence."""
    if kind == SectionKind.EMPLOYMENT:
        return f"{entry.employer_name} {entry.title}"
    if kind == SectionKind.EDUCATION:
        return str(entry.school)
    return str(entry.title if kind == SectionKind.INTENTION else entry.name)


def _head(before: ResumeView, after: ResumeView) -> Iterator[str]:
    pairs = {label: (getattr(before, name), getattr(after, name)) for name, label in HEAD.items()}
    for verb, picked in (
        ("填写", [label for label, (old, new) in pairs.items() if _is_empty(old) and not _is_empty(new)]),
        (
            "修改",
            [label for label, (old, new) in pairs.items() if not _is_empty(old) and not _is_empty(new) and old != new],
        ),
        ("清空", [label for label, (old, new) in pairs.items() if not _is_empty(old) and _is_empty(new)]),
    ):
        if picked:
            yield f"{verb}了{'、'.join(picked)}"


def _is_empty(value: Any) -> bool:
    return value is None or value == ""


def _section(kind: SectionKind, before: ResumeView, after: ResumeView) -> Iterator[str]:
    old: dict[Any, Any] = {entry.id: entry for entry in before.section(kind)}
    new: dict[Any, Any] = {entry.id: entry for entry in after.section(kind)}
    for verb, entries in (
        ("添加", [entry for key, entry in new.items() if key not in old]),
        ("修改", [entry for key, entry in new.items() if key in old and not _same(entry, old[key])]),
        ("删除", [entry for key, entry in old.items() if key not in new]),
    ):
        for entry in entries:
            yield f"{verb}了{kind.label}“{title_of(kind, entry)}”"
    stayed = [key for key in new if key in old]
    if stayed != [key for key in old if key in new]:
        yield f"调整了{kind.label}的顺序"


def _same(one: Any, other: Any) -> bool:
    return all(getattr(one, field.name) == getattr(other, field.name) for field in fields(one))
