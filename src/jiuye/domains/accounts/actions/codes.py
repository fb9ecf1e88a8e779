"""Codes by text message: request one, confirm a phone with it, sign in with it. The rules are in `policies`."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from django.db import connection, transaction
from procrastinate.contrib.django import app as queue

from jiuye.domains.accounts import code_limits, known_browsers, policies
from jiuye.domains.accounts.actions.many_codes import prove_word, tell_of_many
from jiuye.domains.accounts.code_limits import Requester, Wait
from jiuye.domains.accounts.events import PersonRegistered
from jiuye.domains.accounts.models import LoginCode, User
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.domains.accounts.states import CodeDelivery, CodeLane, CodePurpose, SignInMethod
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import encrypt
from jiuye.kernel.errors import Invalid, RateLimited
from jiuye.kernel.ids import new_id
from jiuye.kernel.networks import network_of, wide_network_of

SENDING_TASK = "send_login_code"
BEFORE_NOTICES = 10
"""Of a queue's jobs that of the highest priority is taken first: somebody is waiting for the code."""
RECEIPTS = (CodeDelivery.DELIVERED, CodeDelivery.FAILED)

# One statement decides: checks are counted, compared and used up under the row lock, so that of any number of
# concurrent guesses exactly CHECKS_PER_CODE are checked. Only the newest code counts.
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
    """The signed-in person; `is_new` if the account was just created.

    `card_phone_differs`: the person's card has a new phone other than the account's, which did not change.
    """

    person_id: UUID
    is_new: bool
    card_phone_differs: bool = False


def binding_of(secret: str) -> str:
    """Return the binding of a code to a browser: the digest of a secret in its session."""
    return hashlib.sha256(secret.encode()).hexdigest()


def request_code(
    actor: Actor, *, phone: str, purpose: CodePurpose, binding: str, requester: Requester | None = None
) -> UUID:
    """Send a new code to `phone`, whether or not it has an account. Return the code's id (not the code).

    `binding` is `binding_of` the browser's secret. `requester` is who is counted; by default the network of `actor.ip`.
    The gateway knows the message by the code's id, so that it is delivered once. Raises `Invalid` for a wrong number and `RateLimited`
    (code `codes_in_line` if others have asked for many).
    """
    number = parse_mobile(phone)
    index = phone_index(number)
    policies.refuse_locked(phone_index=index, binding=binding)
    requester = requester or code_limits.visitor(ip=actor.ip, phone_index=index)
    # Committed whatever follows: a place in the line is kept.
    with transaction.atomic():
        _hold(index)
        wait = code_limits.wait_of(requester, phone_index=index, binding=binding)
    _refuse(wait)
    _count(actor, purpose, requester)
    code = f"{secrets.randbelow(10**policies.CODE_DIGITS):0{policies.CODE_DIGITS}d}"
    moment = clock.now()
    with transaction.atomic():
        _hold(index)
        _refuse(code_limits.wait_of(requester, phone_index=index, binding=binding))
        code_limits.use_place(requester, phone_index=index)
        stored = LoginCode.objects.create(
            id=new_id(),
            purpose=purpose,
            phone_index=index,
            binding=binding,
            lane=requester.lane,
            requester=requester.key,
            digest=policies.code_digest(code=code, purpose=purpose, phone_index=index, binding=binding),
            created_at=moment,
            expires_at=moment + policies.CODE_LIFETIME,
        )
        # The job's row must not contain what the codes table hides.
        envelope = encrypt(orjson.dumps({"phone": number, "code": code}).decode())
        queue.configure_task(SENDING_TASK, queue="codes", priority=BEFORE_NOTICES).defer(
            code_id=str(stored.id), envelope=envelope
        )
        audit.record(actor, "login_code.request", stored.id, purpose=purpose, lane=requester.lane)
        tell_of_many(actor, phone=number, phone_index=index)
    return stored.id


def request_login_code(actor: Actor, *, phone: str, binding: str, browser: str = "", word: str = "") -> UUID:
    """Send a code to sign in with. `browser` is the cookie of a known one (`remember_browser`), `word` the one in the text
    message to a phone for which others ask for codes: either proves the owner. Raises as `request_code`, and `Invalid` (word).
    """
    index = phone_index(parse_mobile(phone))
    requester = None
    if proof := known_browsers.proof_in(browser, phone_index=index):
        requester = code_limits.owner("browser", proof)
    elif word.strip():
        requester = code_limits.owner("word", prove_word(actor, word, phone_index=index))
    return request_code(actor, phone=phone, purpose=CodePurpose.LOGIN, binding=binding, requester=requester)


def _refuse(wait: Wait) -> None:
    if wait.in_line:
        raise RateLimited(
            wait.seconds,
            "最近有很多人用这个手机号获取验证码，已为您排队：{wait}后半小时内回到这里再获取，一定能发。"
            "着急的话，填写我们发到这部手机的短信里的放行码，或用电子社保卡登录。",
            code="codes_in_line",
        )
    if wait.seconds:
        raise RateLimited(
            wait.seconds,
            "验证码刚刚发过，请 {wait}后再获取。"
            if wait.seconds <= code_limits.RESEND_AFTER.total_seconds()
            else "获取验证码的次数太多了，请 {wait}后再试，或使用最近一条有效的验证码，也可以用电子社保卡登录。",
            code="codes_wait",
        )


