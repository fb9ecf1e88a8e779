"""Rate limits counted in the database, so that they hold across processes."""

from datetime import timedelta

from django.db import connection

from jiuye.kernel import clock
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.write_guard import writes_allowed

_COUNT = """
INSERT INTO kernel_ratecounter (key, "window", count, expires_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (key, "window") DO UPDATE SET count = kernel_ratecounter.count + 1
RETURNING count
"""

# Window 0 is in 1970: no `hit` uses it.
_ONCE = """
INSERT INTO kernel_ratecounter (key, "window", count, expires_at) VALUES (%s, 0, 1, %s)
ON CONFLICT (key, "window") DO NOTHING
RETURNING count
"""


def hit(key: str, *, limit: int, seconds: int, message: str = "") -> None:
    """Count one attempt of `key` in the current window of `seconds`. Raise `RateLimited` past `limit`.

    Call it before the transaction of the limited action, so that a refused attempt still counts.
    """
    moment = clock.real_now()
    window = int(moment.timestamp()) // seconds
    with writes_allowed(), connection.cursor() as cursor:
        cursor.execute(_COUNT, [key[:200], window, moment + timedelta(seconds=2 * seconds)])
        count = cursor.fetchone()[0]
    if count > limit:
        raise RateLimited(seconds - int(moment.timestamp()) % seconds, message)


def once(key: str, *, seconds: int) -> bool:
    """Return whether this is the first call for `key` in any process; remembered for at least `seconds`. For single-use states."""
    with connection.cursor() as cursor:
        cursor.execute(_ONCE, [key[:200], clock.real_now() + timedelta(seconds=seconds)])
        return cursor.fetchone() is not None
