"""Sheets of postings: upload, columns, start, progress, and the rows that were not imported."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Query, Router, Schema, UploadedFile
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import job_answers
from jiuye.api.v1.agency.jobs import WRITES
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.clients.states import Scope
from jiuye.domains.jobs.actions import imports as actions
from jiuye.domains.jobs.queries import imports as queries
from jiuye.domains.jobs.states import IMPORT_LABELS
from jiuye.kernel.access import access
from jiuye.kernel.spreadsheets import CONTENT_TYPE as XLSX

router = Router(tags=["agency-imports"])
LARGEST_UPLOAD = 21 * 1024 * 1024
READS = client(Scope.JOBS_READ, names_member=True)
_EXPORT = client(Scope.JOBS_READ, names_member=True, is_export=True)
SHEET: Any = File(description="Excel（.xlsx、.xls）或 CSV，最大 20 MB、10 万行。")  # type: ignore[type-arg]
_WORKBOOK: dict[str, Any] = {
    "responses": {
        200: {"description": "OK", "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}},
    }
}  # fmt: skip
_STATES = "、".join(f"{state} {label}" for state, label in IMPORT_LABELS.items())


class SheetWorksheet(Schema):
    """A worksheet of the file. A CSV file has one without a name."""

    name: str
    is_read: bool
    header_row: int | None = Field(description="列名所在的行号；0 为没有列名，null 为没有找到。")
    size: str = Field(description="有多少行，或为什么没有读取。")


class SheetImport(Schema):
    """One import. created + updated + unchanged + rejected = done, which ends at total."""

    id: UUID
    filename: str
    state: str = Field(description=_STATES)
    state_name: str
    created_at: datetime
    finished_at: datetime | None
    total: int
    done: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    published: int
    publish: bool
    failure: str = Field(description="整个文件没能导入的原因。")
    worksheets: list[SheetWorksheet] = Field(description="文件里有内容的工作表；reading 时为空。")
    remarks: list[str] = Field(description="读取时略过了什么、哪些列名没有采用。")
    mapping: dict[str, int] = Field(description="字段 → 列号（从 0 起）。")
    defaults: dict[str, str] = Field(description="字段 → 空着的行统一填的内容。")


class SheetImportPage(Schema):
    """A page of imports, latest first."""

    items: list[SheetImport]
    next_cursor: str = Field(description="最后一页为空。")


class SheetColumn(Schema):
    """A column of the sheet."""

    index: int
    header: str
    samples: list[str]
    field: str = Field(description="对应的字段；空为不用。")
    asks_unit: bool = Field(description="如果是薪资列：列名和内容都没有写单位，要在 units 里说明。")
    unit: str = Field(description="已选的单位；空为没有选。")


class SheetField(Schema):
    """A field that a column can mean."""

    code: str
    name: str
    legal: bool = Field(description="发布必需的法定要素。")
    defaultable: bool = Field(description="可以给空着的行统一填写。")
    choices: list[str] = Field(description="只能写这些；空为不限。")


class PayUnitName(Schema):
    """A unit of a pay column."""

    code: str
    name: str


class SheetColumns(Schema):
    """The columns of the sheet as they are mapped, and the fields that there are."""

    columns: list[SheetColumn]
    fields: list[SheetField]
    units: list[PayUnitName] = Field(description="薪资列可以选的单位。")
    lacking: list[str] = Field(description="每一行都会缺少的法定要素；可以用 defaults 统一填写。")


class SheetRowPreview(Schema):
    """What the import would make of one posting of one of the sampled rows. Fields from `decision` on: docs/reading.md."""

    number: int
    outcome: str = Field(description="rejected 不能导入，draft 存为草稿，held 要审核，complete 完整。")
    title: str
    employer: str
    place: str
    pay: str
    education: str
    experience: str
    missing: list[str] = Field(description="缺少的法定要素，缺了就存为草稿。")
    faults: list[str] = Field(description="不能导入的原因。")
    result: str = Field(description="created 新增，updated 更新，unchanged 没有变化，rejected 不能导入。")
    decision: str = Field(description="publish 发布，draft 存为草稿，review 送审，rejected 不能导入。")
    notes: list[str] = Field(description="要请您知道的：没有读入的格子、拿不准的地方、为什么不发布。")
    region_code: str
    address: str
    pay_min: float | None = Field(description="按 pay_unit 计的元。")
    pay_max: float | None
    pay_unit: str | None = Field(description="month、day、hour；没有写薪资时为空。")
    pay_months: int | None
    experience_min: int | None
    experience_max: int | None
    education_code: str
    employment_type: str
    headcount: int | None
    valid_through: date | None
    industry: str
    occupation: str
    tags: list[str]


class SheetPreview(Schema):
    """How the first rows will be imported."""

    rows: list[SheetRowPreview]


class WorksheetChoice(StrictBody):
    """A worksheet to be imported."""

    name: str
    header_row: int | None = Field(
        None, ge=0, description="列名所在的行号；0 为没有列名，第一行就是职位；不给则自动判断。"
    )


class SheetWorksheets(StrictBody):
    """The worksheets to be imported together."""

    worksheets: list[WorksheetChoice] = Field(min_length=1)


class SheetMapping(StrictBody):
    """What the columns mean."""

    mapping: dict[str, int] = Field(description="字段 → 列号（从 0 起），title 必须有。")
    defaults: dict[str, str] = Field({}, description="字段 → 空着的行统一填的内容。")
    publish: bool = Field(description="要素齐全的行导入后就发布。")
    units: dict[str, str] = Field(
        {},
        description="列名和内容都没有写单位的薪资列（asks_unit）：字段 → 单位，如 thousand/month。不给则这些行存为草稿。",
    )
    split_places: bool = Field(False, description="一行写了几个工作地点时，每个地点一个职位；否则存为草稿。")
    whole_description: bool = Field(False, description="没有小标题的职位描述，整段同时作为工作内容和招聘条件。")


class RowReason(Schema):
    """Why a row was not imported."""

    field: str
    column: int | None
    message: str


class RejectedSheetRow(Schema):
    """A row that was not imported, as it was in the file."""

    number: int = Field(description="文件里的行号。")
    cells: list[str]
    reasons: list[RowReason]


class RejectedSheetRows(Schema):
    """A page of rows that were not imported, in the order of the file."""

    items: list[RejectedSheetRow]
    next_cursor: str = Field(description="最后一页为空。")


@router.post(
    "/agency/imports",
    summary="上传职位表",
    description="收下文件（state 为 reading），在后台读取，猜出各列的含义；state 变为 uploaded 后确认各列，再开始导入。",
    operation_id="uploadAgencySheet",
    response={201: SheetImport, **WRITES},
    openapi_extra={"x-max-bytes": LARGEST_UPLOAD},
)
@access(client(Scope.JOBS_WRITE))
def upload_agency_sheet(request: HttpRequest, file: UploadedFile = SHEET) -> HttpResponse:
    """Upload a sheet."""
    actor = actor_of(request)
    batch_id = actions.upload_sheet(actor, filename=file.name or "", content=file)
    headers = {"Location": f"/api/v1/agency/imports/{batch_id}"}
    return job_answers.answer(_import(queries.get_for(actor, batch_id)), status=201, headers=headers)


@router.get(
    "/agency/imports",
    summary="表格导入的记录",
    description="最近的在前。要代表能修改职位的成员读取。",
    operation_id="listAgencyImports",
    response={200: SheetImportPage, **refusals.OF_LISTS},
)
@access(READS)
def list_agency_imports(
    request: HttpRequest,
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
    size: int = Query(20, ge=1, le=100, description="每页条数。"),  # type: ignore[type-arg]
) -> HttpResponse:
    """The agency's imports."""
    page = queries.batches(actor_of(request), cursor=cursor, size=size)
    return job_answers.answer({"items": [_import(view) for view in page.items], "next_cursor": page.next_cursor})


