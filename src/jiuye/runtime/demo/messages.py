"""The messages of the first seeker and of the first agency's staff so far; those of the last days are unread."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import ApplicationEvent, InterviewInvitation, OnboardingNotice
from jiuye.notifications.messages import SAVED_SEARCH, TO_AGENCY, TO_SEEKER, Facts, Text, fill, in_words
from jiuye.notifications.models import Notification
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

MOST = 60
"""Of each side."""
UNREAD = timedelta(days=2)


def build(chance: Chance, moment: datetime, cast: Cast, people: Sequence[User]) -> None:
    """Write them as if the worker had sent each one at its time."""
    agency, seeker = cast.agencies[0], people[0]
    steps = ApplicationEvent.objects.select_related("application__agency", "application__employer")
    mine = steps.filter(application__applicant=seeker).exclude(party="seeker").order_by("-occurred_at", "id")[:MOST]
    theirs = steps.filter(application__agency=agency, party="seeker").order_by("-occurred_at", "id")[:MOST]
    rows = [
        *_of_steps(chance, moment, mine, TO_SEEKER, "seeker", [seeker], None),
        *_of_steps(chance, moment, theirs, TO_AGENCY, "agency", cast.staff[agency.id], agency.id),
        *_of_searches(chance, moment, seeker),
    ]
    copy_rows(rows)


def _of_steps(
    chance: Chance,
    moment: datetime,
    steps: Iterable[ApplicationEvent],
    texts: dict[str, Text],
    side: str,
    people: Sequence[User],
    organisation_id: UUID | None,
) -> Iterator[Notification]:
    told = [step for step in steps if step.verb in texts]
    involved = [step.application_id for step in told]
    interviews = dict(
        InterviewInvitation.objects.filter(application__in=involved)
        .order_by("created_at")
        .values_list("application_id", "starts_at")
    )
    first_days = dict(
        OnboardingNotice.objects.filter(application__in=involved).values_list("application_id", "report_at")
    )
    for step in told:
        facts = Facts(
            title=step.application.title,
            agency=step.application.agency.short_name,
            employer=step.application.employer.legal_name,
            interview_at=in_words(interviews.get(step.application_id)),
            report_at=in_words(first_days.get(step.application_id)),
            application_id=str(step.application_id),
        )
        for person in people:
            row = _message(chance, moment, person, f"{side}.{step.verb}", texts[step.verb], facts, step.occurred_at)
            row.organisation_id = organisation_id
            row.organisation_kind = "agency" if organisation_id else ""
            yield row


def _of_searches(chance: Chance, moment: datetime, seeker: User) -> Iterator[Notification]:
    for days in range(4):
        number = chance.randint(1, 12)
        facts = Facts(count=str(number), found=f"“养老护理员”{number} 个。")
        at = moment - timedelta(days=days, minutes=5)
        yield _message(chance, moment, seeker, "alert.saved_search", SAVED_SEARCH, facts, at)


def _message(
    chance: Chance, moment: datetime, person: User, kind: str, text: Text, facts: Facts, at: datetime
) -> Notification:
    return Notification(
        id=chance.id(),
        user=person,
        kind=kind,
        title=fill(text.title, facts, 120),
        body=fill(text.body, facts, 300),
        link=fill(text.link, facts, 200),
        dedupe_key=f"demo:{chance.id()}",
        created_at=at,
        read_at=None if moment - at < UNREAD else at + timedelta(hours=3),
    )
