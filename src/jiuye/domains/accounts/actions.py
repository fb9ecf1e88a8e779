"""Signing in and out. The rules are in `policies`; what travels between pages is the portal's."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.http import HttpRequest
from procrastinate.contrib.django import app as queue

from jiuye.domains.accounts import policies, sessions
from jiuye.domains.accounts.events import PersonRegistered
from jiuye.domains.accounts.models import LoginCode, Membership, User
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.domains.accounts.states import CodeDelivery, CodePurpose
from jiuye.kernel import audit, clock, events, rate_limits
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import encrypt
from jiuye.kernel.errors import Invalid, NotFound, RateLimited
from jiuye.kernel.ids import new_id

SENDING_TASK = "send_login_code"

# One statement decides: checks are counted, compared and used up under the row's lock, so that of any number of guesses
# at once exactly CHECKS_PER_CODE are looked at. The newest code alone counts; a newer one replaces those before it.
_CHECK = """
UPDATE accounts_logincode
SET checks = checks + 1,
    used_at = CASE WHEN digest = %(digest)s THEN %(now)s::timestamptz END,
    failed_at = CASE WHEN digest = %(digest)s THEN failed_at ELSE %(now)s::timestamptz END
WHERE id = (
        SELECT id FROM accounts_logincode
        WHERE phone_index = %(phone_index)s AND purpose = %(purpose)s AND binding = %(binding)s
        ORDER BY created_at DESC LIMIT 1
    )
    AND used_at IS NULL AND checks < %(most)s AND expires_at > %(now)s
RETURNING used_at IS NOT NULL, checks
"""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who proved to own the phone; `is_new` when the account was made just now."""

    person_id: UUID
    is_new: bool


def binding_of(secret: str) -> str:
    """What ties a code to a browser: the digest of a secret that only its session holds."""
    return hashlib.sha256(secret.encode()).hexdigest()


def request_code(actor: Actor, *, phone: str, purpose: CodePurpose, binding: str) -> UUID:
    """Send a new code to `phone`, whether or not an account has it; returns the code's id (not the code).

    `binding` is `binding_of` the browser's secret; `actor.ip` is counted. The message is sent by the worker, at most once.
    Raises `Invalid` for a wrong number and `RateLimited`.
    """
    number = parse_mobile(phone)
    index = phone_index(number)
    policies.refuse_locked(phone_index=index, binding=binding)
    rate_limits.hit(
        f"login-code:{policies.network_of(actor.ip)}",
        limit=policies.CODES_PER_NETWORK_AND_HOUR,
        seconds=3600,
        message="您所在的网络获取验证码太频繁了，请稍后再试，或换用手机流量。",
    )
    code = f"{secrets.randbelow(10**policies.CODE_DIGITS):0{policies.CODE_DIGITS}d}"
    moment = clock.now()
    with transaction.atomic():
        _hold(index)
        policies.refuse_too_many(phone_index=index)
        stored = LoginCode.objects.create(
            id=new_id(),
            purpose=purpose,
            phone_index=index,
            binding=binding,
            digest=policies.code_digest(code=code, purpose=purpose, phone_index=index, binding=binding),
            created_at=moment,
            expires_at=moment + policies.CODE_LIFETIME,
        )
        # The job's row must not tell what the codes table hides.
        envelope = encrypt(orjson.dumps({"phone": number, "code": code}).decode())
        queue.configure_task(SENDING_TASK, queue="sms").defer(code_id=str(stored.id), envelope=envelope)
        audit.record(actor, "login_code.request", stored.id, purpose=purpose)
    return stored.id


