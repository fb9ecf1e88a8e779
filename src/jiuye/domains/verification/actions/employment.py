"""Whether somebody works for an organisation today, by the social-insurance records (企业认证：在职)."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.queries import legal_person
from jiuye.domains.verification import policies
from jiuye.domains.verification.actions.requests import Item, request, reset
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused


@transaction.atomic
def request_employment(
    actor: Actor, *, organisation_id: UUID, employer: str, credit_code: str = "", has_consented: bool
) -> UUID:
    """Ask the authority whether the actor has a current social-insurance record at this employer. Return the case's id.

    `employer` is the legal name; `credit_code`, if given, must be the employer's. The status is
    `queries.employment_at(person, organisation_id)`; `VerificationAnswered` of kind `employed` tells of the answer. A
    question about another name or code replaces an earlier one about the same organisation at once.

    Raises `Invalid` for `consent`; `Refused` for somebody without a real name, and where a rule forbids another request
    now.
    """
    legal = legal_person(actor.person)
    if legal is None:
        raise Refused("核验在职要先完成实名，请先按页面上的说明完成实名。", code="no_real_name")
    claims = {"employer": employer} | ({"credit_code": credit_code} if credit_code else {})
    subject = policies.employment_subject(actor.person, organisation_id)
    present = VerificationCase.objects.filter(user_id=actor.person, subject_id=subject, superseded_at=None)
    if has_consented and present.exclude(claims_digest=policies.digest(claims)).exists():
        reset(actor, subject_ids=[subject])
    [case_id] = request(
        actor,
        items=[Item(CheckKind.EMPLOYED, subject, claims)],
        name=legal.name,
        id_number=legal.id_number,
        has_consented=has_consented,
    )
    return case_id
