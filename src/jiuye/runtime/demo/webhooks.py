"""Endpoints of the first agency: one that works and one that was switched off, with deliveries of some days."""

from datetime import datetime, timedelta
from uuid import UUID

from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered, Event
from jiuye.kernel.ids import new_id
from jiuye.ports.webhooks import Answer
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast
from jiuye.webhooks import actions
from jiuye.webhooks.catalogue import TYPES
from jiuye.webhooks.delivery import claims, results
from jiuye.webhooks.models import Message
from jiuye.webhooks.queue import Told, tell

_HAPPENED = ("application.submitted", "job.published", "interview.accepted", "job.expired", "review.created")
_NO_CONTENT = Answer(204, "", b"", "", 85)
_DOWN = Answer(503, "", b"<html>503 Service Temporarily Unavailable</html>", "", 1_240)
_GONE = Answer(410, "", b"gone", "", 60)


def build(chance: Chance, moment: datetime, cast: Cast) -> None:
    """Create them as the owner does. Nothing is sent: the answers are made here, and the names don't exist (RFC 2606)."""
    agency = cast.agencies[0]
    owner = Actor(cast.staff[agency.id][0].pk, agency.id, "agency", "owner", is_confirmed=True)
    made = ("https://hr.example/jiuye/hooks", "人事系统"), ("https://old.example/hooks", "旧系统")
    with clock.frozen(moment - timedelta(days=60)):
        working, gone = [actions.create_endpoint(owner, url=url, description=name).id for url, name in made]
    for ago in range(12, 0, -1):
        with clock.frozen(moment - timedelta(hours=4 * ago)):
            name = chance.choice(_HAPPENED)
            told = Told(name, new_id(), TYPES[name].sample())
            tell(agency.id, [told], Delivered(new_id(), Event(), Actor.system(), clock.now()))
            _answer(working, _DOWN if ago == 5 else _NO_CONTENT)
            if ago == 12:
                _answer(gone, _GONE)
    Message.objects.filter(endpoint_id=working).update(due_at=moment + timedelta(hours=2))


def _answer(endpoint_id: UUID, answer: Answer) -> None:
    """Write an attempt for the newest message of an endpoint."""
    now = clock.real_now()
    row = Message.objects.filter(endpoint_id=endpoint_id, attempts=0).order_by("sequence").last()
    if row is None:
        return
    where = claims.destinations({row.endpoint_id}, now)[row.endpoint_id]
    taken = claims.Claimed(row.id, row.endpoint_id, row.body.encode(), row.sequence, row.step)
    headers = where.signer.headers(taken.message_id, now, taken.body)
    results.write([results.Result(taken, where.url, headers["webhook-signature"], now, answer)], now)