def _count(actor: Actor, purpose: CodePurpose, requester: Requester) -> None:
    """Count what an address, a network, an account and all strangers together have asked for, whatever the phones."""
    if requester.account:
        code_limits.CODES_OF_ACCOUNT.hit(f"{purpose}:{requester.account}")
    if requester.lane == CodeLane.OWNER:
        return
    code_limits.CODES_OF_ADDRESS.hit(network_of(actor.ip))
    code_limits.CODES_OF_NETWORK.hit(wide_network_of(actor.ip))
    if requester.lane == CodeLane.STRANGER:
        code_limits.CODES_OF_STRANGERS.hit("all")


def _hold(index: str) -> None:
    """Lock this phone's codes until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [index])


def verify_code(actor: Actor, *, phone: str, code: str, binding: str) -> SignedIn:
    """Sign in with a code for `CodePurpose.LOGIN`; a new phone becomes a job seeker. Raises as `prove_phone`."""
    number = prove_phone(actor, phone=phone, code=code, purpose=CodePurpose.LOGIN, binding=binding)
    with transaction.atomic():
        return _enter(actor, number, phone_index(number))


def prove_phone(actor: Actor, *, phone: str, code: str, purpose: CodePurpose, binding: str) -> str:
    """Use up a code and return the confirmed phone, 11 digits. Not inside a transaction: a failed check must stay
    counted.

    Raises `Invalid` (wrong number or code, with the remaining checks; also for codes that are used, expired, or for
    another browser or purpose, all alike) and `RateLimited` when the phone is locked for this browser or its address
    checked too many that do not exist.
    """
    number = parse_mobile(phone)
    index = phone_index(number)
    typed = "".join(code.split())
    if len(typed) != policies.CODE_DIGITS or not typed.isdecimal():
        raise Invalid({"code": "请输入短信中的 6 位数字验证码。"})
    policies.refuse_locked(phone_index=index, binding=binding)
    with transaction.atomic(durable=True):
        outcome = _check(typed, purpose=purpose, phone_index=index, binding=binding)
    if outcome is None:
        policies.refuse_locked(phone_index=index, binding=binding)
        # Only these are counted: a neighbour who checks codes that nobody asked for keeps no owner of a code out.
        code_limits.CHECKS_OF_ADDRESS.hit(network_of(actor.ip))
        raise Invalid({"code": "验证码已失效，请重新获取一条新的验证码。"})
    is_right, checks = outcome
    if is_right:
        return number
    if checks >= policies.CHECKS_PER_CODE:
        raise RateLimited(
            int(policies.LOCK.total_seconds()), "验证码已输错 5 次，为保护账号，请 {wait}后再获取新的验证码。"
        )
    raise Invalid({"code": f"验证码不对，还可以再试 {policies.CHECKS_PER_CODE - checks} 次。请核对最近一条短信。"})


def _check(code: str, *, purpose: CodePurpose, phone_index: str, binding: str) -> tuple[bool, int] | None:
    """Return (right, checks so far), or None if there is no code left to check."""
    # ASCII digits: Chinese input methods type full-width ones.
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
    """Return the account of a confirmed phone, creating it if there is none. Runs in the caller's transaction."""
    moment = clock.now()
    fresh = User(id=new_id(), phone=phone, phone_index=index, created_at=moment)
    # Two browsers may confirm the same new phone at once: a unique constraint keeps one account.
    User.objects.bulk_create([fresh], ignore_conflicts=True)
    person_id: UUID = User.objects.values_list("id", flat=True).get(phone_index=index)
    User.objects.filter(pk=person_id).update(last_login_at=moment)
    is_new = person_id == fresh.id
    person = Actor(person_id=person_id, ip=actor.ip)
    if is_new:
        events.publish(person, PersonRegistered(person_id))
    audit.record(person, "account.sign_in", person_id, method=SignInMethod.SMS_CODE, is_new=is_new)
    return SignedIn(person_id, is_new)


def record_delivery(actor: Actor, *, code_id: UUID, delivery: CodeDelivery) -> None:
    """Record the delivery status of a code's message. Does nothing if the code is gone.

    A receipt may arrive before the gateway's own answer: a final status does not change.
    """
    LoginCode.objects.filter(pk=code_id).exclude(delivery__in=RECEIPTS).update(delivery=delivery)


def record_receipt(actor: Actor, *, code_id: UUID, is_delivered: bool) -> bool:
    """Record a gateway receipt for a code's message. Return whether the code exists.

    Receipts arrive twice, late and in any order; `delivered` is final.
    """
    code = LoginCode.objects.filter(pk=code_id)
    told = code if is_delivered else code.exclude(delivery=CodeDelivery.DELIVERED)
    return bool(told.update(delivery=CodeDelivery.DELIVERED if is_delivered else CodeDelivery.FAILED)) or code.exists()
