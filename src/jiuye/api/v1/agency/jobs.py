"""The agency's own postings: read, create, update, delete."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from jiuye.api.access import actor_of, client
from jiuye.api.problems import Problem
from jiuye.api.v1 import ministry_names, refusals
from jiuye.api.v1.agency import job_answers
from jiuye.api.v1.agency.job_answers import JobResult, OwnJob, OwnJobPage
from jiuye.api.v1.agency.job_bodies import JobBody, JobPatch, as_members, content_of, naming_members, stated
from jiuye.api.v1.agency.preconditions import version_of
from jiuye.api.v1.strict import Moment
from jiuye.domains.clients.states import Scope
from jiuye.domains.jobs import actions
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.actions import StatedPosting, StoredPosting
from jiuye.domains.jobs.queries import ListFilter
from jiuye.domains.jobs.states import POSTING_LABELS
from jiuye.domains.organisations import actions as organisations
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused

router = Router(tags=["agency-jobs"])
WRITES = {**refusals.OF_WRITES, 412: Problem}
_STATE = Literal["", "draft", "under_review", "published", "rejected", "withdrawn", "expired", "banned"]
_STATES = "、".join(f"{state} {label}" for state, label in POSTING_LABELS.items())
IN_STATE: Any = Query("", description=f"只要这个状态的职位：{_STATES}。")  # type: ignore[type-arg]
FOR_EMPLOYER: Any = Query(None, description="用人单位 id。")  # type: ignore[type-arg]
UPDATED_SINCE: Any = Query(None, description="此时起修改过的，如 2027-01-09T01:00:00Z。")  # type: ignore[type-arg]
BY_IMPORT: Any = Query(None, description="由这次表格导入写入的。")  # type: ignore[type-arg]
EXAMPLE = {
    "external_id": "A-001",
    "title": "数控车床操作工",
    "employer": {"name": "成都示例精密机械有限公司", "credit_code": "", "ownership": "private", "size": ""},
    "region": "510107",
    "address": "示范路18号",
    "headcount": 5,
    "employment_type": "full_time",
    "working_conditions": "白班，8 小时，双休；车间有空调，提供宿舍。",
    "education_code": "60",
    "experience_min": 1,
    "experience_max": 3,
    "pay_min": 6000,
    "pay_max": 9000,
    "duties": "操作数控车床，按图纸加工零件，做首件检验和日常保养。",
    "requirements": "能看懂图纸，会用卡尺和千分尺。",
    "benefits": ["五险一金"],
    "publish": False,
}
EXAMPLE_OF_BODY: dict[str, Any] = {"requestBody": {"content": {"application/json": {"example": EXAMPLE}}}}


@router.get(
    "/agency/jobs",
    summary="本机构的职位",
    description="最近修改的在前。要读到底，请跟随 next_cursor。",
    operation_id="listAgencyJobs",
    response={200: OwnJobPage, **refusals.OF_LISTS},
)
@access(client(Scope.JOBS_READ))
def list_agency_jobs(
    request: HttpRequest,
    state: _STATE = IN_STATE,
    q: str = Query("", max_length=60, description="职位名称、用人单位中的词，或编号。"),  # type: ignore[type-arg]
    region: str = Query("", max_length=6, description="行政区划代码，含其下辖地区。"),  # type: ignore[type-arg]
    employer: UUID | None = FOR_EMPLOYER,
    external_id: str = Query("", max_length=64, description="本机构自己的编号。"),  # type: ignore[type-arg]
    updated_since: Moment | None = UPDATED_SINCE,
    due: Literal["", "soon", "unconfirmed"] = Query("", description="soon 7 天内到期，unconfirmed 30 天未确认。"),  # type: ignore[type-arg]
    import_id: UUID | None = BY_IMPORT,
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
    size: int = Query(30, ge=1, le=100, description="每页条数。"),  # type: ignore[type-arg]
) -> Any:
    """The agency's postings in every state."""
    chosen = ListFilter(
        state=state, text=q, region=region, due=due, batch=import_id, employer=employer, external_code=external_id,
        since=updated_since,
    )  # fmt: skip
    page = jobs.listing(actor_of(request), chosen=chosen, cursor=cursor, size=size)
    return job_answers.answer({"items": [job_answers.item(row) for row in page.items], "next_cursor": page.next_cursor})


@router.post(
    "/agency/jobs",
    summary="新建职位",
    description="存为草稿；publish 为 true 时同时发布。编号已用过，或内容与本机构已有职位相同，回答 409。",
    operation_id="createAgencyJob",
    response={201: JobResult, **WRITES},
    openapi_extra=EXAMPLE_OF_BODY,
)
@access(client(Scope.JOBS_WRITE))
def create_agency_job(request: HttpRequest, job: JobBody) -> HttpResponse:
    """Create a posting."""
    with naming_members():
        return _written(request, stated(job), must_be_new=True)


