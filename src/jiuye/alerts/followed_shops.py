"""The shops that a person follows with their new jobs; unfollow a shop, and undo that.

Following a shop is a saved search for its jobs without other conditions (see `followers`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db.models import Count, Q
from pydantic import TypeAdapter, ValidationError

from jiuye.alerts import actions, stored
from jiuye.alerts.followers import following
from jiuye.alerts.models import SavedSearch
from jiuye.alerts.states import Frequency
from jiuye.domains.jobs import queries as jobs
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused

UNDO_WITHIN = timedelta(hours=1)
_SALT = "jiuye.alerts.unfollow"


@dataclass(frozen=True, slots=True)
class Followed:
    """A followed shop. `new` is the number of open jobs published since the person last opened it."""

    saved_search_id: UUID
    agency_id: UUID
    name: str
    frequency: str
    frequency_label: str
    by_sms: bool
    new: int
    since: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LetGo:
    """What is needed to follow a shop again as before."""

    agency_id: UUID
    name: str
    frequency: str
    by_sms: bool
    at: datetime


_LET_GO = TypeAdapter(LetGo)


def followed(actor: Actor) -> list[Followed]:
    """Return the shops that the actor follows, the latest first. Two queries."""
    rows = SavedSearch.objects.filter(user_id=actor.person).order_by("-created_at", "-id")
    shops = [(row, agency_id) for row in rows if (agency_id := _shop(row))]
    new = _new({agency_id: row.opened_at or row.created_at for row, agency_id in shops})
    return [
        Followed(
            saved_search_id=row.pk,
            agency_id=agency_id,
            name=row.name,
            frequency=row.frequency,
            frequency_label=Frequency(row.frequency).label,
            by_sms=row.by_sms,
            new=new.get(agency_id, 0),
            since=row.opened_at or row.created_at,
            created_at=row.created_at,
        )
        for row, agency_id in shops
    ]


def _shop(row: SavedSearch) -> UUID | None:
    """The id of the shop that a saved search follows; None for any other search."""
    try:
        agencies = stored.read(row.criteria).agency
        agency_id = UUID(agencies[0]) if len(agencies) == 1 else None
    except ValueError:  # a search of a later release, or not a UUID
        return None
    return agency_id if agency_id and row.criteria == stored.write(following(agency_id)) else None


def _new(since: dict[UUID, datetime]) -> dict[UUID, int]:
    """{agency: number of open jobs published after its time}."""
    if not since:
        return {}
    wanted = Q()
    for agency_id, moment in since.items():
        wanted |= Q(agency_id=agency_id, published_at__gt=moment)
    rows = jobs.open_postings().filter(wanted).values("agency_id")
    return {row["agency_id"]: row["n"] for row in rows.annotate(n=Count("id")).order_by("agency_id")}


def unfollow(actor: Actor, *, saved_search_id: UUID) -> str:
    """Stop following a shop. Return a token for `follow_again`. Raise `NotFound`."""
    row = SavedSearch.objects.filter(pk=saved_search_id, user_id=actor.person).first()
    agency_id = _shop(row) if row else None
    if row is None or agency_id is None:
        raise NotFound("没有找到这条关注，可能已经取消了。")
    actions.delete_search(actor, saved_search_id=row.pk)
    kept = LetGo(agency_id, row.name, row.frequency, row.by_sms, clock.now())
    return signing.dumps(_LET_GO.dump_python(kept, mode="json"), salt=f"{_SALT}.{actor.person}")


def let_go_of(actor: Actor, token: str) -> LetGo | None:
    """Return the content of a token of `unfollow`; None if it is expired, altered or of another person."""
    try:
        kept = _LET_GO.validate_python(signing.loads(token, salt=f"{_SALT}.{actor.person}"), strict=False)
    except (signing.BadSignature, ValidationError):
        return None
    return kept if clock.now() - kept.at < UNDO_WITHIN else None


def follow_again(actor: Actor, *, token: str) -> str:
    """Follow a shop again as before. Return its name in the list. Raise `Refused` for an invalid token, and `Invalid`."""
    kept = let_go_of(actor, token)
    if kept is None:
        raise Refused("这次撤销已经过了时间。要再关注，请打开旗舰店点“关注本店”。", code="undo_expired")
    actions.save_search(
        actor, query=following(kept.agency_id), name=kept.name, frequency=kept.frequency, by_sms=kept.by_sms
    )
    return kept.name
