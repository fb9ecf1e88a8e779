"""The second factor: set it up, pass it, recovery codes, remove it. The rules are in `policies`."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pyotp
from django.db import connection, transaction
from django.http import HttpRequest

from jiuye.domains.accounts import duties, policies, sessions
from jiuye.domains.accounts.actions.devices import end_other_sessions
from jiuye.domains.accounts.actions.notices import tell_phone
from jiuye.domains.accounts.models import Authenticator, Passkey, RecoveryCode, Session, User
from jiuye.domains.accounts.queries.factors import has_second_factor
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import Denied, Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.rate_limits import Limit, whole_seconds

_STEP_SECONDS = 30  # RFC 6238 §5.2
_NO_STEP = -1
# Without 0, 1, I, L, O, which are easily confused.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUP, _GROUPS = 5, 2
RECOVERY_CODES_TRIED = Limit(
    "recovery-codes",
    "使用恢复码",
    "每个账号",
    policies.FACTOR_FAILURES_BEFORE_LOCK,
    int(policies.FACTOR_LOCK.total_seconds()),
    "恢复码试得太多了，为保护账号，请 {wait}后再试。",
)

# One statement decides under the row lock: of any number of concurrent guesses five are checked, and a right code
# counts once. A step must be later than the last one used.
_CHECK = """
UPDATE accounts_authenticator
SET last_step = GREATEST(last_step, %(step)s),
    failures = CASE WHEN %(step)s > last_step THEN 0 WHEN failed_at <= %(since)s THEN 1 ELSE failures + 1 END,
    failed_at = CASE WHEN %(step)s > last_step THEN NULL ELSE %(now)s::timestamptz END
WHERE user_id = %(person)s AND (failures < %(most)s OR failed_at <= %(since)s)
RETURNING failures
"""


@dataclass(frozen=True, slots=True)
class Passed:
    """A second factor was correct; `recovery_codes_left` is set if it was a recovery code."""

    recovery_codes_left: int | None = None


def begin_authenticator(actor: Actor) -> None:
    """Create a secret for an authenticator app; it counts once confirmed. Raises `Refused` if a confirmed one exists."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=actor.person, confirmed_at=None).delete()
        fresh = Authenticator(user_id=actor.person, secret=pyotp.random_base32(), created_at=clock.now())
        Authenticator.objects.bulk_create([fresh], ignore_conflicts=True)
        stored = Authenticator.objects.get(pk=actor.person)
    if stored.confirmed_at is not None:
        raise Refused("您已经设置了验证器。要换一部手机，请先移除现在的验证器，再重新设置。", code="already_set_up")


def confirm_authenticator(actor: Actor, request: HttpRequest, *, code: str) -> list[str]:
    """Confirm the authenticator app with a correct code. Return the new recovery codes, which cannot be shown again.

    The session has then passed the second factor, and the person's other sessions end. Raises `Invalid`,
    `RateLimited`, and `NotFound` if none was begun.
    """
    row = Authenticator.objects.filter(user_id=actor.person, confirmed_at=None).first()
    if row is None:
        raise NotFound
    _check_code(row, code)
    with transaction.atomic():
        Authenticator.objects.filter(pk=row.pk).update(confirmed_at=clock.now())
        codes = fresh_codes(actor.person)
        begin_with_factor(actor, request, kind="authenticator")
    return codes


def begin_with_factor(actor: Actor, request: HttpRequest, *, kind: str) -> None:
    """Apply the first second factor: this session has passed it, the person's other sessions end."""
    end_other_sessions(actor, session_key=request.session.session_key)
    sessions.note_second_factor(request)
    audit.record(actor, "second_factor.add", actor.person, kind=kind)


def pass_second_factor(actor: Actor, request: HttpRequest, *, code: str) -> Passed:
    """Pass the second factor with the app's six digits or a recovery code; the session gets a new id.

    Not inside a transaction: a failure must stay counted. Raises `Invalid` and `RateLimited`.
    """
    typed = _plain(code)
    passed = Passed()
    if typed.isdecimal():
        row = Authenticator.objects.filter(user_id=actor.person).exclude(confirmed_at=None).first()
        if row is None:
            raise Invalid({"code": "您没有设置验证器应用，请用通行密钥，或输入一个恢复码。"})
        _check_code(row, typed)
    else:
        passed = Passed(_use_recovery_code(actor, typed))
    sessions.note_second_factor(request)
    audit.record(actor, "second_factor.pass", actor.person, recovery=passed.recovery_codes_left is not None)
    return passed


def renew_recovery_codes(actor: Actor) -> list[str]:
    """Replace the recovery codes. Raises `Refused` for people without a second factor."""
    if not has_second_factor(actor.person):
        raise Refused("您还没有设置两步验证，不需要恢复码。", code="no_second_factor")
    with transaction.atomic():
        codes = fresh_codes(actor.person)
        audit.record(actor, "second_factor.renew_codes", actor.person)
    return codes


def remove_authenticator(actor: Actor) -> None:
    """Remove the app, and without a passkey the recovery codes too. Raises `NotFound` if there is none."""
    with transaction.atomic():
        removed, _ = Authenticator.objects.filter(user_id=actor.person).delete()
        if not removed:
            raise NotFound
        forget_codes_without_factor(actor.person)
        audit.record(actor, "second_factor.remove", actor.person, kind="authenticator")


