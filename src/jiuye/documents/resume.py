"""A resume as an A4 document, for its owner and for agencies that may download it."""

from collections.abc import Iterator
from typing import Any

from jiuye.design import formats
from jiuye.documents.typesetting import missing_letters, typeset
from jiuye.domains.resumes.queries import (
    CertificateView,
    EducationView,
    EmploymentView,
    IntentionView,
    Mark,
    ProjectView,
    ResumeView,
)
from jiuye.kernel import clock

_TONES = {"verified": "ok", "expired": "warn", "mismatched": "warn", "pending": "brand"}
_UNVERIFIED = {"label": "未核验", "tone": "plain", "note": ""}


def resume_pdf(resume: ResumeView, *, taken_by: str = "", photo: bytes | None = None) -> bytes:
    """Return the resume as a tagged PDF, with what was verified, by whom and when; contacts as they are in `resume`.

    `taken_by`: the organisation for which it is made, printed at the foot of each page so that a leaked copy shows
    its origin; empty for the owner's own. `photo`: a JPEG of 3:4.
    """
    made_at = clock.now()
    data = _data(resume, taken_by, formats.full_day(made_at)) | {"photo": list(photo) if photo else None}
    return typeset("resume", data, made_at=made_at)


def unprintable(resume: ResumeView) -> str:
    """Return the characters of a resume, each once, that its PDF cannot show."""
    return missing_letters(_texts(_data(resume, "", "")))


def _texts(data: Any) -> Iterator[str]:
    match data:
        case str():
            yield data
        case dict():
            yield from _texts(list(data.values()))
        case list():
            for one in data:
                yield from _texts(one)


def _data(resume: ResumeView, taken_by: str, made_on: str) -> dict[str, Any]:
    name = resume.name or "未填写姓名"
    facts = [
        resume.experience,
        resume.education.name if resume.education else "",
        resume.availability.name if resume.availability else "",
        f"现居{resume.region.name}" if resume.region else "",
    ]
    return {
        "title": f"{resume.name or '求职者'}的简历",
        "name": name,
        "identity": _mark(resume.identity, "身份") if resume.identity else None,
        "wish": "、".join(one.title for one in resume.intentions),
        "facts": _joined(*facts),
        "contacts": [[label, text] for label, text in (("电话", resume.phone), ("邮箱", resume.email)) if text],
        "masked": resume.masked,
        "self": _lines(resume.self_description),
        "parts": [part for part in _parts(resume) if part["entries"]],
        "skills": [_joined(one.name, one.level.name if one.level else "") for one in resume.skills],
        "foot": _joined(
            "就业在线",
            f"由{taken_by}下载，仅供招聘使用" if taken_by else "本人下载",
            f"生成于 {made_on}",
            f"简历更新于 {formats.full_day(resume.updated_at)}" if resume.updated_at else "",
        ),
    }


def _parts(resume: ResumeView) -> list[dict[str, Any]]:
    return [
        {"title": "求职意向", "entries": [_intention(one) for one in resume.intentions]},
        {"title": "工作经历", "entries": [_employment(one, resume) for one in resume.employments]},
        {"title": "教育经历", "entries": [_education(one, resume) for one in resume.educations]},
        {"title": "项目经历", "entries": [_project(one) for one in resume.projects]},
        {"title": "证书", "entries": [_certificate(one, resume) for one in resume.certificates]},
    ]


def _entry(
    title: str, aside: str, facts: str, text: str = "", mark: dict[str, str] | None = None, *, is_pay: bool = False
) -> dict[str, Any]:
    return {"title": title, "aside": aside, "facts": facts, "text": _lines(text), "mark": mark, "is_pay": is_pay}


def _intention(one: IntentionView) -> dict[str, Any]:
    terms = (one.region, one.employment_type, one.industry, one.occupation)
    facts = _joined(*(term.name for term in terms if term)) or "地点、用工类型不限"
    return _entry(one.title, formats.pay(one.pay_min, one.pay_max), facts, is_pay=True)


def _employment(one: EmploymentView, resume: ResumeView) -> dict[str, Any]:
    return _entry(one.employer_name, one.period, one.title, one.description, _mark(resume.mark_of(one.id)))


def _education(one: EducationView, resume: ResumeView) -> dict[str, Any]:
    facts = _joined(one.level.name, one.major)
    return _entry(one.school, one.period, facts, one.description, _mark(resume.mark_of(one.id)))


def _project(one: ProjectView) -> dict[str, Any]:
    return _entry(one.name, one.period, one.role, one.description)


def _certificate(one: CertificateView, resume: ResumeView) -> dict[str, Any]:
    issued = f"{one.issued_on:%Y.%m}" if one.issued_on else ""
    facts = _joined(one.issuer, f"编号 {one.number}" if one.number else "")
    return _entry(one.name, issued, facts, mark=_mark(resume.mark_of(one.id)))


def _mark(mark: Mark | None, what: str = "") -> dict[str, str]:
    """Return an item's verification mark: its label, the tone of the label, the authority, and the date."""
    if mark is None or mark.state == "unverified":
        return _UNVERIFIED
    note = _joined(mark.source, formats.full_day(mark.answered_at)) if mark.answered_at else ""
    if mark.then:
        note += f"（投递时：{mark.then}）"
    return {"label": f"{what}{mark.label}", "tone": _TONES.get(mark.state, "plain"), "note": note}


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
