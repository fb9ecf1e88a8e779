"""What happens to the agency's postings after they are written, the wishes of employers, and for whom one may recruit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import job_answers
from jiuye.api.v1.agency.job_answers import OwnJob
from jiuye.api.v1.agency.job_bodies import Filling, Publication, WishAnswer, naming_members
from jiuye.api.v1.agency.jobs import WRITES
from jiuye.api.v1.agency.preconditions import version_of
from jiuye.domains.clients.states import Scope
from jiuye.domains.jobs import actions
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import access

router = Router(tags=["agency-jobs"])


class JobWish(Schema):
    """An employer's wish for a change of its posting, and the answer."""

    id: UUID
    text: str
    state: str
    state_name: str
    answer: str
    created_at: datetime
    answered_at: datetime | None


class JobWishes(Schema):
    """The wishes for a posting, latest first."""

    items: list[JobWish]


class RecruitedEmployer(Schema):
    """An employer for which the agency may recruit."""

    id: UUID
    name: str
    credit_code: str
    ownership: str
    size: str
    industry: str
    region: str
    verified: bool


class RecruitedEmployers(Schema):
    """Employers that the agency has named or works with."""

    items: list[RecruitedEmployer]


@router.post(
    "/agency/jobs/{uuid:posting_id}/publish",
    summary="发布职位",
    description="发布草稿，或重新发布。内容需要审核员先看时，state 是 under_review，通过后自动发布。",
    operation_id="publishAgencyJob",
    response={200: OwnJob, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def publish_agency_job(request: HttpRequest, posting_id: UUID, until: Publication) -> HttpResponse:
    """Publish a posting."""
    actor = actor_of(request)
    with naming_members():
        actions.publish_posting(
            actor, posting_id=posting_id, valid_through=until.valid_through, version=version_of(request)
        )
    return job_answers.one(request, actor, posting_id)


@router.post(
    "/agency/jobs/{uuid:posting_id}/withdraw",
    summary="下架职位",
    description="下架后求职者不能再看到和投递；已收到的投递仍可处理，也可以重新发布。",
    operation_id="withdrawAgencyJob",
    response={200: OwnJob, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def withdraw_agency_job(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Withdraw a posting."""
    actor = actor_of(request)
    actions.withdraw_posting(actor, posting_id=posting_id, version=version_of(request))
    return job_answers.one(request, actor, posting_id)


@router.post(
    "/agency/jobs/{uuid:posting_id}/fill",
    summary="招满",
    description="因招满而下架，并写明招到多少人、通过什么途径。",
    operation_id="fillAgencyJob",
    response={200: OwnJob, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def fill_agency_job(request: HttpRequest, posting_id: UUID, outcome: Filling) -> HttpResponse:
    """Withdraw a posting because its openings are filled."""
    actor = actor_of(request)
    actions.fill_posting(actor, posting_id=posting_id, version=version_of(request), **outcome.model_dump())
    return job_answers.one(request, actor, posting_id)


@router.post(
    "/agency/jobs/{uuid:posting_id}/confirm",
    summary="确认仍在招聘",
    description="职位页会显示确认日期。",
    operation_id="confirmAgencyJob",
    response={200: OwnJob, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def confirm_agency_job(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Confirm that a posting is still open."""
    actor = actor_of(request)
    actions.confirm_posting(actor, posting_id=posting_id, version=version_of(request))
    return job_answers.one(request, actor, posting_id)


@router.post(
    "/agency/jobs/{uuid:posting_id}/copy",
    summary="复制职位",
    description="复制为新草稿，没有编号和截止日期。",
    operation_id="copyAgencyJob",
    response={201: OwnJob, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def copy_agency_job(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Create a draft with the content of a posting."""
    actor = actor_of(request)
    return job_answers.one(request, actor, actions.copy_posting(actor, posting_id=posting_id), status=201)


@router.get(
    "/agency/jobs/{uuid:posting_id}/wishes",
    summary="企业的修改意见",
    description="用人单位对代招职位的修改意见和答复，新的在前。",
    operation_id="listAgencyJobWishes",
    response={200: JobWishes, **refusals.OF_READS},
)
@access(client(Scope.JOBS_READ))
def list_agency_job_wishes(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """The employer's wishes for a posting."""
    jobs.get_for(actor_of(request), posting_id)
    return _wishes(posting_id)


@router.post(
    "/agency/wishes/{uuid:wish_id}/answer",
    summary="答复企业的修改意见",
    description="已修改，或不修改并写明原因。",
    operation_id="answerAgencyWish",
    response={200: JobWishes, **WRITES},
)
@access(client(Scope.JOBS_WRITE))
def answer_agency_wish(request: HttpRequest, wish_id: UUID, told: WishAnswer) -> HttpResponse:
    """Answer a wish."""
    posting_id = actions.answer_wish(
        actor_of(request), wish_id=wish_id, is_done=told.is_done, answer=told.answer
    )  # fmt: skip
    return _wishes(posting_id)


@router.get(
    "/agency/employers",
    summary="可以代招的用人单位",
    description="本机构填写过或关联的用人单位，名称或信用代码中含 q 的；最多 50 家。",
    operation_id="listRecruitedEmployers",
    response={200: RecruitedEmployers, **refusals.OF_LISTS},
)
@access(client(Scope.JOBS_READ))
def list_recruited_employers(
    request: HttpRequest,
    q: str = Query("", max_length=100, description="名称中的文字，或信用代码。"),  # type: ignore[type-arg]
    size: int = Query(20, ge=1, le=50, description="最多几家。"),  # type: ignore[type-arg]
) -> HttpResponse:
    """Employers for which the agency may recruit."""
    found = organisations.employers_named_by(actor_of(request), text=q, limit=size)
    items = [
        {
            "id": one.id, "name": one.legal_name, "credit_code": one.credit_code, "ownership": one.ownership,
            "size": one.size, "industry": one.industry_code, "region": one.region_code, "verified": one.is_certified,
        }
        for one in found
    ]  # fmt: skip
    return job_answers.answer({"items": items})


def _wishes(posting_id: UUID) -> HttpResponse:
    names = JobWish.model_fields
    items = [{name: _member(wish, name) for name in names} for wish in jobs.wishes_for(posting_id)]
    return job_answers.answer({"items": items})


def _member(wish: jobs.WishView, name: str) -> Any:
    return wish.state_label if name == "state_name" else getattr(wish, name)
