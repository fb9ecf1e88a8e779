"""Files of items: taken in and sealed at once, opened by the worker, erased on schedule.

A file is stored before anything looks into it. The job that opens it commits with its row, so nothing is lost if a process
dies in between; `recheck_waiting` repeats what a lost job has left.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import IO, Any
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from procrastinate.contrib.django import app as queue

from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.actions.editing import changing_item, own_open_case, refuse_closed
from jiuye.domains.qualifications.actions.items import chosen_way, refresh_completeness
from jiuye.domains.qualifications.actions.recognition import defer_reading
from jiuye.domains.qualifications.models import Case, Item, Material
from jiuye.domains.qualifications.states import CasePurpose, ItemKind, MaterialState
from jiuye.kernel import audit, clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_line
from jiuye.kernel.uploads import Unacceptable
from jiuye.ports import inspection
from jiuye.ports.inspection import Format, Inspection

INSPECTION_TASK = "inspect_material"
FOLDER = "qualifications"
LOST_AFTER = timedelta(minutes=10)
UPLOADS = Limit(
    "materials",
    "上传资质材料",
    "每家机构",
    120,
    3600,
    "一小时内最多上传 {most} 份材料，请 {wait}后再传。已上传的都保存着。",
)
CONTENT_TYPES: dict[Format, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
}


def add_material(actor: Actor, *, kind: str, way: str, file: IO[bytes], name: str) -> UUID:
    """Seal a file of an item and have it opened. Return its id; for a file that is there already, the id of that one.

    Raises `Invalid` (files) for a file of another format, empty or too large, and for too many files, `RateLimited`; otherwise as
    `items.save_item`.
    """
    UPLOADS.hit(actor.organisation_id or actor.person)
    content = _accepted(file)
    found = inspection.format_of(content)
    if found is None:
        raise Invalid({"files": "请上传 JPG、PNG、HEIC 图片，或 PDF、OFD 文件。Word 文件请先另存为 PDF。"})
    digest = blind_index(hashlib.sha256(content).hexdigest(), "qualification-material")
    with changing_item(actor, kind) as (case, item, wanted):
        chosen = chosen_way(wanted, way)
        if not chosen.needs_file:
            raise Invalid({"files": "这种方式不用上传材料。"})
        present = list(item.materials.order_by("uploaded_at", "id"))
        known = next((one for one in present if one.digest == digest and one.state != MaterialState.REFUSED), None)
        if known:
            return known.id
        if len(present) >= wanted.most_files:
            raise Invalid({"files": f"最多 {wanted.most_files} 个文件，请先删除不需要的。"})
        item.way, item.confirmed_at, item.is_complete = chosen.code, None, False
        material = Material.objects.create(
            item=item,
            key=sealed_files.save(FOLDER, content, CONTENT_TYPES[found]),
            name=tidy_line(name)[-120:] or "材料",
            format=found,
            size=len(content),
            digest=digest,
            uploaded_by_id=actor.person,
            uploaded_at=clock.now(),
        )
        audit.record(actor, "qualification.add_material", case.id, item=kind, material=material.id)
        _defer_inspection(material.id)
    return material.id


def _accepted(file: IO[bytes]) -> bytes:
    content = file.read(inspection.MOST_BYTES + 1)
    if not content:
        raise Invalid({"files": "这个文件是空的，请重新选择。"})
    if len(content) > inspection.MOST_BYTES:
        most = inspection.MOST_BYTES // 1024 // 1024
        raise Invalid({"files": f"文件超过 {most} MB。照片请用手机的普通画质重拍，PDF 请另存为较小的文件。"})
    return content


@transaction.atomic
def delete_material(actor: Actor, *, material_id: UUID) -> bool:
    """Delete a file from an item that may be changed. Return whether there was one: if not, nothing changes. Raises `Denied`,
    `NotFound`, `Refused`.
    """
    policies.may_apply(actor)
    case = own_open_case(actor)
    material = Material.objects.filter(pk=material_id, item__case=case).select_related("item").first()
    if material is None:
        return False
    item = Item.objects.select_for_update().get(pk=material.item_id)
    refuse_closed(case, item)
    sealed_files.delete(*material.page_keys)
    material.delete()
    refresh_completeness(item)
    item.updated_at = clock.now()
    item.save(update_fields=["is_complete", "updated_at"])
    case.version += 1
    case.save(update_fields=["version"])
    audit.record(actor, "qualification.delete_material", case.id, item=item.kind, material=material_id)
    return True


def inspect_material(actor: Actor, *, material_id: UUID) -> None:
    """Open a file and note what it is. For the worker: takes seconds, outside any transaction. Idempotent.

    Raises `InspectionUnavailable` for a retry.
    """
    material = Material.objects.filter(pk=material_id, state=MaterialState.CHECKING).first()
    if material is None:
        return
    try:
        content = sealed_files.read(material.key)
        found = inspection.get().inspect(content, name=material.name)
    except Unacceptable as problem:
        _refuse(actor, material_id, problem.message)
    except NotFound:
        _refuse(actor, material_id, "这个文件没有存好，请重新上传。")
    else:
        _accept(actor, material_id, found, is_changed=found.clean.content != content)


@transaction.atomic
def _accept(actor: Actor, material_id: UUID, found: Inspection, *, is_changed: bool) -> None:
    material = _locked(material_id)
    if material is None:
        return
    if is_changed:
        sealed_files.delete(material.key)
        material.key = sealed_files.save(FOLDER, found.clean.content, found.clean.content_type)
    material.page_keys = [sealed_files.save(FOLDER, page.content, "image/jpeg") for page in found.pages]
    material.format, material.state = found.format, MaterialState.READY
    material.findings = orjson.dumps(_findings(found)).decode()
    material.save(update_fields=["key", "page_keys", "format", "state", "findings"])
    _settle(actor, material)
    defer_reading(material)


def _findings(found: Inspection) -> dict[str, Any]:
    return {
        "page_count": found.page_count,
        "undrawn": found.undrawn,
        "seal_pictures": [page.seal_pictures for page in found.pages],
        "suggestions": [{"name": one.name, "value": one.value, "source": one.source} for one in found.suggestions],
        "seals": [asdict(one) for one in found.seals],
    }


@transaction.atomic
def _refuse(actor: Actor, material_id: UUID, problem: str) -> None:
    """Note why a file cannot be used, and delete it."""
    material = _locked(material_id)
    if material is None:
        return
    sealed_files.delete(material.key)
    material.key, material.state, material.problem = "", MaterialState.REFUSED, problem[:300]
    material.save(update_fields=["key", "state", "problem"])
    _settle(actor, material)


def _locked(material_id: UUID) -> Material | None:
    """Lock a file's case and item, as editing does, then the file; None if it was deleted or opened meanwhile."""
    ids = Material.objects.filter(pk=material_id).values_list("item_id", "item__case_id").first()
    if ids is None:
        return None
    Case.objects.select_for_update().get(pk=ids[1])
    Item.objects.select_for_update().get(pk=ids[0])
    waiting = Material.objects.select_for_update().filter(pk=material_id, state=MaterialState.CHECKING)
    return waiting.first()


