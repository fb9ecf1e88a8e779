"""Locking the actor's own open case for a change."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.models import OPEN_STATES, Case, Item
from jiuye.domains.qualifications.requirements import Applicant, Requirement, requirement
from jiuye.domains.qualifications.states import CASE_LABELS, CasePurpose, Verdict
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


def own_open_case(actor: Actor) -> Case:
    """Lock and return the open case of the actor's own organisation. Call it in a transaction. Raises `NotFound`."""
    mine = Case.objects.select_for_update().filter(organisation_id=policies.may_see(actor), state__in=OPEN_STATES)
    case = mine.exclude(purpose=CasePurpose.COMPLAINT).order_by("-opened_at", "id").first()
    if case is None:
        raise NotFound("没有正在办理的资质审核。")
    return case


@contextmanager
def changing_item(actor: Actor, kind: str) -> Iterator[tuple[Case, Item, Requirement]]:
    """Lock case and item of the actor's organisation, check that they may be changed, and save both at the end.

    Raises `NotFound`, `Denied`, and `Refused` for submitted cases and accepted items.
    """
    policies.may_apply(actor)
    with transaction.atomic():
        case = own_open_case(actor)
        item = Item.objects.select_for_update().filter(case=case, kind=kind).first()
        wanted = requirement(applicant(case), kind)
        if item is None or wanted is None:
            raise NotFound
        refuse_closed(case, item)
        yield case, item, wanted
        item.updated_at = clock.now()
        item.save(update_fields=["way", "facts", "is_complete", "confirmed_at", "updated_at"])
        case.version += 1
        case.save(update_fields=["version"])


def refuse_closed(case: Case, item: Item) -> None:
    """Raises `Refused` if an item may not be changed now."""
    if policies.is_open_to_change(case, item):
        return
    if case.state in policies.EDITABLE and item.verdict == Verdict.ACCEPTED:
        raise Refused("这一项已经通过，不需要再改。", code="item_accepted")
    raise Refused(f"现在的状态是“{CASE_LABELS[case.state]}”，不能修改。需要修改的，请先撤回。", code="case_closed")


def applicant(case: Case) -> Applicant:
    """Return the kind of applicant of a case, typed."""
    return case.applicant  # type: ignore[return-value]
