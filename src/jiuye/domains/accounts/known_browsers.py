"""A browser that has signed in to an account, known by a signed cookie: it may always ask for a code to that account.

The cookie signs nobody in. It holds a secret of the browser and, for each of at most five accounts, the day and a keyed digest;
the server stores nothing of it. Whose phone it is can be seen from it by nobody.
"""

import secrets
from datetime import timedelta
from hmac import compare_digest
from uuid import UUID

from jiuye.domains.accounts.models import User
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index

LASTS = timedelta(days=180)
_MOST_ACCOUNTS = 5
_SECRET_LENGTH = 22
_LONGEST = 600


def remember(cookie: str, person_id: UUID) -> str:
    """Return the cookie's next value, after a sign-in to this account."""
    secret, known = _read(cookie)
    secret, day = secret or secrets.token_urlsafe(16), _today()
    others = [one for one in known if not _is_of(one, secret, person_id)]
    kept = [f"{day}-{_mark(secret, person_id, day)}", *others][:_MOST_ACCOUNTS]
    return ".".join([secret, *kept])


def proof_in(cookie: str, *, phone_index: str) -> str:
    """Return what proves this browser for the account of a phone; "" if it is not known there, or no longer."""
    secret, known = _read(cookie)
    if not known:
        return ""
    person_id = User.objects.filter(phone_index=phone_index, erased_at=None).values_list("pk", flat=True).first()
    if person_id is None or not any(_is_of(one, secret, person_id) and _is_fresh(one) for one in known):
        return ""
    return f"{secret}:{person_id}"


def _read(cookie: str) -> tuple[str, list[str]]:
    """Return the secret and the entries; nothing for what is not ours."""
    secret, *known = cookie.split(".") if len(cookie) <= _LONGEST else [""]
    is_ours = len(secret) == _SECRET_LENGTH and all(one.partition("-")[0].isdecimal() for one in known)
    return (secret, known[:_MOST_ACCOUNTS]) if is_ours and cookie.isascii() else ("", [])


def _mark(secret: str, person_id: UUID, day: int) -> str:
    return blind_index(f"{secret}|{person_id}|{day}", "known-browser")[:32]


def _is_of(entry: str, secret: str, person_id: UUID) -> bool:
    day, _, mark = entry.partition("-")
    return len(day) <= 6 and compare_digest(mark, _mark(secret, person_id, int(day)))


def _is_fresh(entry: str) -> bool:
    return 0 <= _today() - int(entry.partition("-")[0]) < LASTS.days


def _today() -> int:
    return clock.today().toordinal()
