"""Moving the clock of a client's test data on. What falls due on the way happens at its own time."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import actions as applications
from jiuye.domains.clients.models import TestWorld
from jiuye.domains.fairs import actions as fairs
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.qualifications import actions as qualifications
from jiuye.kernel import clock, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.kernel.worlds import World
from jiuye.notifications import reminders
from jiuye.testmode.due import days_with_work

MOST_AT_ONCE = timedelta(days=366)
FARTHEST = timedelta(days=5 * 366)
MIDNIGHT, EVENING = time(0, 5), time(19)
"""When the work of a day runs in Asia/Shanghai: ends at its beginning, reminders in its evening."""

Work = Callable[[Actor], object]


def move_clock(client_id: UUID, *, to: datetime, also: Sequence[Work] = ()) -> datetime:
    """Move the clock of the client's test data to `to` (aware) and run the schedules of the days on the way (`due`).

    `also` is work of the beginning of a day that higher layers add. Each stop is a transaction of its own, unless the caller
    has one: a move that fails half-way has reached the stop before. Return the new time. Raises `Invalid` (to) for a time in
    the past, more than `MOST_AT_ONCE` ahead, or more than `FARTHEST` ahead of the real time; `NotFound`.
    """
    moment = clock.now()
    if to < moment:
        raise Invalid({"to": "测试时钟只能往后拨。要从头开始，请重置测试数据。"})
    if to - moment > MOST_AT_ONCE:
        raise Invalid({"to": "一次最多往后拨 366 天，请分几次。"})
    if to - clock.real_now() > FARTHEST:
        raise Invalid({"to": "测试时钟最多比真实时间快 5 年。要从头开始，请重置测试数据。"})
    at_midnight = (*_AT_MIDNIGHT, *also)
    for stop in _stops(moment, to):
        is_evening = clock.local(stop).time() >= EVENING
        _reach(client_id, stop, _IN_THE_EVENING if is_evening else at_midnight)
    _reach(client_id, to, (*at_midnight, *_IN_THE_EVENING, _recount))
    return to


def _stops(moment: datetime, to: datetime) -> Iterator[datetime]:
    """Yield the times between at which something may be due, in order."""
    for day in sorted(days_with_work(clock.local(moment).date(), clock.local(to).date())):
        for hour in (MIDNIGHT, EVENING):
            stop = datetime.combine(day, hour, clock.SHANGHAI)
            if moment < stop < to:
                yield stop


@transaction.atomic
def _reach(client_id: UUID, stop: datetime, work: Sequence[Work]) -> None:
    row = TestWorld.objects.select_for_update().filter(pk=client_id).first()
    if row is None:
        raise NotFound
    offset = stop - clock.real_now()
    if offset < row.offset:  # moved further by another request meanwhile
        return
    row.offset = offset
    row.save(update_fields=["offset"])
    with worlds.entered(World(client_id, offset)):
        for one in work:
            one(Actor.system())


def _expire(actor: Actor) -> None:
    while jobs.expire_due_postings():
        pass


def _close(actor: Actor) -> None:
    while applications.close_unanswered():
        pass


def _recount(actor: Actor) -> None:
    applications.recount_answers()


def _remind(actor: Actor) -> None:
    reminders.remind_of_tomorrow()
    reminders.remind_of_due()
    reminders.ask_about_retention()


_AT_MIDNIGHT: tuple[Work, ...] = (
    _expire,
    qualifications.tell_of_expiry,
    qualifications.refresh_listings,
    _close,
)
_IN_THE_EVENING: tuple[Work, ...] = (_remind, fairs.remind_of_tomorrow)
