"""Between upload and run: column mapping, defaults, and starting the import."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs.actions.imports.access import locked_batch
from jiuye.domains.jobs.events import ImportStarted
from jiuye.domains.jobs.models import ImportBatch, ImportMapping
from jiuye.domains.jobs.sheets.fields import BY_CODE, DEFAULTABLE
from jiuye.domains.jobs.sheets.mapping import signature
from jiuye.domains.jobs.sheets.parsed import Choices, ParsedPosting
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.rows import parse_row
from jiuye.domains.jobs.sheets.units import OFFERED, PAY_FIELDS
from jiuye.domains.jobs.states import ImportState
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import audit, clock, events, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused

_OPEN = (ImportState.UPLOADED, ImportState.MAPPED)


def set_mapping(
    actor: Actor,
    batch_id: UUID,
    *,
    mapping: Mapping[str, int],
    defaults: Mapping[str, str],
    publish: bool,
    choices: Choices = Choices(),  # noqa: B008 (frozen)
) -> None:
    """Set the column (from 0) of each field, the text for fields that a row leaves blank, and the choices for all rows.

    Raises NotFound, Refused once the import has started, and Invalid: fields `title` and others of the mapping by
    their codes, defaults as `default_<code>`, units as `unit_<code>`.
    """
    with transaction.atomic():
        batch = locked_batch(actor, batch_id)
        if batch.state == ImportState.READING:
            raise Refused("表格还在读取，请稍等片刻再确认各列。", code="still_reading")
        if batch.state not in _OPEN:
            raise Refused("这次导入已经开始，不能再改列的对应。如需改动，请重新上传文件。", code="import_started")
        defaults = {code: text.strip() for code, text in defaults.items() if text.strip()}
        units = {code: unit for code, unit in choices.units.items() if unit}
        _check(batch, mapping, defaults, units)
        batch.mapping, batch.defaults, batch.publish = dict(mapping), defaults, publish
        batch.choices = {**asdict(choices), "units": units}
        batch.state, batch.question, batch.remembered = ImportState.MAPPED, "", {}
        batch.save(update_fields=["mapping", "defaults", "choices", "publish", "state", "question", "remembered"])
        ImportMapping.objects.update_or_create(
            agency_id=batch.agency_id,
            signature=signature(batch.headers),
            defaults={
                "mapping": batch.mapping,
                "defaults": batch.defaults,
                "choices": batch.choices,
                "used_at": clock.now(),
            },
        )
        audit.record(actor, "import.map", batch.id, mapping=batch.mapping, publish=publish)


def start_import(actor: Actor, batch_id: UUID) -> None:
    """Hand a mapped sheet to the worker. Idempotent.

    Raises NotFound, and Refused if columns are not mapped, or if rows are to be published and the agency may not
    publish.
    """
    with transaction.atomic():
        batch = locked_batch(actor, batch_id)
        if batch.state in (ImportState.RUNNING, ImportState.DONE):
            return
        if batch.state != ImportState.MAPPED:
            raise Refused("请先确认每一列的含义，再开始导入。", code="not_mapped")
        standing = organisations.standing(batch.agency_id)
        if standing.is_suspended or (batch.publish and not standing.may_publish):
            raise Refused(standing.reason, code="may_not_publish")
        batch.state = ImportState.RUNNING
        batch.started_at = clock.now()
        sealed_files.delete(batch.upload_key)
        batch.upload_key = ""
        batch.save(update_fields=["state", "started_at", "upload_key"])
        events.publish(actor, ImportStarted(batch_id=batch.id))
        audit.record(actor, "import.start", batch.id, rows=batch.rows_total)


def _check(
    batch: ImportBatch, mapping: Mapping[str, int], defaults: Mapping[str, str], units: Mapping[str, str]
) -> None:
    faults: dict[str, str] = {}
    taken: dict[int, str] = {}
    for code, column in mapping.items():
        if code not in BY_CODE or not 0 <= column < len(batch.headers):
            faults[code] = "没有这一列，请重新选择"
        elif column in taken:
            faults[code] = f"这一列已经用作“{BY_CODE[taken[column]].label}”，一列只能有一个含义"
        else:
            taken[column] = code
    if "title" not in mapping:
        faults["title"] = "请选择哪一列是职位名称"
    for code in defaults.keys() - set(DEFAULTABLE):
        faults[f"default_{code}"] = "这一项不能统一填写，请在表格里逐行填写"
    for code, unit in units.items():
        if code not in PAY_FIELDS or unit not in OFFERED:
            faults[f"unit_{code}"] = "没有这个单位，请重新选择"
    # Defaults are parsed like a row: one that no row could use is refused here.
    parsed = parse_row(["职位"], {"title": 0}, defaults, reference_vocabulary(), clock.today())
    if isinstance(parsed, ParsedPosting):
        faults |= {f"default_{note.field}": note.message for note in parsed.notes if note.field in defaults}
    if faults:
        raise Invalid(faults)
