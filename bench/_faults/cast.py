"""The people, agencies and postings with which the run begins, written before anything is killed."""

import random
import threading
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from jiuye.domains.accounts import sessions
from jiuye.domains.accounts.models import Session, User
from jiuye.domains.accounts.session_store import SessionStore
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.webhooks.models import Endpoint
from tests.factories import accounts, clients, jobs, organisations, webhooks
from tests.factories.many import alike

POSTINGS = 250
"""Of each agency: more than a person may apply to."""


@dataclass
class Person:
    """A seeker with the cookie of their browser, and the postings they have not applied to."""

    id: UUID
    cookie: str
    phone: str
    left: list[UUID]


@dataclass
class Case:
    """An application as its clients know it. `verbs`: what was asked for."""

    id: UUID
    person: Person
    agency: str


@dataclass
class Board:
    """Where each application waits for whom, so that no two clients work on one: state and party → cases."""

    _waiting: dict[str, deque[Case]] = field(default_factory=lambda: defaultdict(deque))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, place: str, case: Case) -> None:
        """Add a case."""
        with self._lock:
            self._waiting[place].append(case)

    def take(self, places: Iterable[str], chance: random.Random) -> tuple[str, Case] | None:
        """Take a case from one of the places that have one."""
        with self._lock:
            full = [place for place in places if self._waiting[place]]
            if not full:
                return None
            place = chance.choice(full)
            return place, self._waiting[place].popleft()


@dataclass
class Cast:
    """Everybody. Staff of `desk` use the portal; the programs act for `api`."""

    desk: Agency
    api: Agency
    people: list[list[Person]]
    staff: list[str]
    callers: list[clients.Caller]
    endpoint: Endpoint
    postings: dict[UUID, str]
    """Posting → `desk` or `api`."""
    board: Board = field(default_factory=Board)


def assemble(seekers: int, persons: int, staff: int, programs: int, hooks: str) -> Cast:
    """Write the cast: `seekers` clients with `persons` people each. `hooks`: the receiver of webhooks."""
    with transaction.atomic():
        desk = organisations.agency(legal_name="甲示例人力资源有限公司", short_name="甲示例")
        api = organisations.agency(legal_name="乙示例人力资源有限公司", short_name="乙示例")
        postings = dict.fromkeys(_postings(desk, "甲"), "desk") | dict.fromkeys(_postings(api, "乙"), "api")
        organisations.employer(named_by=api, credit_code=api.credit_code)  # it recruits for itself
        people = [
            [_person(list(postings), client * persons + one) for one in range(persons)] for client in range(seekers)
        ]
        members = [accounts.member(desk.id, "agency", "recruiter", accounts.person(f"经办{n}")) for n in range(staff)]
        return Cast(
            desk=desk,
            api=api,
            people=people,
            staff=[_session(one) for one in members],
            callers=[clients.caller(api) for _ in range(programs)],
            endpoint=webhooks.endpoint(hooks, agency=api),
            postings=postings,
        )


def _postings(agency: Agency, name: str) -> list[UUID]:
    """Published postings; each has a title of its own, so that texts about one are not those about another."""
    employer = organisations.employer(named_by=agency)
    first = jobs.posting(agency, employer=employer, title=f"装配工{name}")
    alike(first, POSTINGS - 1, title=lambda number: f"装配工{name}{number}")
    found = list(JobPosting.objects.filter(agency=agency).values_list("id", flat=True))
    events.publish(Actor.system(), PostingsChanged(posting_ids=found))
    return found


def _person(postings: list[UUID], number: int) -> Person:
    user = accounts.person(phone=f"139{number:08d}")
    left = list(postings)
    random.Random(number).shuffle(left)
    return Person(user.id, _session(user), user.phone, left[:40])


def _session(user: User) -> str:
    store = SessionStore()
    key = str(store._get_new_session_key())  # type: ignore[attr-defined]
    Session.objects.create(
        session_key=key,
        session_data=store.encode({sessions.PERSON: str(user.id)}),
        person_id=user.id,
        expire_date=timezone.now() + timedelta(days=1),
        signed_in_at=clock.now(),
        last_seen_at=clock.now(),
        ends_at=timezone.now() + timedelta(days=1),
    )
    return key
