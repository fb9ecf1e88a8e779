"""Database sessions that know their person: an erased person's sessions end at once, and all of a person's can be ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

import orjson
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db.models import F
from django.db.models.functions import Least

from jiuye.domains.accounts import policies
from jiuye.domains.accounts.models import Session
from jiuye.kernel import clock, database, space
from jiuye.kernel.write_guard import writes_allowed

PERSON = "person_id"
"""The session key of the signed-in person's id."""

_LOAD = """
SELECT s.session_data, s.signed_in_at, s.last_seen_at,
       coalesce(u.suspended_at IS NOT NULL AND coalesce(u.suspended_until >= %s, TRUE), FALSE)
FROM accounts_session s LEFT JOIN accounts_user u ON u.id = s.person_id
WHERE s.session_key = %s AND s.expire_date > %s AND u.erased_at IS NULL
"""


class SessionStore(db.SessionStore):
    """Django's database sessions, reading a session, its age and the standing of its person in one prepared query.

    `signed_in_at`, `last_seen_at` and `is_suspended` (the person) are known after loading. `policies` defines the limits:
    `expire_date` moves with use (`touch`), never past `ends_at`.
    """

    about: Mapping[str, str] = {}
    """For the columns of a new row: how and from where the person signed in."""

    signed_in_at: datetime | None = None
    last_seen_at: datetime | None = None
    is_suspended = False

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table."""
        return Session

    def get_session_cookie_age(self) -> int:
        """Seconds. The browser may keep the cookie as long as the longest session; the server decides when it ends."""
        return int(policies.SESSION.whole.total_seconds())

    def load(self) -> dict[str, Any]:
        """Return the session's values; empty (and the key dropped) if there is no valid session."""
        with database.prepared() as cursor:
            cursor.execute(_LOAD, [clock.today(), self.session_key, clock.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        data, self.signed_in_at, self.last_seen_at, self.is_suspended = row
        return self.decode(data)

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Plain JSON: a person who can write this table can write every other."""
        return orjson.dumps(session_dict).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Decode the values."""
        values: dict[str, Any] = orjson.loads(session_data)
        return values

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return a new row for these values and their person."""
        session = cast(Session, super().create_model_instance(data))
        moment = clock.now()
        session.expire_date = moment + policies.SESSION.idle
        session.person_id = data.get(PERSON)
        if session.person_id:
            session.signed_in_at = session.last_seen_at = moment
            session.ends_at = moment + policies.SESSION.whole
            for column, value in self.about.items():
                setattr(session, column, value)
        return session

    def save(self, must_create: bool = False) -> None:
        """Store the values in a new row, or in the existing row without changing its other columns.

        Raises `UpdateError` if the session was ended meanwhile.
        """
        if self.session_key is None or must_create:
            super().save(must_create=must_create)
            return
        values = self.encode(dict(self.items()))
        if not Session.objects.filter(session_key=self.session_key).update(session_data=values):
            raise UpdateError

    def touch(self) -> None:
        """Record that the session is in use, every few minutes at most; also in GETs, like a counter. A database without space
        fails no reading.
        """
        moment = clock.now()
        if space.is_short() or (self.last_seen_at and moment - self.last_seen_at < policies.SEEN_EVERY):
            return
        with writes_allowed():
            Session.objects.filter(session_key=self.session_key).update(
                last_seen_at=moment, expire_date=Least(moment + policies.SESSION.idle, F("ends_at"))
            )
        self.last_seen_at = moment

    def renew_key(self) -> None:
        """Give the session another key and keep everything else, including its name in lists (no session fixation)."""
        fresh: str = self._get_new_session_key()  # type: ignore[attr-defined]
        Session.objects.filter(session_key=self.session_key).update(session_key=fresh)
        self._session_key = fresh
        self.modified = True
