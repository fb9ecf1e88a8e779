"""Employers with a public page: those that the platform has certified."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from ninja import Router, Schema
from pydantic import Field

from jiuye.api import links
from jiuye.api.problems import Problem
from jiuye.api.v1 import answers, listed, sparse
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries
from jiuye.domains.organisations.queries import EmployerFacts
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import NotFound

router = Router(tags=["employers"])


class EmployerItem(Schema):
    """A certified employer. Texts are empty if not stated."""

    id: UUID
    url: str = Field(description="单位主页。")
    name: str
    credit_code: str = Field(description="统一社会信用代码（GB 32100）。")
    ownership: str = Field(description="单位性质，取值见 GET /terms/ownership。")
    ownership_name: str
    size: str = Field(description="单位规模，取值见 GET /terms/size。")
    size_name: str
    industry: str = Field(description="GB/T 4754-2017.")
    industry_name: str
    region: str = Field(description="GB/T 2260.")
    region_name: str
    address: str
    verified: bool


class EmployerPage(answers.Listing):
    """A page of employers."""

    items: list[EmployerItem]


class Recruiter(Schema):
    """An agency that recruits for the employer."""

    id: UUID
    name: str


class EmployerRead(EmployerItem):
    """An employer with what its page says."""

    introduction: str
    agencies: list[Recruiter] = Field(description="为它代招的职介。")
    open_jobs: int
    jobs: str = Field(description="它的在招职位的接口地址。")


@router.get(
    "/employers",
    summary="用人单位列表",
    description="通过平台认证、有主页的用人单位，按名称排序，可按名称和地区查找。",
    operation_id="listEmployers",
    response={200: EmployerPage, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def list_employers(
    request: HttpRequest,
    q: str = listed.WORDS,
    region: str = listed.REGION,
    fields: str = sparse.FIELDS,
    size: int = listed.SIZE,
    cursor: str = listed.CURSOR,
) -> HttpResponseBase:
    """Certified employers, by name. One query."""
    names = sparse.chosen(fields, EmployerItem)
    page = queries.companies(text=listed.words(q), region=listed.place(region), cursor=cursor, size=size)
    items = [sparse.only(item(request, facts), names) for facts in page.items]
    return answers.listing(request, items, page.next_cursor)


@router.get(
    "/employers/{uuid:employer_id}",
    summary="用人单位",
    description="一家用人单位的主页。没有主页的回答 404；已并入另一条记录的回答 301，请改用 Location 中的地址。",
    operation_id="readEmployer",
    response={200: EmployerRead, 301: None, 404: Problem, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def read_employer(request: HttpRequest, employer_id: UUID, fields: str = sparse.FIELDS) -> HttpResponseBase:
    """An employer's public page. Three queries."""
    names = sparse.chosen(fields, EmployerRead)
    try:
        facts = queries.company(employer_id)
    except NotFound:
        survivor = queries.merged_into(employer_id)
        if survivor is None:
            raise
        return HttpResponsePermanentRedirect(f"/api/v1/employers/{survivor}")
    content = item(request, facts) | {
        "introduction": facts.introduction,
        "agencies": [{"id": one.id, "name": one.name} for one in queries.agencies_working_for(facts.id)],
        "open_jobs": jobs.open_count(employer_id=facts.id),
        "jobs": f"/api/v1/jobs?employer={facts.id}",
    }
    return answers.one(request, sparse.only(content, names))


def item(request: HttpRequest, facts: EmployerFacts) -> dict[str, Any]:
    """Return an employer as `EmployerItem`."""
    same = ("id", "credit_code", "ownership", "size", "industry_name", "region_name", "address")
    return {name: getattr(facts, name) for name in same} | {
        "url": links.page(request, f"/companies/{facts.id}"),
        "name": facts.legal_name,
        "ownership_name": facts.ownership_label,
        "size_name": facts.size_label,
        "industry": facts.industry_code,
        "region": facts.region_code,
        "verified": facts.is_certified,
    }
