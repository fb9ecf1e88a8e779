"""Sessions in the database that know whose they are: an erased person's end at once, all of a person's can be ended."""

from typing import Any, cast

import orjson
from django.contrib.sessions.backends import db

from jiuye.domains.accounts.models import Session
from jiuye.kernel import clock, database

PERSON = "person_id"
"""The key under which a session holds who is signed in."""

_LOAD = """
SELECT s.session_data FROM accounts_session s LEFT JOIN accounts_user u ON u.id = s.person_id
WHERE s.session_key = %s AND s.expire_date > %s AND u.erased_at IS NULL
"""


class SessionStore(db.SessionStore):
    """Django's own, but that a session and whether its person still is are read in one prepared query."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def load(self) -> dict[str, Any]:
        """The session's values; empty (and the key forgotten) when there is none that counts."""
        with database.prepared() as cursor:
            cursor.execute(_LOAD, [self.session_key, clock.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Plain JSON. Django signs it; whoever may write this table may write every other too."""
        return orjson.dumps(session_dict).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """The values again."""
        values: dict[str, Any] = orjson.loads(session_data)
        return values

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row for these values, under the person's name."""
        session = cast(Session, super().create_model_instance(data))
        session.person_id = data.get(PERSON)
        return session
