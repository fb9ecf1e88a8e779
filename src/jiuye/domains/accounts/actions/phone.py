"""Change the phone that an account signs in with."""

from uuid import UUID

from django.db import IntegrityError, transaction

from jiuye.domains.accounts import code_limits
from jiuye.domains.accounts.actions.codes import prove_phone, request_code
from jiuye.domains.accounts.actions.devices import end_other_sessions
from jiuye.domains.accounts.actions.notices import tell_phone
from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.domains.accounts.states import CodePurpose
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused

TAKEN = Refused(
    "这个手机号已经是另一个账号的登录手机号，不能再用于本账号。如果那个账号也是您的，可以直接用它登录；"
    "不再需要它时，请先在那个账号里注销，再回到这里更换。",
    code="phone_taken",
)


def request_phone_change(actor: Actor, *, phone: str, binding: str) -> UUID:
    """Send a code to the new phone. Whether it has an account is revealed only to the person who has that phone.

    Raises `Invalid` (no mobile number, or the current one) and `RateLimited`.
    """
    number = parse_mobile(phone)
    if User.objects.filter(pk=actor.person, phone_index=phone_index(number)).exists():
        raise Invalid({"phone": "这就是您现在的登录手机号，请填写新的手机号。"})
    asker = code_limits.visitor(ip=actor.ip, phone_index=phone_index(number), account=str(actor.person))
    return request_code(actor, phone=number, purpose=CodePurpose.CHANGE_PHONE, binding=binding, requester=asker)


def change_phone(actor: Actor, *, phone: str, code: str, binding: str, session_key: str | None) -> str:
    """Set the confirmed phone for sign-in; all other sessions end, and the old phone is notified. Return the new one.

    `session_key`: of the browser that stays signed in. Raises as `prove_phone`, and `Refused` if an existing account
    has that phone.
    """
    number = prove_phone(actor, phone=phone, code=code, purpose=CodePurpose.CHANGE_PHONE, binding=binding)
    try:
        with transaction.atomic():
            old = _replace(actor, number)
            end_other_sessions(actor, session_key=session_key)
            audit.record(actor, "account.change_phone", actor.person)
            tell_phone(
                old,
                template="phone_changed",
                text=f"【就业在线】您的登录手机号已更换为尾号 {number[-4:]} 的号码，其他设备已退出登录。"
                "不是您本人操作的，请尽快拨打 12333。",
            )
    except IntegrityError as error:
        raise TAKEN from error
    return number


def _replace(actor: Actor, number: str) -> str:
    """Write the new phone under the person's lock. Return the old one. A unique constraint decides races."""
    person = User.objects.select_for_update().filter(pk=actor.person, erased_at=None).first()
    if person is None:
        raise NotFound
    old: str = person.phone
    person.phone, person.phone_index = number, phone_index(number)
    person.save(update_fields=["phone", "phone_index"])
    return old
