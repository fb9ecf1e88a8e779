"""The blocks in which an uploaded resume is looked through: each is confirmed, changed or refused by itself.

A block is an entry of a section, or the head, the skills, the certificates, the self description, the file itself.
"""

from dataclasses import asdict, dataclass
from typing import Any

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.resumes.extraction import Found
from jiuye.domains.resumes.queries.rows import ENTRIES
from jiuye.domains.resumes.queries.views import ResumeView
from jiuye.domains.resumes.states import Availability, SectionKind, SkillLevel

BASICS, SELF, FILE = "basics", "self", "file"
SKILLS, CERTIFICATES = SectionKind.SKILL.value, SectionKind.CERTIFICATE.value
_LISTS = {SectionKind.EMPLOYMENT: "employments", SectionKind.EDUCATION: "educations", SectionKind.PROJECT: "projects"}
_REQUIRED = {
    SectionKind.INTENTION: {"title": "想找的工作"},
    SectionKind.EMPLOYMENT: {"employer_name": "单位名称", "title": "职位", "start_on": "开始时间"},
    SectionKind.EDUCATION: {"school": "学校名称", "level": "学历", "start_on": "开始时间"},
    SectionKind.PROJECT: {"name": "项目名称", "start_on": "开始时间"},
}
_HEAD = {
    "name": "姓名",
    "phone": "联系电话",
    "email": "邮箱",
    "birth_year": "出生年份",
    "region": "现居住地",
    "education": "最高学历",
    "experience_years": "工作年限",
    "availability": "求职状态",
}


@dataclass(frozen=True, slots=True)
class Block:
    """`facts`: label and text. `kind`: the section of its form, "" where there is none. `lacks`: required values that were not found."""

    key: str
    title: str
    facts: tuple[tuple[str, str], ...]
    kind: str = ""
    text: str = ""
    lacks: tuple[str, ...] = ()


def blocks_of(found: Found, resume: ResumeView, settled: list[str]) -> list[Block]:
    """Return the blocks that are still to be looked at, in the order of a resume; nothing that the resume has already."""
    made = [_basics(found, resume), _wish(found)]
    for kind, name in _LISTS.items():
        made += [_entry(kind, index, asdict(one)) for index, one in enumerate(getattr(found, name))]
    skills = [one for one in found.skills if one.name not in {each.name for each in resume.skills}]
    made.append(_listed(SKILLS, "技能", [_with_level(one.name, one.level) for one in skills]))
    papers = [one for one in found.certificates if one.name not in {each.name for each in resume.certificates}]
    made.append(_listed(CERTIFICATES, "证书", [one.name for one in papers]))
    if found.self_description and not resume.self_description:
        made.append(Block(SELF, "自我描述", (), text=found.self_description[:2000]))
    return [block for block in made if block and block.key not in settled]


def head_changes(found: Found, resume: ResumeView) -> dict[str, Any]:
    """Return what the file adds to the head: nothing that is already filled in is replaced."""
    present = {
        "name": resume.name,
        "email": resume.email,
        "birth_year": resume.birth_year,
        "region": resume.region,
        "education": resume.education,
        "experience_years": resume.experience_years,
        "availability": resume.availability,
    }
    changes = {name: getattr(found, name) for name, value in present.items() if value in (None, "")}
    return {name: value for name, value in changes.items() if value not in (None, "")}


def values_of(found: Found, key: str) -> tuple[SectionKind, dict[str, Any]] | None:
    """Return the section of a block with a form, and the values that were found; None for other blocks."""
    kind, _, index = key.partition("-")
    if kind == SectionKind.INTENTION and found.wish.title:
        return SectionKind.INTENTION, asdict(found.wish) | {
            "occupation": reference.guess_occupation(found.wish.title) or ""
        }
    name = _LISTS.get(SectionKind(kind)) if kind in SectionKind.values else None
    rows = getattr(found, name) if name else []
    if not index.isdecimal() or int(index) >= len(rows):
        return None
    return SectionKind(kind), asdict(rows[int(index)])


def entry_of_values(kind: SectionKind, values: dict[str, Any]) -> Any:
    """Return the entry of found values; None if a required one is missing."""
    return None if _lacks(kind, values) else ENTRIES[kind](**values)


def _lacks(kind: SectionKind, values: dict[str, Any]) -> tuple[str, ...]:
    return tuple(label for name, label in _REQUIRED[kind].items() if not values.get(name))


def _basics(found: Found, resume: ResumeView) -> Block | None:
    changes = head_changes(found, resume)
    facts = tuple((_HEAD[name], _shown(name, value)) for name, value in changes.items())
    return Block(BASICS, "基本信息", facts) if facts else None


def _shown(name: str, value: Any) -> str:
    if name == "region":
        return reference.full_name(value)
    if name == "education":
        return str(EducationLevel(value).label)
    if name == "availability":
        return str(Availability(value).label)
    return f"{value} 年" if name == "experience_years" else str(value)


def _wish(found: Found) -> Block | None:
    wish = found.wish
    if not wish.title:
        return None
    pay = "–".join(f"{amount:,}" for amount in (wish.pay_min, wish.pay_max) if amount)
    facts = (
        ("想找的工作", wish.title),
        ("期望地点", reference.full_name(wish.region) if wish.region else ""),
        ("期望月薪", f"{pay} 元" if pay else ""),
    )
    return Block(SectionKind.INTENTION.value, "求职意向", _filled(facts), SectionKind.INTENTION.value)


def _entry(kind: SectionKind, index: int, values: dict[str, Any]) -> Block:
    start, end = values["start_on"], values["end_on"]
    period = f"{start:%Y.%m} – {f'{end:%Y.%m}' if end else '至今'}" if start else ""
    if kind == SectionKind.EMPLOYMENT:
        facts = (("单位", values["employer_name"]), ("职位", values["title"]), ("时间", period))
    elif kind == SectionKind.EDUCATION:
        level = str(EducationLevel(values["level"]).label) if values["level"] else ""
        facts = (
            ("学校", values["school"]),
            ("学历和专业", " · ".join(x for x in (level, values["major"]) if x)),
            ("时间", period),
        )
    else:
        facts = (("项目", values["name"]), ("角色", values["role"]), ("时间", period))
    return Block(
        f"{kind.value}-{index}",
        str(kind.label),
        _filled(facts),
        kind.value,
        values["description"],
        _lacks(kind, values),
    )


def _listed(key: str, title: str, items: list[str]) -> Block | None:
    return Block(key, title, (), text="、".join(items)) if items else None


def _with_level(name: str, level: str) -> str:
    return f"{name}（{SkillLevel(level).label}）" if level else name


def _filled(facts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in facts if text)
