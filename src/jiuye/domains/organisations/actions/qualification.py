"""The qualification of an organisation, as the audit decides on it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from jiuye.domains.accounts.duties import require_auditor
from jiuye.domains.organisations.actions.listing import refresh_listing
from jiuye.domains.organisations.events import OrganisationEdited
from jiuye.domains.organisations.models import Agency, Employer, Qualification
from jiuye.domains.organisations.states import QUALIFICATION, QualificationState
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


@dataclass(frozen=True)
class CertifiedFacts:
    """What the accepted documents say; empty or None: the audit did not look at it."""

    legal_name: str = ""
    credit_code: str = ""
    licence_number: str = ""
    licence_expires_on: date | None = None


@transaction.atomic
def approve_qualification(actor: Actor, *, organisation_id: UUID, facts: CertifiedFacts, expires_on: date) -> None:
    """Approve or renew a qualification until `expires_on` (inclusive) and write its facts to the organisation.

    Raises `Refused` (codes credit_code_taken, banned, state_not_allowed).
    """
    require_auditor(actor)
    row = _locked(organisation_id)
    verb = "renew" if row.state == QualificationState.APPROVED else "approve"
    row.state = QUALIFICATION.find(verb, row.state, "operator").target
    row.expires_on, row.reason = expires_on, ""
    _decided(actor, row, verb)
    if row.organisation_kind == "agency":
        _write_to_agency(organisation_id, facts)
        refresh_listing(actor, organisation_id)
    else:
        _write_to_employer(organisation_id, facts)


@transaction.atomic
def reject_qualification(actor: Actor, *, organisation_id: UUID, reason: str) -> None:
    """Reject what was submitted. A qualification that stands (a renewal under way) stays as it is."""
    require_auditor(actor)
    row = _locked(organisation_id)
    if row.state != QualificationState.SUBMITTED:
        return
    row.state = QUALIFICATION.find("reject", row.state, "operator").target
    row.reason = reason
    _decided(actor, row, "reject")


@transaction.atomic
def revoke_qualification(actor: Actor, *, organisation_id: UUID, reason: str) -> None:
    """Take an approval back: the shop closes and the certified mark goes. Raises `Refused` (code state_not_allowed)."""
    require_auditor(actor)
    row = _locked(organisation_id)
    row.state = QUALIFICATION.find("revoke", row.state, "operator").target
    row.reason, row.expires_on = reason, None
    _decided(actor, row, "revoke")
    if row.organisation_kind == "agency":
        refresh_listing(actor, organisation_id)
    else:
        Employer.objects.filter(pk=organisation_id).update(is_certified=False)


def _locked(organisation_id: UUID) -> Qualification:
    row = Qualification.objects.select_for_update().filter(organisation_id=organisation_id).first()
    if row is None:
        raise NotFound
    return row


def _decided(actor: Actor, row: Qualification, verb: str) -> None:
    row.decided_at, row.decided_by_id = clock.now(), actor.person_id
    row.save(update_fields=["state", "reason", "expires_on", "decided_at", "decided_by"])
    audit.record(actor, f"qualification.{verb}", row.organisation_id, expires_on=row.expires_on)
    if verb != "reject":
        events.publish(actor, OrganisationEdited(row.organisation_id, row.organisation_kind))


def _write_to_agency(agency_id: UUID, facts: CertifiedFacts) -> None:
    agency = Agency.objects.select_for_update().get(pk=agency_id)
    _check_not_banned(agency.restriction)
    agency.legal_name = facts.legal_name or agency.legal_name
    agency.licence_number = facts.licence_number or agency.licence_number
    agency.licence_expires_on = facts.licence_expires_on or agency.licence_expires_on
    agency.credit_code = facts.credit_code or agency.credit_code
    _save(agency, "legal_name", "credit_code", "licence_number", "licence_expires_on")


def _write_to_employer(employer_id: UUID, facts: CertifiedFacts) -> None:
    employer = Employer.objects.select_for_update().get(pk=employer_id)
    _check_not_banned(employer.restriction)
    employer.legal_name = facts.legal_name or employer.legal_name
    employer.credit_code = facts.credit_code or employer.credit_code
    employer.is_certified = True
    _save(employer, "legal_name", "credit_code", "is_certified")


def _check_not_banned(restriction: str) -> None:
    if restriction == "banned":
        raise Refused("这家机构在异常名录中，移出之前不能通过审核。", code="banned")


def _save(organisation: Agency | Employer, *columns: str) -> None:
    try:
        with transaction.atomic():
            organisation.save(update_fields=columns)
    except IntegrityError as error:
        raise Refused(
            "这个统一社会信用代码已属于另一家机构，不能通过。请核对是否重复注册，退回并说明。", code="credit_code_taken"
        ) from error
