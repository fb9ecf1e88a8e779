"""Earlier versions of the named seeker's resume, to view and restore."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from jiuye.domains.resumes.models import Resume, ResumeVersion
from jiuye.domains.resumes.queries import load_view, version_content
from jiuye.domains.resumes.states import VersionCause
from jiuye.runtime.demo.chance import Chance


def build(chance: Chance, moment: datetime, seeker_id: UUID) -> None:
    """Create three versions: a short one, the one that was sent, and one edited since."""
    resume = Resume.objects.select_related("user").get(user_id=seeker_id)
    now = load_view(seeker_id)
    sent = replace(now, skills=now.skills[:1], self_description="能吃苦，能加班。")
    begun = replace(sent, skills=(), certificates=(), projects=(), email="", availability=None)
    kept = [
        (begun, VersionCause.EDIT, timedelta(days=41, hours=3)),
        (sent, VersionCause.APPLICATION, timedelta(days=20, hours=7)),
        (replace(now, self_description=sent.self_description), VersionCause.EDIT, timedelta(days=6, hours=1)),
    ]
    ResumeVersion.objects.bulk_create(
        ResumeVersion(
            id=chance.id(),
            resume=resume,
            number=number,
            made_at=moment - before,
            cause=cause,
            content=version_content(view, resume.user.phone),
        )
        for number, (view, cause, before) in enumerate(kept, start=1)
    )
