"""Notify people that their resume was viewed (简历透明), at most once a day for each organisation."""

from datetime import timedelta

from jiuye.domains.applications.models import ApplicationEvent
from jiuye.domains.resumes.events import ResumeSeen
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import notify
from jiuye.notifications.messages import SEEN, Facts, fill

_DONE = {AccessKind.VIEW: "查看", AccessKind.CONTACT: "打开", AccessKind.DOWNLOAD: "下载", AccessKind.HAND_ON: "转交"}


def tell_of_look(event: ResumeSeen, delivered: Delivered) -> None:
    """Notify the owner of the day's first view, never by text message. The first view of an application is reported as its progress."""
    there = clock.local(delivered.occurred_at)
    midnight = there.replace(hour=0, minute=0, second=0, microsecond=0)
    if event.application_id:
        first = ApplicationEvent.objects.filter(application_id=event.application_id, verb="view")
        if first.filter(occurred_at__gte=midnight, occurred_at__lt=midnight + timedelta(days=1)).exists():
            return
    facts = Facts(agency=event.organisation_name, found=_DONE[AccessKind(event.kind)], reason=event.purpose)
    notify(
        Actor.system(),
        user_ids=[event.user_id],
        kind="resume.seen",
        title=fill(SEEN.title, facts, 120),
        body=fill(SEEN.body, facts, 300),
        link=SEEN.link,
        dedupe_key=f"seen:{event.organisation_id}:{there.date()}",
        at=delivered.occurred_at,
    )