def _hold(index: str) -> None:
    """Let one request at a time look at this phone's codes, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [index])


def verify_code(actor: Actor, *, phone: str, code: str, purpose: CodePurpose, binding: str) -> SignedIn:
    """Check a code; the person who owns the phone, made a job seeker when new.

    Raises `Invalid` (wrong number or code, with the checks left; also for codes that are used, expired, another browser's or
    another purpose's, all alike) and `RateLimited` once the phone is locked for this browser. A failed check stays counted.
    """
    number = parse_mobile(phone)
    index = phone_index(number)
    typed = "".join(code.split())
    if len(typed) != policies.CODE_DIGITS or not typed.isdecimal():
        raise Invalid({"code": "请输入短信中的 6 位数字验证码。"})
    policies.refuse_locked(phone_index=index, binding=binding)
    with transaction.atomic():
        outcome = _check(typed, purpose=purpose, phone_index=index, binding=binding)
        if outcome and outcome[0]:
            return _enter(actor, number, index)
    if outcome is None:
        policies.refuse_locked(phone_index=index, binding=binding)
        raise Invalid({"code": "验证码已失效，请重新获取一条新的验证码。"})
    left = policies.CHECKS_PER_CODE - outcome[1]
    if left <= 0:
        raise RateLimited(
            int(policies.LOCK.total_seconds()), "验证码已输错 5 次，为保护账号，请 30 分钟后再获取新的验证码。"
        )
    raise Invalid({"code": f"验证码不对，还可以再试 {left} 次。请核对最近一条短信。"})


def _check(code: str, *, purpose: CodePurpose, phone_index: str, binding: str) -> tuple[bool, int] | None:
    """(right, checks so far), or None when there is no code left to check against."""
    # ASCII digits: full-width ones are typed by Chinese input methods.
    plain = "".join(str(int(digit)) for digit in code)
    digest = policies.code_digest(code=plain, purpose=purpose, phone_index=phone_index, binding=binding)
    facts: dict[str, str | int | datetime] = {
        "digest": digest,
        "now": clock.now(),
        "phone_index": phone_index,
        "purpose": purpose,
        "binding": binding,
        "most": policies.CHECKS_PER_CODE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHECK, facts)
        row: tuple[bool, int] | None = cursor.fetchone()
    return row


def _enter(actor: Actor, phone: str, index: str) -> SignedIn:
    """The account of a proven phone, made when there is none; within the caller's transaction."""
    moment = clock.now()
    fresh = User(id=new_id(), phone=phone, phone_index=index, created_at=moment)
    # Two browsers may prove the same new phone at once: the database keeps one account.
    User.objects.bulk_create([fresh], ignore_conflicts=True)
    person_id: UUID = User.objects.values_list("id", flat=True).get(phone_index=index)
    User.objects.filter(pk=person_id).update(last_login_at=moment)
    is_new = person_id == fresh.id
    person = Actor(person_id=person_id, ip=actor.ip)
    if is_new:
        events.publish(person, PersonRegistered(person_id))
    audit.record(person, "account.sign_in", person_id, method="sms_code", is_new=is_new)
    return SignedIn(person_id, is_new)


def record_delivery(actor: Actor, *, code_id: UUID, delivery: CodeDelivery) -> None:
    """Note how far the message with a code has come. Does nothing for a code that is gone."""
    LoginCode.objects.filter(pk=code_id).update(delivery=delivery)


def sign_in(request: HttpRequest, person_id: UUID) -> None:
    """Let this browser act for the person from now on, under a new session id."""
    sessions.sign_in(request, person_id)


def sign_out(actor: Actor, request: HttpRequest) -> None:
    """End this browser's session; safe to repeat."""
    if actor.is_signed_in:
        audit.record(actor, "account.sign_out", actor.person_id)
    sessions.sign_out(request)


def work_for(actor: Actor, request: HttpRequest, *, organisation_id: UUID) -> str:
    """Act for this organisation in its portal from now on; returns its kind. Raises `NotFound` for non-members."""
    if actor.person_id is None:
        raise NotFound
    membership = Membership.objects.filter(
        user_id=actor.person_id, organisation_id=organisation_id, ended_at=None, user__erased_at=None
    ).first()
    if membership is None:
        raise NotFound
    sessions.choose_organisation(request, membership.organisation_kind, organisation_id)
    return membership.organisation_kind
