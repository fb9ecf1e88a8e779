"""Pages of materials, for the auditor and for the organisation that handed them in."""

from uuid import UUID

from jiuye.domains.accounts.duties import require_auditor
from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.models import Material
from jiuye.kernel import sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound

DOCUMENTS = ("pdf", "ofd")
"""Formats that carry electronic seals, which a picture of the pages does not."""


def material_page(actor: Actor, material_id: UUID, page: int) -> bytes:
    """Return a page (from 0) of a material as a JPEG. Two queries. Raises `NotFound`, also for an erased one, and `Denied`.

    The look was recorded when the case's materials were opened (`actions.open_materials`).
    """
    require_auditor(actor)
    keys = Material.objects.filter(pk=material_id).values_list("page_keys", flat=True).first()
    if not keys or not 0 <= page < len(keys):
        raise NotFound
    return sealed_files.read(keys[page])


def own_material_page(actor: Actor, material_id: UUID, page: int) -> bytes:
    """Return a page (from 0) of a file of the actor's own organisation as a JPEG. Two queries. Raises `NotFound`, `Denied`.

    The look was recorded when the file was opened (`actions.open_own_material`).
    """
    rows = Material.objects.filter(pk=material_id, item__case__organisation_id=policies.may_apply(actor))
    keys = rows.values_list("page_keys", flat=True).first()
    if not keys or not 0 <= page < len(keys):
        raise NotFound
    return sealed_files.read(keys[page])


def original(actor: Actor, case_id: UUID, material_id: UUID) -> tuple[str, str, bytes]:
    """Return name, format and content of an electronic document (PDF or OFD) of the case's organisation, as it was sent.

    For a check of its seals elsewhere. Photographs are shown as watermarked pages only. Two queries. Raises as
    `material_page`, `NotFound` also for a photograph.
    """
    require_auditor(actor)
    rows = Material.objects.filter(pk=material_id, item__case__qualification__cases=case_id, format__in=DOCUMENTS)
    row = rows.exclude(key="").first()
    if row is None:
        raise NotFound
    return row.name, row.format, sealed_files.read(row.key)
