"""Views of the resumes that the demonstration's people sent: by agencies as they handled them, some more than once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jiuye.domains.applications.models import Application
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

_WAITING = ("submitted", "viewed", "withdrawn", "closed")


def build(chance: Chance, moment: datetime, cast: Cast, applications: Sequence[Application]) -> None:
    """Write everything together. Agencies that invited somebody have also seen the contacts; some downloaded the resume."""
    rows = []
    names = {agency.id: agency.legal_name for agency in cast.agencies}
    for application in applications:
        seen = application.first_handled_at
        if seen is None or seen > moment:
            continue
        clerk = chance.choice(cast.staff[application.agency_id][:2])
        kinds = [("view", f"处理“{application.title}”的投递")]
        if application.state not in _WAITING:
            kinds.append(("contact", "安排面试：约定面试时间"))
            kinds += [("download", f"处理“{application.title}”的投递")] if chance.random() < 0.4 else []
        for step, (kind, purpose) in enumerate(kinds):
            rows.append(
                ResumeAccess(
                    id=chance.id(),
                    user_id=application.applicant_id,
                    organisation_id=application.agency_id,
                    organisation_name=names[application.agency_id],
                    person_id=clerk.pk,
                    person_role="recruiter",
                    kind=kind,
                    purpose=purpose[:100],
                    posting_id=application.posting_id,
                    application_id=application.id,
                    accessed_at=min(moment, seen + timedelta(minutes=9 * step)),
                )
            )
    copy_rows(rows)
