"""Blocking and unblocking organisations (屏蔽)."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.states import OrganisationKind
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.resumes.events import BlocksChanged
from jiuye.domains.resumes.models import OrganisationBlock
from jiuye.domains.resumes.policies.visibility import MOST_BLOCKS, name_key
from jiuye.domains.resumes.queries.blocks import covering
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_line


def block(actor: Actor, *, kind: str, organisation_id: UUID) -> UUID:
    """Block an agency or employer. Return the block's id, or that of the existing block. Idempotent.

    Raises `NotFound` for no such organisation, `Refused` (code too_many_blocks) past `MOST_BLOCKS`.
    """
    found: Agency | Employer | None = None
    if kind == OrganisationKind.AGENCY:
        found = Agency.objects.filter(pk=organisation_id).first()
    elif kind == OrganisationKind.EMPLOYER:
        found = Employer.objects.filter(pk=organisation_id).first()
    if found is None:
        raise NotFound("没有找到这个单位或机构，它可能已被删除。")
    return _block(actor, kind, organisation_id, found.legal_name)


def block_by_name(actor: Actor, *, name: str) -> UUID:
    """Block every organisation with this name, such as the present employer in a resume, also one that joins later.

    Raises `Invalid` (name), `Refused` as `block` does.
    """
    tidied = tidy_line(name)
    if len(tidied) < 2 or len(tidied) > 100:
        raise Invalid({"name": "请填写单位的完整名称，2 到 100 个字。"})
    return _block(actor, OrganisationKind.EMPLOYER, None, tidied)


@transaction.atomic
def unblock(actor: Actor, *, block_id: UUID) -> str:
    """Remove a block. Return the organisation's name. Raises `NotFound` for a block of somebody else."""
    row = OrganisationBlock.objects.filter(pk=block_id, user_id=actor.person).first()
    if row is None:
        raise NotFound("没有找到这条屏蔽，可能已经解除了。")
    _remove(actor, row)
    return row.name


@transaction.atomic
def unblock_covering(actor: Actor, organisations: Mapping[UUID, str]) -> None:
    """Remove all of the actor's blocks that cover one of these organisations (id → name). Idempotent."""
    found = [one.id for one in covering(actor.person, organisations)]
    # Locked, so that two concurrent requests remove and record each block once.
    for row in OrganisationBlock.objects.select_for_update().filter(pk__in=found).order_by("pk"):
        _remove(actor, row)


def _remove(actor: Actor, row: OrganisationBlock) -> None:
    block_id = row.id
    row.delete()
    events.publish(actor, BlocksChanged(user_id=actor.person))
    audit.record(actor, "resume.unblock", block_id)


@transaction.atomic
def _block(actor: Actor, kind: str, organisation_id: UUID | None, name: str) -> UUID:
    # The lock on the person's row serialises concurrent requests, also for the limit.
    if not User.objects.select_for_update(of=("self",)).filter(pk=actor.person, erased_at=None).exists():
        raise NotFound
    mine = OrganisationBlock.objects.filter(user_id=actor.person)
    key = name_key(name)
    there = mine.filter(name_key=key).first()
    if there is not None:
        return there.id
    if mine.count() >= MOST_BLOCKS:
        raise Refused(f"最多屏蔽 {MOST_BLOCKS} 家，请先解除不再需要的屏蔽。", code="too_many_blocks")
    same = _bearing(key, name)
    fresh = OrganisationBlock.objects.create(
        user_id=actor.person,
        kind=kind,
        organisation_id=organisation_id or (same[0].id if len(same) == 1 else None),
        name=name,
        name_key=key,
        credit_codes=sorted({one.credit_code for one in same if one.credit_code}),
        created_at=clock.now(),
    )
    events.publish(actor, BlocksChanged(user_id=actor.person))
    audit.record(actor, "resume.block", fresh.id)
    return fresh.id


def _bearing(key: str, name: str) -> list[Agency | Employer]:
    """Return the organisations with this name: their credit codes are blocked under any other name, too."""
    found: list[Agency | Employer] = [*Employer.objects.filter(legal_name__iexact=name).order_by("id")]
    found += Agency.objects.filter(legal_name__iexact=name).order_by("id")
    return [one for one in found if name_key(one.legal_name) == key]