@router.get(
    "/agency/imports/template.xlsx",
    summary="职位表模板",
    description="带下拉列表和示例的 Excel 文件。",
    operation_id="readImportTemplate",
    response={200: None, **refusals.OF_LISTS},
    openapi_extra=_WORKBOOK,
)
@access(READS)
def read_import_template(request: HttpRequest) -> HttpResponse:
    """Our template workbook."""
    return _download(*queries.template())


@router.get(
    "/agency/imports/{uuid:batch_id}",
    summary="一次导入的进度",
    description="state 为 reading 时还在读取；为 done 或 failed 时结束。",
    operation_id="readAgencyImport",
    response={200: SheetImport, **refusals.OF_READS},
)
@access(READS)
def read_agency_import(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """One import and how far it is."""
    return job_answers.answer(_import(queries.get_for(actor_of(request), batch_id)))


@router.get(
    "/agency/imports/{uuid:batch_id}/columns",
    summary="表格的列",
    description="各列的表头、几个内容和对应的字段，以及可以对应的全部字段。",
    operation_id="readAgencyImportColumns",
    response={200: SheetColumns, **refusals.OF_READS},
)
@access(READS)
def read_agency_import_columns(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The columns of a sheet."""
    actor = actor_of(request)
    columns = [
        {
            "index": one.index,
            "header": one.header,
            "samples": list(one.samples),
            "field": one.field,
            "asks_unit": one.asks_unit,
            "unit": one.unit,
        }
        for one in queries.columns(actor, batch_id)
    ]
    fields = [
        {
            "code": one.code, "name": one.label, "legal": one.legal, "defaultable": one.defaultable,
            "choices": queries.choices_of(one.code),
        }
        for one in queries.sheet_fields()
    ]  # fmt: skip
    units = [{"code": code, "name": name} for code, name in queries.units()]
    lacking = queries.unmapped_legal_labels(queries.get_for(actor, batch_id))
    return job_answers.answer({"columns": columns, "fields": fields, "units": units, "lacking": lacking})


@router.put(
    "/agency/imports/{uuid:batch_id}/worksheets",
    summary="选择工作表和列名所在的行",
    description="有几张工作表都像职位表时，默认一起导入。选得和读取时不同，会重新读取（state 为 reading）。",
    operation_id="chooseAgencyImportWorksheets",
    response={200: SheetImport, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def choose_agency_import_worksheets(request: HttpRequest, batch_id: UUID, worksheets: SheetWorksheets) -> HttpResponse:
    """Choose worksheets and headers."""
    actor = actor_of(request)
    chosen = {one.name: one.header_row for one in worksheets.worksheets}
    actions.choose_worksheets(actor, batch_id, chosen=chosen)
    return job_answers.answer(_import(queries.get_for(actor, batch_id)))


@router.put(
    "/agency/imports/{uuid:batch_id}/mapping",
    summary="确定各列的含义",
    description="开始导入之前可以反复修改；下次上传表头相同的文件时会记得。",
    operation_id="mapAgencyImport",
    response={200: SheetImport, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def map_agency_import(request: HttpRequest, batch_id: UUID, mapping: SheetMapping) -> HttpResponse:
    """Set what the columns mean."""
    actor = actor_of(request)
    actions.set_mapping(
        actor, batch_id, mapping=mapping.mapping, defaults=mapping.defaults, publish=mapping.publish,
        choices=queries.Choices(mapping.units, mapping.split_places, mapping.whole_description),
    )  # fmt: skip
    return job_answers.answer(_import(queries.get_for(actor, batch_id)))


@router.get(
    "/agency/imports/{uuid:batch_id}/preview",
    summary="预览前几行",
    description="按现在的对应，前几行会怎样导入。",
    operation_id="previewAgencyImport",
    response={200: SheetPreview, **refusals.OF_READS},
)
@access(READS)
def preview_agency_import(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """How the first rows will be imported."""
    rows = [_preview(one) for one in queries.preview(actor_of(request), batch_id).rows]
    return job_answers.answer({"rows": rows})


@router.post(
    "/agency/imports/{uuid:batch_id}/start",
    summary="开始导入",
    description="在后台进行；用 GET 看进度。重复调用没有害处。",
    operation_id="startAgencyImport",
    response={200: SheetImport, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def start_agency_import(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Hand the import to the worker."""
    actor = actor_of(request)
    actions.start_import(actor, batch_id)
    return job_answers.answer(_import(queries.get_for(actor, batch_id)))


@router.get(
    "/agency/imports/{uuid:batch_id}/errors",
    summary="没有导入的行",
    description="原来的内容和原因，按行号。",
    operation_id="listAgencyImportErrors",
    response={200: RejectedSheetRows, **refusals.OF_READS},
)
@access(READS)
def list_agency_import_errors(
    request: HttpRequest,
    batch_id: UUID,
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
    size: int = Query(100, ge=1, le=100, description="每页条数。"),  # type: ignore[type-arg]
) -> HttpResponse:
    """The rejected rows."""
    page = queries.rejections(actor_of(request), batch_id, cursor=cursor, size=size)
    items = [
        {
            "number": row.number, "cells": row.cells,
            "reasons": [{"field": one.field, "column": one.column, "message": one.message} for one in row.reasons],
        }
        for row in page.items
    ]  # fmt: skip
    return job_answers.answer({"items": items, "next_cursor": page.next_cursor})


@router.get(
    "/agency/imports/{uuid:batch_id}/errors.xlsx",
    summary="没有导入的行（Excel）",
    description="改好后可以直接再上传。没有这样的行时回答 404。",
    operation_id="readAgencyImportErrorWorkbook",
    response={200: None, **refusals.OF_READS},
    openapi_extra=_WORKBOOK,
)
@access(_EXPORT)
def read_agency_import_error_workbook(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The rejected rows as a workbook."""
    return _download(*queries.error_workbook(actor_of(request), batch_id))


def _import(view: queries.ImportView) -> dict[str, Any]:
    worksheets = [
        {"name": one.name, "is_read": one.is_read, "header_row": one.header_row, "size": one.size}
        for one in queries.worksheets(view)
    ]
    made = {"state_name": view.state_label, "worksheets": worksheets, "remarks": queries.remarks(view)}
    return {name: made[name] if name in made else getattr(view, name) for name in SheetImport.model_fields}


_FORMER = {"publish": "complete", "review": "held", "draft": "draft", "rejected": "rejected"}


def _preview(one: queries.ShownPosting) -> dict[str, Any]:
    told = queries.told(one)
    renamed = {"number": told.pop("row"), "decision": told.pop("outcome"), "region_code": told.pop("region")}
    shown = one.words
    return {
        **told, **renamed,
        "outcome": "complete" if one.outcome == "draft" and not one.missing else _FORMER[one.outcome],
        "result": one.result, "missing": list(one.missing),
        "faults": [note.message for note in one.notes] if one.outcome == "rejected" else [],
        "place": shown.place, "pay": shown.pay, "experience": shown.experience,
        "education": shown.education, "education_code": told["education"],
    }  # fmt: skip


def _download(name: str, content: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)
