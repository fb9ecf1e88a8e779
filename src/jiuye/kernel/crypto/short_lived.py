"""Short-lived encrypted values (sessions, queued jobs), which key rotation skips: their key stays until they expire."""

from importlib import import_module

from django.conf import settings
from django.db import connection
from psycopg import sql

from jiuye.kernel.crypto import keys


def under_older_keys() -> dict[str, int]:
    """Return how many sessions and queued jobs hold an envelope of a configured key that is not the newest.

    Both are stored as JSON, so an envelope begins with a quotation mark, its key's id and a colon.
    """
    newest, _ = keys.newest()
    older = [f'%"{key_id}:%' for key_id in keys.key_ids() if key_id != newest]
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class()._meta.db_table
    places = {
        "sessions": sql.SQL("SELECT count(*) FROM {} WHERE session_data LIKE ANY(%s)").format(sql.Identifier(sessions)),
        "jobs": sql.SQL(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND args::text LIKE ANY(%s)"
        ),
    }
    return {place: _count(statement, older) for place, statement in places.items()}


def _count(statement: sql.Composable, patterns: list[str]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, [patterns])
        (count,) = cursor.fetchone()
    return int(count)
