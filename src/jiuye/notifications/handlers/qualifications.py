"""Notifications about a qualification, to all owners of the organisation. Decisions are in `audits`."""

from jiuye.domains.organisations.models import Qualification
from jiuye.domains.qualifications.events import CaseSubmitted, QualificationExpiring
from jiuye.domains.qualifications.models import Case
from jiuye.kernel.events import Delivered
from jiuye.kernel.text.days import until
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import QUALIFICATIONS, Facts, in_words
from jiuye.notifications.recipients import staff_of


def tell_of_submission(event: CaseSubmitted, delivered: Delivered) -> None:
    """Confirm a submission to all owners, with the target time."""
    case = Case.objects.select_related("qualification").get(pk=event.case_id)
    _tell("submitted", delivered, case.qualification, found=in_words(case.due_at))


def tell_of_expiring(event: QualificationExpiring, delivered: Delivered) -> None:
    """Tell of the end of a qualification to come, or that it is over."""
    qualification = Qualification.objects.filter(organisation_id=event.organisation_id).first()
    if qualification is None:
        return
    kind = "expired" if event.is_over else "expiring" if event.days else "last_day"
    _tell(kind, delivered, qualification, until=until(event.expires_on), count=str(event.days))


def _tell(kind: str, delivered: Delivered, qualification: Qualification, **facts: str) -> None:
    portal, organisation_id = qualification.organisation_kind, qualification.organisation_id
    owners = list(staff_of(organisation_id).owners)
    tell(
        QUALIFICATIONS[kind],
        f"qualification.{kind}",
        Facts(link=f"/{portal}/qualification", **facts),
        delivered,
        user_ids=owners,
        by_sms=owners,
        side=Side(portal, organisation_id),
    )