@router.put(
    "/agency/jobs/by-external-id/{path:external_id}",
    summary="按编号写入职位",
    description="编号没有用过时新建（201），用过时用新的内容替换（200），内容相同时什么也不改（result 为 unchanged）。"
    "删除后编号可以再用。",
    operation_id="putAgencyJob",
    response={200: JobResult, 201: JobResult, **WRITES},
    openapi_extra=EXAMPLE_OF_BODY,
)
@access(client(Scope.JOBS_WRITE))
def put_agency_job(request: HttpRequest, external_id: str, job: JobBody) -> HttpResponse:
    """Create or replace the posting with this number."""
    with naming_members():
        return _written(request, stated(job, external_id=external_id, version=version_of(request)))


@router.get(
    "/agency/jobs/by-external-id/{path:external_id}",
    summary="按编号读取职位",
    description="与按 id 读取相同。",
    operation_id="readAgencyJobByExternalId",
    response={200: OwnJob, **refusals.OF_READS},
)
@access(client(Scope.JOBS_READ))
def read_agency_job_by_external_id(
    request: HttpRequest, external_id: str, names: ministry_names.Names = ministry_names.PARAMETER
) -> HttpResponse:
    """The agency's posting with this number."""
    actor = actor_of(request)
    return job_answers.one(request, actor, jobs.with_number(actor, external_id), names=names)


@router.get(
    "/agency/jobs/{uuid:posting_id}",
    summary="读取本机构的一个职位",
    description="全部内容、状态和版本（ETag）、还缺少的法定要素、审核发现的词语，以及其他职介发布的同一职位。",
    operation_id="readAgencyJob",
    response={200: OwnJob, **refusals.OF_READS},
)
@access(client(Scope.JOBS_READ))
def read_agency_job(
    request: HttpRequest, posting_id: UUID, names: ministry_names.Names = ministry_names.PARAMETER
) -> HttpResponse:
    """One of the agency's postings."""
    return job_answers.one(request, actor_of(request), posting_id, names=names)


@router.patch(
    "/agency/jobs/{uuid:posting_id}",
    summary="修改职位的部分内容",
    description="只写要改的字段（RFC 7396）；null 表示清空。带 If-Match 时，职位已被别人改过就回答 412。",
    operation_id="patchAgencyJob",
    response={200: OwnJob, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def patch_agency_job(request: HttpRequest, posting_id: UUID, job: JobPatch) -> HttpResponse:
    """Change members of a posting."""
    actor = actor_of(request)
    told = job.model_dump(exclude_unset=True, exclude={"employer", "for_self"})
    if None in (told.get("title", ""), told.get("pay_unit", ""), told.get("pay_months", 0)):
        raise Invalid(
            {name: "不能为空。" for name in ("title", "pay_unit", "pay_months") if told.get(name, "") is None}
        )
    with naming_members():
        changes = content_of(told)
        if job.employer or job.for_self:
            if told.get("employer_id") or (job.employer and job.for_self):
                raise Invalid({"employer": "employer_id、employer、for_self 只能写其中一个。"})
            changes["employer_id"] = _employer(request, job)
        actions.change_posting(actor, posting_id=posting_id, changes=changes, version=version_of(request))
    return job_answers.one(request, actor, posting_id)


@router.delete(
    "/agency/jobs/{uuid:posting_id}",
    summary="删除职位",
    description="草稿，或没有收到投递、已不再招聘的职位；招聘中的请先下架。删除后编号可以再用。",
    operation_id="deleteAgencyJob",
    response={204: None, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def delete_agency_job(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Delete a posting."""
    actions.delete_posting(actor_of(request), posting_id=posting_id, version=version_of(request))
    return HttpResponse(status=204)


def _written(request: HttpRequest, one: StatedPosting, *, must_be_new: bool = False) -> HttpResponse:
    """Write one posting. Raises `Invalid` and `Refused`."""
    actor = actor_of(request)
    stored = actions.write_postings(actor, stated=[one], must_be_new=must_be_new)[0]
    _raise_refusal(stored)
    status = 201 if stored.result == "created" else 200
    headers = job_answers.tagged(stored.version)
    if stored.posting_id and status == 201:
        headers["Location"] = job_answers.location(stored.posting_id)
    return job_answers.answer(job_answers.results(actor, [stored])[0], status=status, headers=headers)


def _raise_refusal(stored: StoredPosting) -> None:
    faults = as_members(list(stored.faults))
    if stored.result == "conflict":
        raise Refused(faults[0].message, code=faults[0].rule)
    if stored.result == "rejected":
        raise Invalid({fault.field: fault.message for fault in faults}, faults=faults)


def _employer(request: HttpRequest, job: Any) -> UUID:
    actor = actor_of(request)
    if job.for_self:
        return organisations.own_employer(actor)
    named = job.employer
    basics = actions.stated_employer(named.name, named.credit_code, ownership=named.ownership, size=named.size)
    return organisations.name_employer(actor, basics=basics)
