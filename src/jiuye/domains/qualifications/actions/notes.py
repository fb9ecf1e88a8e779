"""Notes among operators, and looks at materials."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.duties import require_auditor
from jiuye.domains.qualifications import audit_policies as policies
from jiuye.domains.qualifications.actions.attempts import logged
from jiuye.domains.qualifications.actions.claims import keep_claim, locked
from jiuye.domains.qualifications.models import CaseNote
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from jiuye.kernel.text.tidying import tidy_lines

NOTE_LIMIT = 1000


@transaction.atomic
def add_note(actor: Actor, *, case_id: UUID, text: str) -> None:
    """Add a note that only operators see. Raises `Invalid` (text)."""
    require_auditor(actor)
    text = tidy_lines(text)
    if not text or len(text) > NOTE_LIMIT:
        raise Invalid({"text": f"请写备注，最多 {NOTE_LIMIT} 字。"})
    case = locked(case_id)
    CaseNote.objects.create(case=case, operator_id=actor.person, written_at=clock.now(), text=text)
    keep_claim(actor, case)
    audit.record(actor, "case.note", case_id)


def record_download(actor: Actor, *, case_id: UUID, material_id: UUID) -> None:
    """Record that an auditor takes the file of a material as it was sent. Raises `Refused` as `open_materials`."""
    require_auditor(actor)
    with logged(actor, case_id, "download"):
        case = locked(case_id)
        policies.check_outsider(case, actor.person)
        keep_claim(actor, case)
        audit.record(actor, "case.download", case_id, material=material_id)


def open_materials(actor: Actor, *, case_id: UUID) -> None:
    """Record that an auditor opens the materials of a case (GB/T 22239-2019 §8.1.4.3: every look).

    Raises `Refused` (code own_organisation) for one of the organisation's own people.
    """
    require_auditor(actor)
    with logged(actor, case_id, "look"):
        case = locked(case_id)
        policies.check_outsider(case, actor.person)
        keep_claim(actor, case)
        audit.record(actor, "case.look", case_id, submission=case.submissions)
