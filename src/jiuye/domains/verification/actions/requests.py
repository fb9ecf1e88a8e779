"""Request verification, and reset results when the verified text changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson
from django.db import transaction
from procrastinate.contrib.django import app as queue

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.verification import policies
from jiuye.domains.verification.events import VerificationRequested
from jiuye.domains.verification.models import VerificationCase
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel import audit, clock, events, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused

ASKING_TASK = "ask_authority"


@dataclass(frozen=True, slots=True)
class Item:
    """An item to verify: `claims` as in `ports.authority.CheckRequest`; for an identity the `name` in question."""

    kind: CheckKind
    subject_id: UUID
    claims: Mapping[str, str] = field(repr=False)


@transaction.atomic
def request(actor: Actor, *, items: Sequence[Item], name: str, id_number: str, has_consented: bool) -> list[UUID]:
    """Request verification of the actor's items under one consent. Return the cases' ids.

    `name` and `id_number` select the records. The caller has checked that the items are the actor's. Nothing is sent
    here: a job that commits with the cases does that.

    Raises `Invalid` for `consent`, `Refused` naming the rule if one of the items, or so many, cannot be verified now.
    """
    if not has_consented:
        raise Invalid({"consent": "请先阅读并勾选同意，勾选后才会发出核验申请；不同意则不会发出任何信息。"})
    # One request at a time per person: the day's count and the current cases stay true until the rows are written.
    user = User.objects.select_for_update(no_key=True).filter(pk=actor.person, erased_at=None).first()
    if user is None:
        raise NotFound
    _refuse(user.pk, items)
    moment = clock.now()
    subjects = [item.subject_id for item in items]
    VerificationCase.objects.filter(user=user, subject_id__in=subjects, superseded_at=None).update(
        superseded_at=moment, person=""
    )
    consent = Consent.objects.create(
        user=user,
        kind=ConsentKind.VERIFICATION,
        scope={
            "recipients": [{"name": policies.RECIPIENT}],
            "purpose": policies.PURPOSE,
            "items": [{"kind": item.kind, "id": str(item.subject_id)} for item in items],
        },
        text_version=policies.CONSENT_TEXT_VERSION,
        given_at=moment,
    )
    cases = [
        VerificationCase(
            user=user,
            kind=item.kind,
            subject_id=item.subject_id,
            consent=consent,
            person=_person(item, name, id_number),
            claims=policies.written(item.claims),
            claims_digest=policies.digest(item.claims),
            asked_at=moment,
        )
        for item in items
    ]
    VerificationCase.objects.bulk_create(cases)
    for case in cases:
        events.publish(actor, VerificationRequested(case.id, user.pk, case.kind, case.subject_id))
        audit.record(actor, "verification.request", case.id, kind=case.kind, item=case.subject_id)
        if not worlds.is_test():  # the authority knows real people only
            queue.configure_task(ASKING_TASK, queue="authority").defer(case_id=str(case.id))
    return [case.id for case in cases]


def _person(item: Item, name: str, id_number: str) -> str:
    """Return the person whose records are read. An identity is verified under the stated name, right or wrong."""
    asked = item.claims["name"] if item.kind == CheckKind.IDENTITY else name
    return orjson.dumps({"name": asked, "id_number": id_number}).decode()


def _refuse(user_id: UUID, items: Sequence[Item]) -> None:
    """Raises `Refused` if a rule forbids one of the items now, or so many."""
    moment = clock.now()
    subjects = [item.subject_id for item in items]
    present = VerificationCase.objects.select_for_update().filter(subject_id__in=subjects, superseded_at=None)
    for case in present.order_by("id"):
        if reason := policies.why_not_again(case, moment):
            raise Refused(reason, code="not_again_yet")
    lately = list(
        VerificationCase.objects.filter(user_id=user_id, asked_at__gt=moment - policies.DAY)
        .order_by("id")
        .values_list("subject_id", flat=True)
    )
    if len(lately) + len(items) > policies.MOST_PER_PERSON_AND_DAY:
        left = max(0, policies.MOST_PER_PERSON_AND_DAY - len(lately))
        raise Refused(
            f"24 小时内最多核验 {policies.MOST_PER_PERSON_AND_DAY} 项，还可以核验 {left} 项，请明天再继续。",
            code="too_many_today",
        )
    if any(lately.count(subject) >= policies.MOST_PER_ITEM_AND_DAY for subject in subjects):
        raise Refused(
            f"同一项 24 小时内最多核验 {policies.MOST_PER_ITEM_AND_DAY} 次，请明天再试。", code="too_often_today"
        )


@transaction.atomic
def reset(actor: Actor, *, subject_ids: Collection[UUID]) -> int:
    """Reset the results of items that the actor changed or removed. Return the number reset.

    A later answer changes nothing. Runs within the transaction of the change.
    """
    count = VerificationCase.objects.filter(
        user_id=actor.person, subject_id__in=list(subject_ids), superseded_at=None
    ).update(superseded_at=clock.now(), person="")
    if count:
        audit.record(actor, "verification.reset", items=[str(subject) for subject in subject_ids])
    return count