def _settle(actor: Actor, material: Material) -> None:
    item = Item.objects.select_related("case").get(pk=material.item_id)
    refresh_completeness(item)
    item.save(update_fields=["is_complete"])
    audit.record(actor, "qualification.check_material", item.case_id, material=material.id, state=str(material.state))


def recheck_waiting(actor: Actor) -> int:
    """Have files opened whose job was lost. Return the number."""
    lost = Material.objects.filter(state=MaterialState.CHECKING, uploaded_at__lt=clock.now() - LOST_AFTER)
    ids = list(lost.order_by("uploaded_at", "id").values_list("id", flat=True)[:100])
    for material_id in ids:
        _defer_inspection(material_id)
    return len(ids)


def _defer_inspection(material_id: UUID) -> None:
    queue.configure_task(INSPECTION_TASK, queue="documents", lock=f"material:{material_id}").defer(
        material_id=str(material_id)
    )


def erase_due(actor: Actor) -> int:
    """Erase files whose time is over: pictures of the handler `policies.IDENTITY_KEPT` after the decision, the others
    `policies.MATERIALS_KEPT` after another case took the place of theirs, all of a case that was submitted once and left
    unfinished for `policies.UNFINISHED_KEPT`. Return the number.
    """
    moment = clock.now()
    unfinished = Material.objects.filter(
        erased_at=None,
        item__case__state__in=policies.EDITABLE,
        item__case__submissions__gt=0,
        item__updated_at__lt=moment - policies.UNFINISHED_KEPT,
        uploaded_at__lt=moment - policies.UNFINISHED_KEPT,
    )
    kept = Material.objects.filter(erased_at=None, item__case__state__in=["approved", "reversed"])
    is_identity = Q(item__kind=ItemKind.HANDLER_IDENTITY, item__case__decided_at__lt=moment - policies.IDENTITY_KEPT)
    later = Case.objects.filter(
        qualification=OuterRef("item__case__qualification"),
        state="approved",
        decided_at__gt=OuterRef("item__case__decided_at"),
        decided_at__lt=moment - policies.MATERIALS_KEPT,
    ).exclude(purpose=CasePurpose.COMPLAINT)
    due = kept.filter(is_identity | Exists(later)).select_related("item__case").order_by("id")
    return _erase(actor, due) + _erase(actor, unfinished.select_related("item__case").order_by("id"), is_missed=True)


@transaction.atomic
def _erase(actor: Actor, materials: Iterable[Material], *, is_missed: bool = False) -> int:
    """Erase files. `is_missed`: their case is still open, so they must be sent again."""
    erased = 0
    for material in materials:
        sealed_files.delete(material.key, *material.page_keys)
        material.key, material.page_keys, material.findings, material.erased_at = "", [], "", clock.now()
        if is_missed:
            material.state, material.problem = MaterialState.REFUSED, "很久没有补正，文件已按期删除，请重新上传。"
        material.save(update_fields=["key", "page_keys", "findings", "erased_at", "state", "problem"])
        audit.record(actor, "qualification.erase_material", material.item.case_id, material=material.id)
        erased += 1
    return erased
