"""Requesting verification of a resume's items."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.queries import legal_person
from jiuye.domains.resumes.actions.changes import lock
from jiuye.domains.resumes.checkable import CHECKS, claims_of, identity_claims
from jiuye.domains.resumes.queries.checks import checks
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused


@transaction.atomic
def request_checks(actor: Actor, *, subject_ids: Collection[UUID], has_consented: bool) -> int:
    """Request verification of these items of the actor's resume (the person's id for the identity). Return how many.

    Raises `Invalid` for `items` or `consent`, `Refused` for somebody without a real name and where a rule forbids it
    now, `NotFound` for an item that is not on the resume.
    """
    # Under the resume's lock, so that the items sent are those stored; a concurrent edit comes before or after.
    lock(actor)
    view = load_view(actor.person)
    known = checks(actor, view).items
    if not subject_ids:
        raise Invalid({"items": "请至少选择一项要核验的内容。"})
    if not set(subject_ids) <= set(known):
        raise NotFound("这一条内容不存在，可能已被删除。")
    legal = legal_person(actor.person)
    if legal is None:
        raise Refused("核验需要先完成实名，请先按页面上的说明完成实名。", code="no_real_name")
    entries = {entry.id: entry for section in CHECKS for entry in view.section(section)}
    items = []
    for one in (known[subject] for subject in known if subject in set(subject_ids)):
        if one.obstacle:
            raise Refused(f"“{one.title}”：{one.obstacle}", code="not_checkable")
        claims = (
            identity_claims(view.name)
            if one.kind == CheckKind.IDENTITY
            else claims_of(one.kind, entries[one.subject_id])
        )
        items.append(verification.Item(one.kind, one.subject_id, claims))
    verification.request(actor, items=items, name=legal.name, id_number=legal.id_number, has_consented=has_consented)
    return len(items)
