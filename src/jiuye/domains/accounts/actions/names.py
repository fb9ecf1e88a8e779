"""The name by which colleagues know a person."""

from django.db import transaction

from jiuye.domains.accounts.models import User
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid
from jiuye.kernel.text.tidying import tidy_line

LONGEST_NAME = 30


@transaction.atomic
def give_name(actor: Actor, *, name: str) -> None:
    """Store the person's name if their account has none; a name from the card stays. Raises `Invalid` (name)."""
    name = tidy_line(name)
    person = User.objects.select_for_update().get(pk=actor.person)
    if person.name:
        return
    if len(name) < 2:
        raise Invalid({"name": "请填写您的真实姓名，至少两个字。"})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": f"姓名最多 {LONGEST_NAME} 个字。"})
    person.name = name
    person.save(update_fields=["name"])
    audit.record(actor, "account.give_name", actor.person)
