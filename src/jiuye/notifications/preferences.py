"""Change what one is notified of, and when. Effective at once, also for messages that wait to be sent."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from jiuye.notifications import kinds
from jiuye.notifications.actions import defer_text
from jiuye.notifications.kinds import Group, Way
from jiuye.notifications.models import NotificationPreference, TextMessage
from jiuye.notifications.wishes import QuietHours, Wishes, switch, usual_quiet_hours, wishes_of

LONGEST_QUIET = 14
"""Hours: with more, the messages of an afternoon would be too old to send by the time they may go."""
_WAITING = timedelta(hours=24)


def my_wishes(actor: Actor) -> Wishes:
    """Return the actor's preferences. One query."""
    return wishes_of([actor.person])[actor.person]


@transaction.atomic
def choose(actor: Actor, *, on: Collection[tuple[str, str]], quiet: QuietHours | None) -> None:
    """Set the actor's notifications on their current side, and their quiet hours (None: none).

    `on` names the switches that are on as (group, channel); all others of this side that can be off are switched off.
    Raises `Invalid` (quiet_from).
    """
    if quiet is not None and not 1 <= (quiet.end - quiet.begin) % 24 <= LONGEST_QUIET:
        raise Invalid(
            {"quiet_until": f"勿扰时段要在 1 到 {LONGEST_QUIET} 小时之间，请换一个结束时间，或选“不设勿扰”。"}
        )
    row = _locked(actor.person)
    here = _switches(kinds.groups(of_staff=actor.organisation_id is not None))
    wished = {f"{group}:{way}" for group, way in on}
    row.off = sorted((set(row.off) - here) | (here - wished))
    # Users who keep the default quiet hours follow later changes to the default.
    row.has_own_hours = row.has_own_hours or quiet != usual_quiet_hours()
    row.quiet_from = quiet.begin if quiet and row.has_own_hours else None
    row.quiet_until = quiet.end if quiet and row.has_own_hours else None
    _keep(actor, row)


@transaction.atomic
def set_switch(actor: Actor, *, person_id: UUID, group: str, way: Way, is_on: bool) -> None:
    """Set one switch of a seeker, for example by the link in a text message. Raises KeyError for an unknown group."""
    found = {one.code: one for one in kinds.FOR_SEEKERS}[group]
    row = _locked(person_id)
    name = switch(found, way)
    if is_on == (name not in row.off):
        return
    row.off = sorted(set(row.off) - {name} if is_on else {*row.off, name})
    _keep(actor, row)


def _switches(groups: Collection[Group]) -> set[str]:
    return {switch(group, way) for group in groups for way in group.switches}


def _locked(person_id: UUID) -> NotificationPreference:
    """Lock the person's row, creating it if there is none: concurrent changes run one after the other."""
    fresh = NotificationPreference(user_id=person_id, changed_at=clock.now())
    NotificationPreference.objects.bulk_create([fresh], ignore_conflicts=True)
    return NotificationPreference.objects.select_for_update().get(pk=person_id)


def _keep(actor: Actor, row: NotificationPreference) -> None:
    row.changed_at = clock.now()
    row.save()
    audit.record(actor, "notifications.choose", row.user_id, off=len(row.off), quiet_from=row.quiet_from)
    waiting = TextMessage.objects.filter(
        user_id=row.user_id, sent_at=None, failed_at=None, withheld_at=None, created_at__gt=row.changed_at - _WAITING
    )
    for message_id in waiting.values_list("pk", flat=True):
        defer_text(message_id)
