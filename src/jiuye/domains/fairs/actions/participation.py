"""Employers at an agency's fair, their booths, and which of their jobs are shown."""

from collections.abc import Collection
from uuid import UUID

from jiuye.domains.fairs import policies
from jiuye.domains.fairs.actions.editorial import changing
from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.organisations.queries import employers_named_by
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.kernel.text.tidying import tidy_line

MOST_EMPLOYERS = 500
BOOTH_LIMIT = 20


def add_employer(actor: Actor, *, fair_id: UUID, name: str, booth: str = "") -> UUID:
    """Add an employer: one that the agency works with or has named, by its exact name, else a new one of this name.

    Returns the employer's id. Raises `Invalid` (name, booth), `Refused`, `Denied`, `NotFound`.
    """
    name, booth = tidy_line(name), _checked_booth(booth)
    if len(name) < 2:
        raise Invalid({"name": "请填写单位的全称，与营业执照一致。"})
    with changing(actor, fair_id, None) as fair:
        employer_id = _employer(actor, name)
        taking_part = FairParticipation.objects.filter(fair=fair)
        if taking_part.filter(employer_id=employer_id).exists():
            raise Invalid({"name": f"“{name}”已经在参会单位里了。"})
        if taking_part.count() >= MOST_EMPLOYERS:
            raise Invalid({"name": f"一场招聘会最多 {MOST_EMPLOYERS} 家单位。"})
        _check_free(fair, booth, employer_id)
        FairParticipation.objects.create(fair=fair, employer_id=employer_id, booth=booth)
        audit.record(actor, "fair.add_employer", fair.id, employer=employer_id)
    return employer_id


def _employer(actor: Actor, name: str) -> UUID:
    known = [one for one in employers_named_by(actor, text=name, limit=50) if one.legal_name == name]
    if known:
        return max(known, key=lambda one: (one.is_certified, bool(one.credit_code))).id
    try:
        return organisations.name_employer(actor, basics=organisations.EmployerBasics(name))
    except Invalid as error:
        raise Invalid({"name": error.fields.get("legal_name", "请核对单位名称。")}) from error


def change_place(
    actor: Actor, *, fair_id: UUID, employer_id: UUID, booth: str, posting_ids: Collection[UUID] | None
) -> None:
    """Set an employer's booth and which of its jobs are shown; None: all open ones, including those published later.

    Raises `Invalid` (booth, posting_ids), `Refused`, `Denied`, `NotFound`.
    """
    booth = _checked_booth(booth)
    with changing(actor, fair_id, None) as fair:
        row = FairParticipation.objects.select_for_update().filter(fair=fair, employer_id=employer_id).first()
        if row is None:
            raise NotFound
        _check_free(fair, booth, employer_id)
        if posting_ids is not None:
            own = JobPosting.objects.filter(agency_id=fair.agency_id, employer_id=employer_id, pk__in=posting_ids)
            posting_ids = list(own.order_by("pk").values_list("pk", flat=True))
        row.booth, row.posting_ids = booth, posting_ids
        row.save(update_fields=["booth", "posting_ids"])
        audit.record(
            actor,
            "fair.change_place",
            fair.id,
            employer=employer_id,
            jobs=None if posting_ids is None else len(posting_ids),
        )


def remove_employer(actor: Actor, *, fair_id: UUID, employer_id: UUID) -> bool:
    """Remove an employer. Return whether it was there: if not, nothing changes. Raises `Refused`, `Denied`, `NotFound`."""
    there = FairParticipation.objects.filter(fair_id=fair_id, employer_id=employer_id)
    if not there.exists():
        policies.may_organise(actor, JobFair.objects.filter(pk=fair_id).first())
        return False
    with changing(actor, fair_id, None) as fair:
        there.delete()
        audit.record(actor, "fair.remove_employer", fair.id, employer=employer_id)
    return True


def _checked_booth(booth: str) -> str:
    booth = tidy_line(booth)
    if len(booth) > BOOTH_LIMIT:
        raise Invalid({"booth": f"展位号最多 {BOOTH_LIMIT} 字。"})
    return booth


def _check_free(fair: JobFair, booth: str, employer_id: UUID) -> None:
    """Raises if another employer has the booth."""
    others = FairParticipation.objects.filter(fair=fair, booth=booth).exclude(employer_id=employer_id)
    if booth and (other := others.select_related("employer").first()):
        raise Invalid({"booth": f"展位 {booth} 已经给了“{other.employer.legal_name}”。"})
