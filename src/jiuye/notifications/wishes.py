"""People's notification preferences: which messages are switched off, and the hours in which text messages wait."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from jiuye.kernel import clock
from jiuye.notifications.kinds import Group, Way, group_of_text
from jiuye.notifications.models import NotificationPreference


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one full hour (included) to another (excluded), in China time, over midnight if the second is the earlier one."""

    begin: int
    end: int

    def over_at(self, moment: datetime) -> datetime | None:
        """Return when the quiet hours that contain `moment` end, or None if it is in none."""
        there = clock.local(moment)
        if (there.hour - self.begin) % 24 >= (self.end - self.begin) % 24:
            return None
        end = there.replace(hour=self.end, minute=0, second=0, microsecond=0)
        return end if end > there else end + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wishes:
    """One person's preferences."""

    off: frozenset[str] = frozenset()
    quiet: QuietHours | None = None

    def wants(self, group: Group, way: Way) -> bool:
        """Whether messages of a group may use this channel. What cannot be switched off always may."""
        return way not in group.switches or switch(group, way) not in self.off

    def may_be_texted(self, template: str) -> bool:
        """Whether text messages of this template may be sent."""
        return self.wants(group_of_text(template), Way.SMS)

    def waits_until(self, template: str, moment: datetime) -> datetime | None:
        """Return when a text message may be sent that is ready at `moment`; None: at once."""
        if self.quiet is None or group_of_text(template).is_urgent:
            return None
        return self.quiet.over_at(moment)


def switch(group: Group, way: Way) -> str:
    """Return the name of a switch in `NotificationPreference.off`."""
    return f"{group.code}:{way}"


def usual_quiet_hours() -> QuietHours | None:
    """Return the platform's default, for everybody who has chosen none (`SMS_QUIET_HOURS`)."""
    if settings.SMS_QUIET_HOURS == "off":
        return None
    begin, end = settings.SMS_QUIET_HOURS.split("-")
    return QuietHours(int(begin), int(end))


def wishes_of(user_ids: Collection[UUID]) -> Mapping[UUID, Wishes]:
    """Return the preferences of each of these people. One query; none for an empty list."""
    usual = Wishes(quiet=usual_quiet_hours())
    rows = NotificationPreference.objects.filter(user_id__in=user_ids) if user_ids else ()
    chosen = {row.user_id: _wishes(row) for row in rows}
    return {user_id: chosen.get(user_id, usual) for user_id in user_ids}


def _wishes(row: NotificationPreference) -> Wishes:
    if not row.has_own_hours:
        return Wishes(frozenset(row.off), usual_quiet_hours())
    if row.quiet_from is None or row.quiet_until is None:
        return Wishes(frozenset(row.off))
    return Wishes(frozenset(row.off), QuietHours(row.quiet_from, row.quiet_until))
