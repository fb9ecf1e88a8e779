"""Verification every six months (人社厅发〔2025〕60号): renewals, notices before the end, and the end itself."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.organisations.actions import refresh_listing
from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.domains.organisations.states import QUALIFICATION, QualificationState
from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.actions.registration import begin_case
from jiuye.domains.qualifications.events import QualificationExpiring
from jiuye.domains.qualifications.models import OPEN_STATES, Case, ExpiryNotice, Item
from jiuye.domains.qualifications.requirements import Applicant, applicant_of
from jiuye.domains.qualifications.states import CasePurpose
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.text.days import until


@transaction.atomic
def open_renewal(actor: Actor) -> UUID:
    """Begin another round of the actor's organisation with what was decided last; return the case. An open one is returned.

    Raises `Refused` more than `policies.RENEWABLE_DAYS` before the end; `Denied`, `NotFound`.
    """
    organisation_id = policies.may_apply(actor)
    qualification = Qualification.objects.select_for_update().filter(organisation_id=organisation_id).first()
    if qualification is None:
        raise NotFound
    open_ = Case.objects.filter(qualification=qualification, state__in=OPEN_STATES).exclude(
        purpose=CasePurpose.COMPLAINT
    )
    if present := open_.first():
        return present.id
    if not policies.may_renew(qualification.expires_on, clock.today()):
        raise Refused(
            f"资质有效期至 {until(qualification.expires_on)}，到期前 {policies.RENEWABLE_DAYS} 天起可以重新核验。",
            code="too_early",
        )
    decided = Case.objects.filter(qualification=qualification, state__in=["approved", "reversed"])
    last = decided.exclude(purpose=CasePurpose.COMPLAINT).order_by("-decided_at", "-id").first()
    # After a reversal nothing stands: every item is proved again.
    purpose = CasePurpose.FIRST if qualification.expires_on is None else CasePurpose.RENEWAL
    case = begin_case(actor, qualification=qualification, applicant=_applicant(qualification), purpose=purpose)
    for item in last.items.order_by("kind") if last else []:
        Item.objects.filter(case=case, kind=item.kind).update(way=item.way, facts=item.facts)
    audit.record(actor, "qualification.renew", case.id)
    return case.id


def _applicant(qualification: Qualification) -> Applicant:
    kind = Agency.objects.filter(pk=qualification.organisation_id).values_list("kind", flat=True).first()
    return applicant_of(qualification.organisation_kind, kind or "")


def tell_of_expiry(actor: Actor) -> int:
    """Announce each qualification that ends within `policies.NOTICE_DAYS`, once for each of them, and end those that are over.

    Idempotent: a day that was missed is made up for by one notice. Return the number announced.
    """
    today = clock.today()
    near = Qualification.objects.filter(state=QualificationState.APPROVED, expires_on__isnull=False).order_by("id")
    told = 0
    for qualification_id, expires_on in near.values_list("id", "expires_on"):
        if expires_on and policies.notice_due(expires_on, today) is not None:
            told += _tell(actor, qualification_id)
    return told


@transaction.atomic
def _tell(actor: Actor, qualification_id: UUID) -> bool:
    row = Qualification.objects.select_for_update().get(pk=qualification_id)
    today = clock.today()
    due = policies.notice_due(row.expires_on, today) if row.expires_on else None
    if due is None or row.expires_on is None or row.state != QualificationState.APPROVED:
        return False
    _, is_new = ExpiryNotice.objects.get_or_create(
        qualification=row, expires_on=row.expires_on, days=due, defaults={"told_at": clock.now()}
    )
    if due == 0:
        row.state = QUALIFICATION.find("expire", row.state, "system").target
        row.save(update_fields=["state"])
        audit.record(actor, "qualification.expire", row.organisation_id)
    if is_new:
        left = max(0, (row.expires_on - today).days)
        events.publish(
            actor,
            QualificationExpiring(
                organisation_id=row.organisation_id,
                organisation_kind=row.organisation_kind,
                days=left,
                is_over=due == 0,
                expires_on=row.expires_on,
            ),
        )
    return is_new


def refresh_listings(actor: Actor) -> int:
    """Close the shops whose qualification ended more than a week ago (`organisations.policies`). Return the number."""
    over = Qualification.objects.filter(
        organisation_id__in=Agency.objects.filter(is_listed=True).values("id"), expires_on__lt=clock.today()
    )
    ids = list(over.order_by("expires_on", "id").values_list("organisation_id", flat=True))
    return sum(not refresh_listing(actor, agency_id) for agency_id in ids)
