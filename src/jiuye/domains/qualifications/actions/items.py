"""The organisation fills in its items: facts typed from documents, the handler's proof, what still holds in a renewal."""

from collections.abc import Mapping

from jiuye.domains.accounts.queries import real_name
from jiuye.domains.organisations.models import Employer
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications.actions import machine_checks
from jiuye.domains.qualifications.actions.editing import changing_item
from jiuye.domains.qualifications.models import Item
from jiuye.domains.qualifications.queries.case_views import INSURANCE
from jiuye.domains.qualifications.queries.own import credit_code_of, missing_of
from jiuye.domains.qualifications.requirements import AUTHORITY, CARD, Requirement, Way
from jiuye.domains.qualifications.states import CasePurpose, ItemKind
from jiuye.domains.verification import actions as verification
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused


def save_item(actor: Actor, *, kind: str, way: str, values: Mapping[str, str]) -> dict[str, str]:
    """Save an item of the actor's open case as a draft, and ask the registers about it when it is complete.

    Values that may be stored are stored, even if others may not. Return what is missing or wrong, by field. Raises
    `NotFound`, `Denied`, and `Refused` for submitted cases and accepted items.
    """
    with changing_item(actor, kind) as (case, item, wanted):
        before = item.facts
        chosen = chosen_way(wanted, way)
        checked = typed.check(wanted, values, credit_code=credit_code_of(case))
        facts = checked.facts
        if kind == ItemKind.HANDLER_IDENTITY:
            facts |= {typed.PERSON: str(actor.person)}
        elif person := typed.read(before).get(typed.PERSON):
            facts |= {typed.PERSON: person}
        item.way, item.facts = chosen.code, typed.written(facts)
        if item.facts != before:
            item.confirmed_at = None
        lacking = missing_of(case, item) | checked.faults
        item.is_complete = not lacking
        audit.record(actor, "qualification.save_item", case.id, item=kind)
        machine_checks.check_item(case, item)
    return lacking


def prove_handler(actor: Actor) -> None:
    """Give the actor's real name as the proof of who handles the registration, instead of a picture.

    How the name was verified decides the way, so that auditors read how it was: of agencies only a card counts, because
    anybody can type another's name and number. Raises `Invalid` (way) for people without a real name or with one that
    does not count here, and as `save_item`.
    """
    named = real_name(actor)
    if named is None:
        raise Invalid({"way": "您还没有实名。请先用电子社保卡核验，再回到这里确认。"})
    with changing_item(actor, ItemKind.HANDLER_IDENTITY) as (case, item, wanted):
        proof = CARD if named.is_from_card else AUTHORITY
        if proof not in wanted.ways:
            raise Invalid({"way": "您的实名不是用电子社保卡办理的。请先用电子社保卡核验，或改为上传手持身份证照片。"})
        item.way = proof.code
        item.facts = typed.written({typed.PERSON: str(actor.person)})
        item.confirmed_at = None
        item.is_complete = not missing_of(case, item)
        audit.record(actor, "qualification.prove_handler", case.id)
        machine_checks.check_item(case, item)


def prove_employment(actor: Actor, *, has_consented: bool) -> None:
    """Ask the authority, with the actor's consent, whether they work for their organisation.

    Raises `Invalid` (consent), `Refused` for somebody without a real name and where a rule forbids another request now,
    and as `save_item`.
    """
    with changing_item(actor, ItemKind.EMPLOYMENT) as (case, item, wanted):
        employer = Employer.objects.get(pk=case.organisation_id)
        verification.request_employment(
            actor,
            organisation_id=employer.id,
            employer=employer.legal_name,
            credit_code=employer.credit_code or "",
            has_consented=has_consented,
        )
        item.way = chosen_way(wanted, INSURANCE).code
        item.facts = typed.written(typed.read(item.facts) | {typed.PERSON: str(actor.person)})
        item.confirmed_at = None
        item.is_complete = not missing_of(case, item)


def confirm_item(actor: Actor, *, kind: str) -> None:
    """In a renewal: confirm that an item still is as it was approved; no new file is needed.

    Raises `Refused` if its document has expired, outside renewals, and as `save_item`.
    """
    with changing_item(actor, kind) as (case, item, _):
        if case.purpose != CasePurpose.RENEWAL:
            raise Refused("首次审核请逐项填写。", code="not_a_renewal")
        if typed.has_expired(typed.read(item.facts), clock.today()):
            raise Refused("这份材料已过有效期，请换成有效的材料。", code="document_expired")
        item.confirmed_at = clock.now()
        lacking = missing_of(case, item)
        if lacking:
            raise Refused(next(iter(lacking.values())), code="item_incomplete")
        item.is_complete = True
        audit.record(actor, "qualification.confirm_item", case.id, item=kind)
        machine_checks.check_item(case, item)


def chosen_way(wanted: Requirement, code: str) -> Way:
    """Return one of the item's ways. Raises `Invalid` for an unknown one."""
    found = next((one for one in wanted.ways if one.code == code), None)
    if found is None:
        raise Invalid({"way": "请选择一种证明方式。"})
    return found


def refresh_completeness(item: Item) -> None:
    """Note whether an item is complete, after one of its files changed. The caller saves it."""
    item.is_complete = not missing_of(item.case, item)
