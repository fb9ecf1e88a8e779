"""Postings: search and detail."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router

from jiuye.api import links
from jiuye.api.problems import Problem
from jiuye.api.v1 import answers, expanded, ministry_names, schemas, sparse
from jiuye.api.v1.parameters import ALL, NEVER_BLANK
from jiuye.changes.bodies import job_body
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel, education_code
from jiuye.domains.reference.terms import EmploymentType
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.search import criteria, queries
from jiuye.search.criteria import Criteria

router = Router(tags=["jobs"])
FRESH = 2
"""Seconds for which caches may keep what must disappear at once."""


@router.get(
    "/jobs",
    summary="搜索职位",
    description="按搜索词和条件查找在招职位，并给出各条件的数量。参数名与职位页 /jobs 的网址相同。"
    "同一参数的多个值取其一，不同参数要同时满足。without_…、exclude_… 和 unconfirmed_for 排除不想看的。要读到底，请跟随 next_cursor。",
    operation_id="searchJobs",
    response={200: schemas.JobPage, 422: Problem, 429: Problem},
    openapi_extra={"parameters": ALL},
)
@access(PUBLIC)
def search_jobs(request: HttpRequest) -> HttpResponseBase:
    """Open postings by words and filters, with counts for each filter. Parameter names are those of the page /jobs.

    Values within one filter widen the search, different filters narrow it. To read to the end, follow next_cursor.
    """
    asked = asked_for(request)
    kinds = expanded.asked(request.GET.get("expand", ""), asked.query.size)
    names = sparse.chosen(request.GET.get("fields", ""), schemas.JobItem)
    found = queries.search_raw(replace(asked.query, facets=queries.FACETS, highlight=False))
    return answers.listing(
        request,
        _items(request, found.items, names),
        found.next_cursor,
        max_age=FRESH,
        total=found.total,
        facets={name: orjson.Fragment(_values(name, counts)) for name, counts in found.facets.items()},
        left_out=found.left_out,
        included=expanded.included(request, kinds, map(orjson.loads, found.items)),
        degraded=found.total is None,
        notes=[
            {"field": name, "message": message} for name, message in (*asked.notes.items(), *_of_words(asked, found))
        ],
    )


@router.get(
    "/jobs/{uuid:posting_id}",
    summary="读取职位",
    description="一个在招职位的全部信息。已停止招聘的回答 410，从未公开的回答 404。",
    operation_id="readJob",
    response={200: schemas.Job, 404: Problem, 410: Problem, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def read_job(
    request: HttpRequest,
    posting_id: UUID,
    fields: str = sparse.FIELDS,
    names: ministry_names.Names = ministry_names.PARAMETER,
) -> HttpResponseBase:
    """An open posting. 410 if it is no longer open, 404 if it never was public."""
    members = sparse.chosen(fields, schemas.Job)
    content = {**orjson.loads(job_body(jobs.detail(posting_id))), "url": links.page(request, f"/jobs/{posting_id}")}
    shown = ministry_names.added(content, names)
    return answers.one(request, sparse.only(shown, members and members | set(ministry_names.NAMES)), max_age=FRESH)


def _of_words(asked: Criteria, found: queries.RawJobs) -> Iterator[tuple[str, str]]:
    """Yield (parameter, message) for a place read from the words, and for other words that were searched for or are offered."""
    if asked.understood:
        codes = ",".join(asked.query.region)
        yield (
            "q",
            f"“{'、'.join(asked.understood.places)}”按工作地点理解（region={codes}）。要按字面搜索，请加 literal=true。",
        )
    if found.query and found.query.missing:
        yield "q", "完全符合的职位很少，符合大部分搜索词的也列在后面。只要完全符合的，请加 literal=true。"
    elif found.query:
        yield "q", f"没有找到“{asked.query.q}”，显示的是“{found.query.q}”的结果。要按字面搜索，请加 literal=true。"
    if found.offered:
        yield "q", f"您要找的可能是“{found.offered}”。"


def asked_for(request: HttpRequest) -> Criteria:
    """Return the search of a request's parameters. Raises `Invalid` for those that make no sense."""
    asked = criteria.read(request.GET)
    blank = {name for name, values in request.GET.lists() if name in NEVER_BLANK and not all(map(str.strip, values))}
    if asked.faults or blank:
        raise Invalid(dict.fromkeys(blank, "值是空的，请填写，或去掉这个参数。") | dict(asked.faults))
    return asked


def _items(request: HttpRequest, cards: Sequence[bytes], names: frozenset[str] | None) -> list[Any]:
    """The stored cards as they are; parsed only for a channel, whose links differ, and for `fields`."""
    if names is None and not links.channel_of(request):
        return [orjson.Fragment(card) for card in cards]
    read = [orjson.loads(card) for card in cards]
    return [sparse.only(card | {"url": links.page(request, card["url"])}, names) for card in read]


def _values(name: str, counts: Mapping[str, int]) -> bytes:
    """Return the counts as JSON, with parameter values and names; education's ranks are converted to codes."""
    return b"[%s]" % b",".join(
        b"%s%d}" % (start, count) for value, count in counts.items() if (start := _begun(name, value))
    )


@lru_cache(maxsize=8192)
def _begun(facet: str, value: str) -> bytes:
    """Return `{"value":…,"name":…,"count":` of a facet's value; empty for a rank without a level of education."""
    if facet == "education":
        value = education_code(int(value))
    return orjson.dumps({"value": value, "name": _name(facet, value), "count": 0})[:-2] if value else b""


_NAMES: Mapping[str, Callable[[str], str]] = {
    "region": lambda code: reference.region(code).name,
    "occupation": lambda code: reference.occupation(code).name,
    "industry": lambda code: reference.industry(code).name,
    "education": lambda code: EducationLevel(code).label,
    "experience": lambda years: f"{years}年" if int(years) else "无经验",
    "employment_type": lambda kind: EmploymentType(kind).label,
    "near": lambda radius: f"{radius} 公里内",
}


def _name(facet: str, value: str) -> str:
    """Return the display name of a facet's value; the value itself if this release does not know it."""
    try:
        return _NAMES[facet](value)
    except (NotFound, ValueError):
        return value
