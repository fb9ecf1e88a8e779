"""A decision for those who pass it on."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.domains.qualifications.models import Decision
from jiuye.domains.qualifications.states import CasePurpose, ItemKind
from jiuye.kernel.errors import NotFound
from jiuye.kernel.text.days import until


@dataclass(frozen=True, slots=True)
class DecidedBrief:
    """A decision in short. `reason` in Chinese: what was said of the whole, then of each item. `until`: of the qualification."""

    organisation_kind: str
    is_complaint: bool
    reason: str
    until: str


def decided(case_id: UUID, step: str) -> DecidedBrief:
    """Return the latest decision of this step on a case. One query. Raises `NotFound`."""
    rows = Decision.objects.filter(case_id=case_id, step=step).select_related("case__qualification")
    row = rows.order_by("-decided_at", "-id").first()
    if row is None:
        raise NotFound
    items = [
        f"{ItemKind(kind).label}：{one['reason'].rstrip('。')}" for kind, one in row.verdicts.items() if one["reason"]
    ]
    parts = [row.reason.rstrip("。")] if row.reason else []
    qualification = row.case.qualification
    return DecidedBrief(
        qualification.organisation_kind,
        row.case.purpose == CasePurpose.COMPLAINT,
        "；".join([*parts, *items]),
        until(qualification.expires_on) if qualification.expires_on else "",
    )
