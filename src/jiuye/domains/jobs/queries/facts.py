"""Texts of a posting's columns: pay, experience, education, places. Shared by all reads of postings; no query."""

from typing import Protocol

from jiuye.domains.jobs.experience import Experience, format_experience
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.pay import Pay, format_pay
from jiuye.domains.jobs.states import CLOSING_LABELS
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel


def pay_of(posting: JobPosting) -> str:
    """`8-12K·13薪`, `150元/天`, 面议."""
    return format_pay(
        Pay(
            posting.pay_min,
            posting.pay_max,
            posting.pay_unit,  # type: ignore[arg-type]
            posting.pay_months,
            posting.pay_negotiable,
            posting.pay_text,
        )
    )


def experience_of(posting: JobPosting) -> str:
    """`3-5年`, 经验不限, 应届生."""
    return format_experience(Experience(posting.experience_min, posting.experience_max))


def education_of(posting: JobPosting) -> str:
    """`大专`, 学历不限."""
    return EducationLevel(posting.education).label if posting.education else "学历不限"


class _Closed(Protocol):
    @property
    def state(self) -> str: ...
    @property
    def closing_reason(self) -> str: ...


def closing_reason_of(posting: _Closed) -> str:
    """Return a `ClosingReason` of a posting that is no longer open, else ""; of rows older than the column from their state."""
    return posting.closing_reason or (posting.state if posting.state in CLOSING_LABELS else "")


def place_of(posting: JobPosting) -> str:
    """Return a card's place: 成都·武侯; empty if unknown."""
    return reference.display_name(posting.region_id) if posting.region_id else ""
