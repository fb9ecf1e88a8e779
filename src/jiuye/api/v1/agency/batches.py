"""Many postings at once, with a result for each in order."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field, ValidationError

from jiuye.api.access import actor_of, client
from jiuye.api.faults import Item, of_faults, of_validation
from jiuye.api.languages import in_language
from jiuye.api.problems import FieldError
from jiuye.api.signatures import JSON, Signature
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import job_answers
from jiuye.api.v1.agency.job_answers import JobResult
from jiuye.api.v1.agency.job_bodies import JobBatch, JobBody, SeveralJobs, as_members, stated
from jiuye.api.v1.agency.jobs import EXAMPLE
from jiuye.domains.clients.states import Scope
from jiuye.domains.jobs import actions
from jiuye.domains.jobs.actions import StatedPosting
from jiuye.kernel.access import access

router = Router(tags=["agency-batches"])
LARGEST_BATCH = 8 * 1024 * 1024
_BODY = Signature(content_types=(JSON,), body=JobBody)
_EXTRA: dict[str, Any] = {
    "x-max-bytes": LARGEST_BATCH,
    "requestBody": {"content": {"application/json": {"example": {"items": [EXAMPLE]}}}},
}


class BatchResult(JobResult):
    """What happened to one item."""

    index: int = Field(description="在 items 里的位置，从 0 起。")
    errors: list[FieldError] = Field(description="没有写入的原因；pointer 从请求体的根开始，如 /items/3/headcount。")


class BatchResults(Schema):
    """What happened to each item, in the order of the request."""

    results: list[BatchResult]
    created: int
    updated: int
    unchanged: int
    rejected: int
    conflict: int


class ChangeResult(Schema):
    """What happened to one posting."""

    id: UUID
    done: bool
    state: str
    message: str = Field(description="没有改的原因；成功时为空。")


class ChangeResults(Schema):
    """What happened to each posting, in the order of the request."""

    results: list[ChangeResult]


@router.post(
    "/agency/jobs:batch",
    summary="批量写入职位",
    description="有编号的按编号新建或更新，没有的按内容辨认；同一批里编号重复的，后一项是 conflict。每项各自处理，"
    "结果按原来的次序给出：全部写入回答 200，有没写入的回答 207。请求体最大 8 MB。",
    operation_id="batchAgencyJobs",
    response={200: BatchResults, 207: BatchResults, **refusals.OF_WRITES},
    openapi_extra=_EXTRA,
)
@access(client(Scope.JOBS_WRITE))
def batch_agency_jobs(request: HttpRequest, batch: JobBatch) -> HttpResponse:
    """Create or update up to 1,000 postings."""
    return _answer(request, batch.items, dry_run=False)


@router.post(
    "/agency/jobs:validate",
    summary="只检查职位",
    description="与批量写入一样检查，给出每项会怎样、全部问题和修改办法，什么也不写。",
    operation_id="validateAgencyJobs",
    response={200: BatchResults, **refusals.OF_WRITES},
    openapi_extra=_EXTRA,
)
@access(client(Scope.JOBS_WRITE))
def validate_agency_jobs(request: HttpRequest, batch: JobBatch) -> HttpResponse:
    """Check up to 1,000 postings and write nothing."""
    return _answer(request, batch.items, dry_run=True)


@router.post(
    "/agency/jobs:change",
    summary="批量发布、下架或确认",
    description="最多 200 个职位；每个各自处理：全部完成回答 200，有没完成的回答 207。",
    operation_id="changeAgencyJobs",
    response={200: ChangeResults, 207: ChangeResults, **refusals.OF_WRITES},
)
@access(client(Scope.JOBS_WRITE))
def change_agency_jobs(request: HttpRequest, several: SeveralJobs) -> HttpResponse:
    """Publish, withdraw or confirm several postings."""
    actor, ids = actor_of(request), several.ids
    if several.change == "publish":
        outcomes = actions.publish_several(actor, posting_ids=ids, valid_through=several.valid_through)
    elif several.change == "withdraw":
        outcomes = actions.withdraw_several(actor, posting_ids=ids)
    else:
        outcomes = actions.confirm_several(actor, posting_ids=ids)
    results = [
        {"id": one.posting_id, "done": one.done, "state": one.state, "message": in_language(request, one.message)}
        for one in outcomes
    ]
    return job_answers.answer({"results": results}, status=200 if all(one.done for one in outcomes) else 207)


def _answer(request: HttpRequest, items: Sequence[Any], *, dry_run: bool) -> HttpResponse:
    actor = actor_of(request)
    read = [_read(item, f"/items/{index}") for index, item in enumerate(items)]
    good = [one for one in read if isinstance(one, StatedPosting)]
    stored = iter(actions.write_postings(actor, stated=good, dry_run=dry_run)) if good else iter(())
    ordered = [next(stored) if isinstance(one, StatedPosting) else one for one in read]
    told = iter(job_answers.results(actor, [one for one in ordered if not isinstance(one, list)]))
    results: list[dict[str, Any]] = []
    for index, one in enumerate(ordered):
        if isinstance(one, list):
            result, errors = {**_REFUSED, "external_id": _number(items[index])}, one
        else:
            result = next(told)
            errors = of_faults(as_members(list(one.faults)), _BODY, at=f"/items/{index}") if one.faults else []
        results.append({"index": index, **result, "errors": _in_language(request, errors)})
    counts = {name: sum(one["result"] == name for one in results) for name in _COUNTED}
    is_mixed = not dry_run and counts["rejected"] + counts["conflict"] > 0
    return job_answers.answer({"results": results, **counts}, status=207 if is_mixed else 200)


_COUNTED = ("created", "updated", "unchanged", "rejected", "conflict")
_REFUSED: Mapping[str, Any] = {
    "id": None, "url": "", "result": "rejected", "state": "", "version": 0, "missing": [], "findings": [],
    "same_job": None, "warnings": [],
}  # fmt: skip


def _read(item: Any, at: str) -> StatedPosting | list[Item]:
    """Return what an item states, or all that is wrong with it: also with the members that can be read."""
    try:
        return stated(JobBody.model_validate(item))
    except ValidationError as error:
        faults = of_validation([_within_body(one) for one in error.errors()], _BODY, item)
    errors = [_moved(fault, at) for fault in faults]
    if not isinstance(item, dict):
        return errors
    wrong = {str(fault["pointer"]).split("/")[1] for fault in faults if fault["pointer"]}
    return errors + _further(item, wrong, at)


def _further(item: dict[str, Any], wrong: set[str], at: str) -> list[Item]:
    """Return what is wrong with the other members of an item whose members in `wrong` cannot be read."""
    rest = {name: value for name, value in item.items() if name not in wrong}
    try:
        body = JobBody.model_validate({"title": "职位", **rest})
    except ValidationError:
        return []
    faults = as_members(actions.faults_of(stated(body)))
    named = {_TOLD_AT.get(name, name) for name in wrong}
    return of_faults([fault for fault in faults if fault.field.split(".")[0] not in named], _BODY, at=at)


_TOLD_AT = {"pay_max": "pay_min", "experience_max": "experience_min", "employer_id": "employer"}
"""Members whose absence is told at another."""


def _within_body(error: Mapping[str, Any]) -> dict[str, Any]:
    return {**error, "loc": ("body", *error["loc"])}


def _moved(fault: Item, at: str) -> Item:
    """Return a fault of an item at its place in the request."""
    pointer = at + (fault["pointer"] or "")
    return {**fault, "pointer": pointer, "field": pointer[1:].replace("/", ".")}


def _in_language(request: HttpRequest, errors: Sequence[Item]) -> list[Item]:
    return [{**error, "message": in_language(request, error["message"])} for error in errors]


def _number(item: Any) -> str:
    """Return the number of an item that could not be read."""
    number = item.get("external_id") if isinstance(item, dict) else None
    return number[:64] if isinstance(number, str) else ""
