"""Answers of the operations on postings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from jiuye.api.v1 import ministry_names, schemas
from jiuye.changes.bodies import job_members
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.actions import StoredPosting
from jiuye.domains.jobs.queries import ListRow, PortalPosting, SameJob
from jiuye.domains.jobs.screening import Finding
from jiuye.domains.jobs.states import CLOSING_LABELS, POSTING_LABELS
from jiuye.kernel.actor import Actor

_STATES = "、".join(f"{state} {label}" for state, label in POSTING_LABELS.items())
_REASONS = "、".join(f"{reason} {label}" for reason, label in CLOSING_LABELS.items())
_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
_WARNING = "另有 {number} 个职介发布了同一个职位，求职者会看到它们排在一起。"


class OwnJobItem(Schema):
    """One of the agency's postings in a list."""

    id: UUID
    external_id: str
    url: str = Field(description="公开的职位页；发布后才能看到。")
    title: str
    employer: str
    employer_id: UUID | None
    region: str
    place: str
    pay: str
    state: str = Field(description=_STATES)
    state_name: str
    closing_reason: str = Field(description=f"不再招聘的原因：{_REASONS}；其他情况为空。")
    version: int
    headcount: int | None
    valid_through: date | None
    confirmed_at: datetime | None
    updated_at: datetime
    missing: list[str] = Field(description="还缺少的法定要素的名称。")
    actions: list[str] = Field(description="现在可以做的操作。")
    hidden: bool = Field(description="用人单位正在接受处置，暂不展示。")


class OwnJobPage(Schema):
    """A page of the agency's postings, last changed first."""

    items: list[OwnJobItem]
    next_cursor: str = Field(description="最后一页为空。")


class Missing(Schema):
    """A legal element that a posting lacks."""

    field: str
    message: str
    legal_basis: str


class ScreeningFinding(Schema):
    """Words that the screening found."""

    field: str
    words: str
    rule: str
    verdict: str = Field(description="stop 不能发布，review 要由审核员先看。")
    message: str
    legal_basis: str


class SameJobPosting(Schema):
    """A posting of the same job by another agency."""

    id: UUID
    url: str
    agency_id: UUID
    agency_name: str


class SameJobCluster(Schema):
    """The postings that are the same job: same employer, place and title."""

    cluster: str
    members: int = Field(description="包括这个职位。")
    postings: list[SameJobPosting] = Field(description="其他职介的在招职位，最多 20 个。")


class Warned(Schema):
    """What deserves attention, though it was written."""

    code: str
    message: str


class OwnJob(schemas.Job):
    """One of the agency's postings: all its content, its state, and what it lacks."""

    external_id: str
    employer_id: UUID | None
    state: str = Field(description=_STATES)
    state_name: str
    version: int = Field(description="每次修改加一；写入时放在 If-Match 里，防止覆盖别人的修改。")
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    closing_reason: str = Field(description=f"不再招聘的原因：{_REASONS}；其他情况为空。")
    hired_here: int | None
    hired_elsewhere: int | None
    review_note: str = Field(description="审核员驳回或封禁的原因。")
    hidden: bool = Field(description="用人单位正在接受处置，暂不展示。")
    missing: list[Missing]
    findings: list[ScreeningFinding]
    actions: list[str] = Field(description="现在可以做的操作。")
    same_job: SameJobCluster | None


class JobResult(Schema):
    """What happened to a posting that was written."""

    id: UUID | None
    external_id: str
    url: str
    result: Literal["created", "updated", "unchanged", "rejected", "conflict"]
    state: str = Field(description=_STATES)
    version: int
    missing: list[Missing] = Field(description="还缺少的法定要素；补齐后才能发布。")
    findings: list[ScreeningFinding]
    same_job: SameJobCluster | None
    warnings: list[Warned]


