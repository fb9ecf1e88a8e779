"""Re-authentication within a session (step-up): required to change the phone, hand out data or remove a factor."""

from uuid import UUID

from django.http import HttpRequest

from jiuye.domains.accounts import code_limits, sessions
from jiuye.domains.accounts.actions.codes import prove_phone, request_code
from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.queries.factors import has_second_factor
from jiuye.domains.accounts.states import CodePurpose
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


def request_confirmation(actor: Actor, *, binding: str) -> UUID:
    """Send a code to the actor's own phone. Raises `RateLimited`, and `Refused` for people with a second factor, who must use that."""
    _refuse_weaker(actor)
    me = code_limits.owner("person", str(actor.person))
    return request_code(actor, phone=_own_phone(actor), purpose=CodePurpose.CONFIRM, binding=binding, requester=me)


def confirm_by_code(actor: Actor, request: HttpRequest, *, code: str, binding: str) -> None:
    """Check the code: for `policies.CONFIRMATION_LASTS` the session counts as confirmed. Raises as `prove_phone`."""
    _refuse_weaker(actor)
    prove_phone(actor, phone=_own_phone(actor), code=code, purpose=CodePurpose.CONFIRM, binding=binding)
    sessions.note_confirmation(request)
    audit.record(actor, "account.confirm", actor.person)


def _refuse_weaker(actor: Actor) -> None:
    """Refuse SMS to people with a second factor: a stolen phone must not remove the protection against stolen phones."""
    if has_second_factor(actor.person):
        raise Refused("您设置了两步验证，请用验证器、通行密钥或恢复码确认。", code="second_factor_wanted")


def _own_phone(actor: Actor) -> str:
    phone: str | None = User.objects.filter(pk=actor.person, erased_at=None).values_list("phone", flat=True).first()
    if not phone:
        raise NotFound
    return phone
