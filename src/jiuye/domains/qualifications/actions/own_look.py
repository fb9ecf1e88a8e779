"""An organisation's look at a file that it has handed in."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.models import Material
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


@transaction.atomic
def open_own_material(actor: Actor, *, material_id: UUID) -> int:
    """Record that an owner opens a file of their organisation (every look is recorded). Return the number of its pages.

    Raises `Denied`, `NotFound`, also for an erased file, and `Refused` while it has no pages to show.
    """
    organisation_id = policies.may_apply(actor)
    row = Material.objects.filter(pk=material_id, item__case__organisation_id=organisation_id, erased_at=None).first()
    if row is None:
        raise NotFound
    if not row.page_keys:
        raise Refused("这个文件还在检查，或没有可以显示的页面。稍后再看，或以您手上的原件为准。", code="no_pages")
    audit.record(actor, "qualification.look", material_id)
    return len(row.page_keys)