def forget_codes_without_factor(person_id: UUID) -> None:
    """Delete recovery codes of a person without a second factor: they have no use then."""
    if not has_second_factor(person_id):
        RecoveryCode.objects.filter(user_id=person_id).delete()


def reset_second_factor(actor: Actor, *, person_id: UUID, reason: str) -> None:
    """Remove the second factor of a person who has lost everything, end their sessions, notify them by text message.

    By a security administrator for others than themselves (GB/T 22239-2019 §8.1.4.2 d), or by the system's own
    command. Raises `Denied`, `Invalid` without a reason, `NotFound` for unknown people or people without a second
    factor.
    """
    if not actor.is_system:
        duties.require_security_admin(actor)
        if person_id == actor.person:
            raise Denied("不能为自己重置两步验证，请另一位安全管理员操作。")
    if not reason.strip():
        raise Invalid({"reason": "请写明重置的原因和您怎样核对了本人身份。"})
    with transaction.atomic():
        person = User.objects.select_for_update().filter(pk=person_id, erased_at=None).first()
        if person is None or not has_second_factor(person_id):
            raise NotFound
        for table in (Authenticator, Passkey, RecoveryCode):
            table.objects.filter(user_id=person_id).delete()
        Session.objects.filter(person_id=person_id).delete()
        audit.record(actor, "second_factor.reset", person_id, reason=reason.strip()[:500])
        tell_phone(
            person.phone,
            template="second_factor_reset",
            text="【就业在线】您的两步验证已由安全管理员重置，所有设备已退出登录，请登录后重新设置。"
            "不是您本人申请的，请尽快拨打 12333。",
        )


def _plain(code: str) -> str:
    """Normalise a typed code: no spaces and hyphens, capitals, ASCII digits (Chinese input methods type full-width ones)."""
    kept = "".join(one for one in code if one not in "-－—" and not one.isspace())
    return "".join(str(int(one)) if one.isdecimal() else one for one in kept).upper()[:40]


def _check_code(row: Authenticator, code: str) -> None:
    """Use up one of the app's codes. Raises `Invalid` with the remaining tries, and `RateLimited` while locked."""
    typed = _plain(code)
    if len(typed) != 6 or not typed.isdecimal():
        raise Invalid({"code": "请输入验证器应用显示的 6 位数字。"})
    moment = clock.now()
    facts = {
        "step": _step_of(row.secret, typed),
        "person": row.pk,
        "now": moment,
        "since": moment - policies.FACTOR_LOCK,
        "most": policies.FACTOR_FAILURES_BEFORE_LOCK,
    }
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_CHECK, facts)
        outcome = cursor.fetchone()
    if outcome is None:
        raise _locked(row.pk)
    failures: int = outcome[0]
    if failures >= policies.FACTOR_FAILURES_BEFORE_LOCK:
        audit.record(Actor(person_id=row.pk), "second_factor.lock", row.pk)
        raise _locked(row.pk)
    if failures:
        left = policies.FACTOR_FAILURES_BEFORE_LOCK - failures
        raise Invalid(
            {"code": f"验证码不对或已经用过，还可以再试 {left} 次。请等应用里换出下一个码，并核对手机的时间是否准确。"}
        )


def _step_of(secret: str, typed: str) -> int:
    """Return the time step of the code, one before or after the present allowed (RFC 6238 §6); `_NO_STEP` for a wrong code."""
    app, now = pyotp.TOTP(secret), int(clock.now().timestamp()) // _STEP_SECONDS
    right = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(app.generate_otp(step), typed)]
    return max(right, default=_NO_STEP)


def _locked(person_id: UUID) -> RateLimited:
    failed_at = Authenticator.objects.filter(pk=person_id).values_list("failed_at", flat=True).first()
    left = (failed_at + policies.FACTOR_LOCK - clock.now()) if failed_at else timedelta(seconds=1)
    seconds = max(1, whole_seconds(left))
    return RateLimited(seconds, "验证码已输错 5 次，为保护账号，请 {wait}后再试，或使用恢复码。")


def fresh_codes(person_id: UUID) -> list[str]:
    """Replace all recovery codes with new ones of 49 bits each."""
    codes = [_new_code() for _ in range(policies.RECOVERY_CODES)]
    RecoveryCode.objects.filter(user_id=person_id).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user_id=person_id, digest=_digest(person_id, _plain(code)), created_at=clock.now())
        for code in codes
    )
    return codes


def _new_code() -> str:
    """Return letters and digits in groups; never digits only, which would look like an app's code."""
    while True:
        groups = ["".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS)]
        if not "".join(groups).isdecimal():
            return "-".join(groups)


def _digest(person_id: UUID, code: str) -> str:
    return blind_index(f"{person_id}|{code}", "recovery-code")


def _use_recovery_code(actor: Actor, typed: str) -> int:
    """Use one up. Return the number left. Raises `Invalid` and `RateLimited`."""
    RECOVERY_CODES_TRIED.hit(actor.person)
    unused = RecoveryCode.objects.filter(user_id=actor.person, used_at=None)
    if not typed or not unused.filter(digest=_digest(actor.person, typed)).update(used_at=clock.now()):
        raise Invalid({"code": "恢复码不对或已经用过。请核对保存的恢复码，每个只能用一次。"})
    return unused.count()
