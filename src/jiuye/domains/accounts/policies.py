"""The rules of sign-in: codes by text message (how often: `code_limits`), session limits, the second factor of staff.

Codes: NIST SP 800-63B §5.1.3.2 and §5.2.2 (out-of-band secrets: single use, short-lived, rate limited); common
practice where it gives no figure. Lock after 5 failures for 30 minutes: GB/T 22239-2019 §8.1.4.1 b requires a lock
and an idle limit for sessions, d requires two factors; the figures are common practice.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, Sum

from jiuye.domains.accounts.models import LoginCode
from jiuye.domains.accounts.states import OrganisationKind
from jiuye.kernel import clock
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.rate_limits import whole_seconds

CODE_DIGITS = 6
CODE_LIFETIME = timedelta(minutes=5)
CHECKS_PER_CODE = 5
FAILURES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a browser stays signed in: `idle` without use, and `whole` at most."""

    idle: timedelta
    whole: timedelta


SESSION = SessionLimits(idle=timedelta(days=14), whole=timedelta(days=30))
"""For everybody: a seeker's phone is their own, and people who must sign in every day give up."""

PORTAL_SESSION = {
    OrganisationKind.AGENCY: SessionLimits(idle=timedelta(hours=2), whole=timedelta(hours=12)),
    OrganisationKind.EMPLOYER: SessionLimits(idle=timedelta(hours=2), whole=timedelta(hours=12)),
    OrganisationKind.PLATFORM: SessionLimits(idle=timedelta(minutes=30), whole=timedelta(hours=12)),
}
"""Of the portals, which show other people's data: a lunch break and a working day; shorter for operators, who see everybody's."""

SEEN_EVERY = timedelta(minutes=5)
"""The precision of a session's last use: it is not written more often."""

CONFIRMATION_LASTS = timedelta(minutes=10)
"""How long a re-authentication is valid (step-up)."""

SECOND_FACTOR_GRACE = {
    OrganisationKind.AGENCY: timedelta(days=14),
    OrganisationKind.EMPLOYER: timedelta(days=14),
    OrganisationKind.PLATFORM: timedelta(0),
}
"""From joining until the portal requires a second factor: two weeks to install an app; operators need it from the start."""

INPUT_KEPT = timedelta(minutes=30)
"""How long the input of a form waits for its author to sign in again."""

INPUT_BYTES = 64 * 1024
"""Per form: the longest texts of ours with room to spare. Longer input is not kept, and the person is told."""

FACTOR_FAILURES_BEFORE_LOCK = 5
FACTOR_LOCK = timedelta(minutes=30)
RECOVERY_CODES = 10
PASSKEYS_AT_MOST = 10


def code_digest(*, code: str, purpose: str, phone_index: str, binding: str) -> str:
    """Return the keyed digest under which a code is stored, specific to code, purpose, phone and browser."""
    return blind_index("|".join((code, purpose, phone_index, binding)), "login-code")


def refuse_locked(*, phone_index: str, binding: str) -> None:
    """Raises `RateLimited` while this phone is locked for this browser."""
    moment = clock.now()
    failed = LoginCode.objects.filter(phone_index=phone_index, binding=binding, failed_at__gt=moment - LOCK)
    totals = failed.aggregate(failures=Sum("checks"), last=Max("failed_at"))
    # The last check of a used code was correct; signing in also starts a new session and thereby a new binding.
    if (totals["failures"] or 0) >= FAILURES_BEFORE_LOCK:
        raise RateLimited(
            max(1, whole_seconds(totals["last"] + LOCK - moment)),
            "验证码已输错 5 次，为保护账号，请 {wait}后再获取新的验证码。",
        )
