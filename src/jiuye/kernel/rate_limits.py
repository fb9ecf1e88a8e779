"""Rate limits counted in the database, so that they hold across processes. Each is declared once, as a `Limit`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index
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


_EAST = 8 * 3600
"""Windows of a day end at midnight where people are, in Asia/Shanghai (always UTC+8 since 1992)."""

ADDRESS = "每个地址（IPv6 按 /64）"
"""What a limit by `kernel.networks.network_of` counts."""

DECLARED: dict[str, "Limit"] = {}
"""Every limit that has been declared, by name: the table in docs/limits.md, and of the test made from it."""


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts in each window of `seconds` by one of `by` (Chinese: 每个地址).

    `what` is limited, in Chinese; `message` is the refusal, with `{most}`, and `{wait}` for the time to wait. Declare it at
    module level: its name must be unique.
    """

    name: str
    what: str
    by: str
    most: int
    seconds: int
    message: str = ""

    def __post_init__(self) -> None:
        other = DECLARED.setdefault(self.name, self)
        if (other.what, other.by) != (self.what, self.by):
            raise ValueError(f"two limits named {self.name}")

    @property
    def place(self) -> str:
        """Where it is counted, for the table."""
        return "all processes"

    def hit(self, who: object) -> None:
        """Count one attempt by `who`, kept as a digest: it may be an address, or something typed. Raise `RateLimited` past the
        limit. Call it before the transaction, as `hit`.
        """
        digest = blind_index(str(who), self.name)
        hit(f"{self.name}:{digest}", limit=self.most, seconds=self.seconds, message=self.text())

    def text(self) -> str:
        """Return the refusal, with `{wait}` in it."""
        return _with_wait(self.message.replace("{most}", str(self.most)))


def table() -> str:
    """Return all declared limits as a Markdown table, for docs/limits.md."""
    rows = [
        f"| `{one.name}` | {one.what} | {one.by} | {one.most} | {_span(one.seconds)} | {one.place} |"
        for one in sorted(DECLARED.values(), key=lambda one: one.name)
    ]
    return "\n".join(["| name | what | counted by | most | in | over |", "|---|---|---|---|---|---|", *rows])


def _span(seconds: int) -> str:
    days, hours, minutes = seconds / 86_400, seconds / 3600, seconds / 60
    number, unit = (days, "d") if days >= 1 else (hours, "h") if hours >= 1 else (minutes, "min")
    return f"{number:g} {unit}"


def hit(key: str, *, limit: int, seconds: int, message: str = "") -> None:
    """Count one attempt of `key` in the current window of `seconds`. Raise `RateLimited` past `limit`.

    Call it before the transaction of the limited action, so that a refused attempt still counts.
    """
    moment = clock.real_now()
    window, passed = window_of(moment, seconds)
    with writes_allowed(), connection.cursor() as cursor:
        cursor.execute(_COUNT, [key[:200], window, moment + timedelta(seconds=2 * seconds)])
        count = cursor.fetchone()[0]
    if count > limit:
        raise RateLimited(seconds - passed, _with_wait(message))


def window_of(moment: datetime, seconds: int) -> tuple[int, int]:
    """Return the number of the window of `seconds` that a moment is in, and how many seconds of it have passed."""
    return divmod(int(moment.timestamp()) + _EAST, seconds)


def _with_wait(message: str) -> str:
    """Return the message with the time to wait in it: “later” and “tomorrow” help nobody."""
    return message if not message or "{wait}" in message else message + "{wait}后可以再试。"


def whole_seconds(duration: timedelta) -> int:
    """Return whole seconds, rounded up, so that waiting that long is enough; 0 for what is over."""
    return max(0, -(duration // timedelta(seconds=-1)))


def once(key: str, *, seconds: int) -> bool:
    """Return whether this is the first call for `key` in any process; remembered for at least `seconds`. For single-use states."""
    with connection.cursor() as cursor:
        cursor.execute(_ONCE, [key[:200], clock.real_now() + timedelta(seconds=seconds)])
        return cursor.fetchone() is not None
