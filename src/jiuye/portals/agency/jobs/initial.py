"""The form's initial values for a stored posting."""

from typing import Any

from jiuye.domains.jobs.pay import PER_MONTH
from jiuye.domains.jobs.queries import PortalPosting
from jiuye.domains.reference import queries as reference
from jiuye.portals.agency.jobs.forms import OTHER, OWN, span_value


def _in_unit(amount: int | None, unit: str) -> str:
    """Convert yuan a month to yuan per `unit`, as people write it: 150, 25.5."""
    return "" if amount is None else f"{round(amount / PER_MONTH[unit], 1):.1f}".removesuffix(".0")


def initial_of(posting: PortalPosting) -> dict[str, Any]:
    """Return the form's initial values for a stored posting."""
    content = posting.content
    same = (
        "title", "external_code", "headcount", "employment_type", "industry", "region", "address", "pay_unit", "pay_months",
        "pay_negotiable", "education", "duties", "requirements", "working_conditions", "valid_through",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(content, name) for name in same}
    values |= {name: "、".join(getattr(content, name)) for name in ("tags", "benefits", "skills")}
    values |= {
        "version": posting.version,
        "occupation": reference.occupation(content.occupation).name if content.occupation else "",
        "experience": span_value(content.experience_min, content.experience_max),
        "pay_low": _in_unit(content.pay_min, content.pay_unit),
        "pay_high": _in_unit(content.pay_max, content.pay_unit),
    }
    if employer := posting.employer:
        values |= {
            "hiring_for": OTHER if posting.detail.is_for_employer else OWN,
            "employer_name": employer.legal_name,
            "employer_code": employer.credit_code,
            "employer_ownership": employer.ownership,
            "employer_size": employer.size,
        }
    return values
