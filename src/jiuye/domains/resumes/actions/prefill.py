"""Prefilling the resume's head from the card."""

from collections.abc import Collection

from django.db import transaction

from jiuye.domains.accounts.models import Consent
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.resumes.actions.basics import save_basics
from jiuye.domains.resumes.actions.changes import begin_change
from jiuye.domains.resumes.entries import Basics
from jiuye.domains.resumes.queries.prefill import prefill_offers
from jiuye.domains.resumes.states import VersionCause
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound

PREFILL_TEXT_VERSION = "2026-11"


@transaction.atomic
def prefill_from_card(actor: Actor, *, fields: Collection[str], has_consented: bool) -> list[str]:
    """Copy these fields from the actor's card to the resume's head. Return their labels.

    The consent names the fields (个人信息保护法 arts. 13–14). Fields that the card does not have are skipped. Raises
    `Invalid` for `consent`, `fields`, or values that the head does not accept, `NotFound` when no card is linked.
    """
    if not has_consented:
        raise Invalid({"consent": "请先勾选同意，勾选后才会填入；不同意则不会有任何改动。"})
    resume = begin_change(actor, VersionCause.PREFILL)
    offers = prefill_offers(actor)
    if offers is None:
        raise NotFound
    taken = {offer.field: offer for offer in offers if offer.field in fields and not offer.is_same}
    if not taken:
        raise Invalid({"fields": "请至少选择一项要填入的内容。"})
    values = {field: offer.value for field, offer in taken.items()}
    save_basics(
        actor,
        basics=Basics(
            name=values.get("name", resume.name or resume.user.name),
            phone=values.get("phone", resume.phone),
            email=resume.email,
            birth_year=int(values["birth_year"]) if "birth_year" in values else resume.birth_year,
            region=values.get("region", resume.region_id or ""),
            education=resume.education,
            experience_years=resume.experience_years,
            availability=resume.availability,
        ),
    )
    Consent.objects.create(
        user_id=actor.person,
        kind=ConsentKind.CARD_PREFILL,
        scope={"fields": sorted(taken)},
        text_version=PREFILL_TEXT_VERSION,
        given_at=clock.now(),
    )
    audit.record(actor, "resume.prefill", resume.id, fields=sorted(taken))
    return [offer.label for offer in taken.values()]