def found(posting: PortalPosting, actor: Actor) -> dict[str, Any]:
    """Return a posting as `OwnJob`. One query."""
    content = posting.content
    job = (content.employer_id, content.region or None, content.title)
    same = ("version", "state", "created_at", "updated_at", "closed_at", "closing_reason", "hired_here",
            "hired_elsewhere", "review_note")  # fmt: skip
    return {
        **job_members(posting.detail),
        **{name: getattr(posting, name) for name in same},
        "external_id": content.external_code,
        "employer_id": content.employer_id,
        "state_name": posting.state_label,
        "hidden": posting.is_hidden,
        "missing": [{"field": one.field, "message": one.advice, "legal_basis": one.source} for one in posting.missing],
        "findings": [_finding(one) for one in posting.findings],
        "actions": sorted(posting.may),
        "same_job": _same_job(_same_jobs(actor, [job]).get(job)),
    }


def item(row: ListRow) -> dict[str, Any]:
    """Return a row of the list as `OwnJobItem`."""
    same = ("id", "title", "employer", "employer_id", "place", "pay", "state", "closing_reason", "version", "headcount",
            "valid_through", "confirmed_at", "updated_at")  # fmt: skip
    return {name: getattr(row, name) for name in same} | {
        "external_id": row.external_code,
        "url": f"/jobs/{row.id}",
        "region": row.region_code,
        "state_name": row.state_label,
        "missing": list(row.lacks),
        "actions": sorted(row.may),
        "hidden": row.is_hidden,
    }


def results(actor: Actor, stored: Sequence[StoredPosting]) -> list[dict[str, Any]]:
    """Return what happened as `JobResult`s. At most one query."""
    written = [one.cluster for one in stored if one.result in ("created", "updated", "unchanged")]
    clusters = _same_jobs(actor, written)
    return [_result(one, clusters.get(one.cluster)) for one in stored]


def answer(
    body: Mapping[str, Any] | list[Any], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Return an answer for the client alone."""
    return HttpResponse(
        orjson.dumps(body, option=_OPTIONS),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def one(
    request: HttpRequest, actor: Actor, posting_id: UUID, *, status: int = 200, names: ministry_names.Names = ""
) -> HttpResponse:
    """Answer with one of the agency's postings as it is now."""
    posting = jobs.get_for(actor, posting_id)
    headers = tagged(posting.version) | ({"Location": location(posting_id)} if status == 201 else {})
    return answer(ministry_names.added(found(posting, actor), names), status=status, headers=headers)


def tagged(version: int) -> dict[str, str]:
    """Return the header that states a posting's version."""
    return {"ETag": f'"{version}"'}


def location(posting_id: UUID) -> str:
    """Return the address of one of the agency's postings."""
    return f"/api/v1/agency/jobs/{posting_id}"


def _result(one: StoredPosting, same: SameJob | None) -> dict[str, Any]:
    others = len(same.others) if same else 0
    warning = {"code": "same_job", "message": _WARNING.format(number=others)}
    return {
        "id": one.posting_id,
        "external_id": one.external_code,
        "url": f"/jobs/{one.posting_id}" if one.posting_id else "",
        "result": one.result,
        "state": one.state,
        "version": one.version,
        "missing": [
            {"field": fault.field, "message": fault.message, "legal_basis": fault.legal_basis} for fault in one.missing
        ],
        "findings": [_finding(finding) for finding in one.findings],
        "same_job": _same_job(same),
        "warnings": [warning] if others else [],
    }


def _finding(one: Finding) -> dict[str, str]:
    return {
        "field": one.field, "words": one.words, "rule": one.rule, "verdict": one.verdict, "message": one.message,
        "legal_basis": one.basis,
    }  # fmt: skip


def _same_jobs(
    actor: Actor, asked: Sequence[tuple[UUID | None, str | None, str]]
) -> dict[tuple[UUID | None, str | None, str], SameJob]:
    return jobs.same_jobs(asked, apart_from=actor.organisation_id) if actor.organisation_id else {}


def _same_job(same: SameJob | None) -> dict[str, Any] | None:
    if same is None:
        return None
    return {
        "cluster": same.cluster,
        "members": same.members,
        "postings": [
            {"id": posting_id, "url": f"/jobs/{posting_id}", "agency_id": agency_id, "agency_name": name}
            for posting_id, agency_id, name in same.others
        ],
    }
