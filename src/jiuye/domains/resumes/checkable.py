"""Which entries of a resume can be verified against the authority's records, and which of their fields.

Only the fields named here are checked: changing others keeps a result.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from jiuye.domains.resumes.states import SectionKind
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel import clock

CHECKS: dict[SectionKind, CheckKind] = {
    SectionKind.EMPLOYMENT: CheckKind.EMPLOYMENT,
    SectionKind.EDUCATION: CheckKind.EDUCATION,
    SectionKind.CERTIFICATE: CheckKind.CERTIFICATE,
}
# Names of the checked fields, for the consent and for the form.
CHECKED_FIELDS: dict[CheckKind, str] = {
    CheckKind.IDENTITY: "姓名",
    CheckKind.EMPLOYMENT: "单位名称、起止时间",
    CheckKind.EDUCATION: "学校名称、学历、毕业时间",
    CheckKind.CERTIFICATE: "证书名称、证书编号",
}


def identity_claims(name: str) -> Mapping[str, str]:
    """Return the claims of an identity check."""
    return {"name": name}


def claims_of(kind: CheckKind, entry: Any) -> Mapping[str, str]:
    """Return an entry's claims for the authority (`ports.authority.CheckRequest`); `entry` is a view, a row or form
    input.

    A resume states a certificate's month, the records its day: the day is left out.
    """
    if kind == CheckKind.EMPLOYMENT:
        return {"employer": entry.employer_name, "start": _month(entry.start_on), "end": _month(entry.end_on)}
    if kind == CheckKind.EDUCATION:
        level = getattr(entry.level, "code", entry.level)
        return {"school": entry.school, "level": str(level), "end": _month(entry.end_on)}
    return {"title": entry.name, "number": entry.number, "issued": ""}


def why_not_checkable(kind: CheckKind, entry: Any) -> str:
    """Return what an entry lacks to be verified, in words; empty when nothing."""
    if kind == CheckKind.EDUCATION and (entry.end_on is None or entry.end_on > clock.today()):
        return "毕业后才有学历记录。已毕业的，请先填写毕业时间。"
    if kind == CheckKind.CERTIFICATE and not entry.number:
        return "请先填写证书编号，再申请核验。"
    return ""


def texts_of(view: Any, owner_id: UUID) -> dict[UUID, Mapping[str, str]]:
    """Return the claims of every verifiable item of a resume; the identity under the owner's id."""
    found: dict[UUID, Mapping[str, str]] = {
        entry.id: claims_of(kind, entry) for section, kind in CHECKS.items() for entry in view.section(section)
    }
    if view.name:
        found[owner_id] = identity_claims(view.name)
    return found


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""
