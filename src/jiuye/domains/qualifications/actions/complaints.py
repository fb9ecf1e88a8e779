"""A complaint about an approved organisation opens a case of its own; the approved case stays as decided."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.duties import require_auditor
from jiuye.domains.organisations.models import Qualification
from jiuye.domains.qualifications.actions.notes import NOTE_LIMIT
from jiuye.domains.qualifications.audit_policies import WAITING
from jiuye.domains.qualifications.models import Case, CaseNote, Item
from jiuye.domains.qualifications.states import CASE, CasePurpose
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_lines
from jiuye.kernel.working_days import end_of

_WORKING_DAYS = 2


@transaction.atomic
def open_complaint(actor: Actor, *, case_id: UUID, text: str) -> UUID:
    """Open a case to check an approved one because of a complaint, with its items to be looked at again. Return its id.

    While such a case waits, the text becomes a note of that one. Raises `Invalid` (text), `NotFound`, `Refused` (code
    not_approved).
    """
    require_auditor(actor)
    text = tidy_lines(text)
    if not text or len(text) > NOTE_LIMIT:
        raise Invalid({"text": f"请写明投诉了什么，最多 {NOTE_LIMIT} 字；只有运营人员能看到。"})
    approved = Case.objects.filter(pk=case_id).first()
    if approved is None:
        raise NotFound
    if approved.state != "approved":
        raise Refused("只能对已通过的审核立案核查。", code="not_approved")
    Qualification.objects.select_for_update().get(pk=approved.qualification_id)
    case = _open_one(approved) or _opened(actor, approved)
    CaseNote.objects.create(case=case, operator_id=actor.person, written_at=clock.now(), text=text)
    return case.id


def _open_one(approved: Case) -> Case | None:
    waiting = Case.objects.filter(
        qualification=approved.qualification_id, purpose=CasePurpose.COMPLAINT, state__in=WAITING
    )
    return waiting.order_by("opened_at", "id").first()


def _opened(actor: Actor, approved: Case) -> Case:
    moment = clock.now()
    case = Case.objects.create(
        qualification_id=approved.qualification_id,
        organisation_id=approved.organisation_id,
        applicant=approved.applicant,
        purpose=CasePurpose.COMPLAINT,
        state=CASE.find("take_up", "draft", "operator").target,
        opened_by_id=actor.person,
        opened_at=moment,
        submitted_at=moment,
        due_at=end_of(moment, _WORKING_DAYS),
    )
    for item in Item.objects.filter(case=approved).order_by("id"):
        Item.objects.create(
            case=case, kind=item.kind, way=item.way, facts=item.facts, is_complete=True, updated_at=moment
        )
    audit.record(actor, "case.take_up", case.id, approved=approved.id, organisation=approved.organisation_id)
    return case
