"""A real name by the authority, for staff who have not signed in with a card (网络招聘: accounts are real-named)."""

from django.db import transaction

from jiuye.domains.accounts.queries import places, real_name
from jiuye.domains.verification.actions.requests import Item, request, reset
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.identifiers import InvalidIdentifier, check_resident_id
from jiuye.kernel.text.tidying import tidy_line

LONGEST_NAME = 40


@transaction.atomic
def request_real_name(actor: Actor, *, name: str, id_number: str, has_consented: bool) -> None:
    """Ask the authority whether this name and resident ID number belong together; if so, they become the actor's real
    name.

    Raises `Invalid` for `name`, `id_number` and `consent`; `Refused` for people who have a real name, who work for no
    organisation (seekers get theirs from their card), and where a rule forbids another request now.
    """
    if real_name(actor) is not None:
        raise Refused("您已经实名，不需要再次核验。", code="already_named")
    if not places(actor):
        raise Refused("求职者请用电子社保卡登录一次来完成实名。", code="not_staff")
    name, faults = tidy_line(name), {}
    if not 2 <= len(name) <= LONGEST_NAME:
        faults["name"] = f"请按身份证填写姓名，2 到 {LONGEST_NAME} 个字。"
    try:
        id_number = check_resident_id(id_number)
    except InvalidIdentifier as problem:
        faults["id_number"] = f"{problem}。"
    if faults:
        raise Invalid(faults)
    # A typing error can be corrected at once: three requests a day are limit enough.
    answered = VerificationCase.objects.filter(
        user_id=actor.person, subject_id=actor.person, superseded_at=None, state__in=["mismatched", "no_record"]
    )
    if has_consented and answered.exists():
        reset(actor, subject_ids=[actor.person])
    item = Item(CheckKind.IDENTITY, actor.person, {"name": name})
    request(actor, items=[item], name=name, id_number=id_number, has_consented=has_consented)
