"""Words of photographed licences, recognised after the file was opened, where the installation has the extra for it.

Only documents that bear a credit code are read, never a picture of the handler.
"""

from uuid import UUID

import orjson
from django.db import transaction
from procrastinate.contrib.django import app as queue

from jiuye.domains.qualifications.models import Material
from jiuye.domains.qualifications.requirements import REQUIREMENTS
from jiuye.domains.qualifications.states import MaterialState
from jiuye.kernel import audit, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.ports import inspection

READING_TASK = "read_picture_of_material"
_PICTURES = ("jpeg", "png", "heic")
_WITH_CODES = {
    one.kind
    for each in REQUIREMENTS.values()
    for one in each
    if any(f.suggested_by == "credit_code" for f in one.fields)
}


def defer_reading(material: Material) -> None:
    """Have the words of a photographed licence recognised, one picture at a time; nothing without the extra."""
    if material.format in _PICTURES and material.item.kind in _WITH_CODES and inspection.get().reads_pictures:
        queue.configure_task(READING_TASK, queue="recognition", lock="recognition").defer(material_id=str(material.id))


def read_picture(actor: Actor, *, material_id: UUID) -> None:
    """Add what can be recognised in a photographed licence to its suggestions. For the worker: takes seconds, outside any
    transaction. Idempotent.

    Raises `InspectionUnavailable` for a retry.
    """
    material = Material.objects.filter(pk=material_id, state=MaterialState.READY).first()
    if material is None or not material.page_keys:
        return
    try:
        found = inspection.get().read_picture(sealed_files.read(material.page_keys[0]))
    except NotFound:  # erased meanwhile
        return
    if not found:
        return
    with transaction.atomic():
        locked = Material.objects.select_for_update().filter(pk=material_id, state=MaterialState.READY).first()
        if locked is None or not locked.findings:
            return
        findings = orjson.loads(locked.findings)
        read = [{"name": one.name, "value": one.value, "source": one.source} for one in found]
        present = findings.setdefault("suggestions", [])
        present += [one for one in read if one not in present]
        locked.findings = orjson.dumps(findings).decode()
        locked.save(update_fields=["findings"])
        audit.record(actor, "qualification.read_picture", locked.item.case_id, material=material_id)
