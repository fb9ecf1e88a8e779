"""Jobs and fairs in the formats of other programs: JSON-LD, Atom, iCalendar."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from jiuye.api import links
from jiuye.api.problems import Problem
from jiuye.api.v1 import answers, listed
from jiuye.api.v1.jobs import FRESH, asked_for
from jiuye.api.v1.parameters import LEFT_OUT, SEARCH
from jiuye.domains.fairs import queries as fairs
from jiuye.domains.fairs.queries import FairCard
from jiuye.domains.jobs import queries as jobs
from jiuye.kernel.access import PUBLIC, access
from jiuye.ports.search import SearchQuery
from jiuye.search import criteria, queries
from jiuye.syndication import job_posting
from jiuye.syndication.fair_calendar import Entry, calendar_of
from jiuye.syndication.job_feed import Feed, job_feed

router = Router(tags=["feeds"])
JSON_LD = "application/ld+json"
ATOM = "application/atom+xml"
CALENDAR = "text/calendar"
Mode = Literal["", "onsite", "online"]
_MODE = Query("", description="形式：onsite 现场，online 线上。")  # type: ignore[type-arg]
_AGENCY = Query(None, description="举办的职介机构 id。")  # type: ignore[type-arg]
_NO_POSTING = "1970-01-01T00:00:00Z"


def _of_type(content_type: str, description: str, schema: dict[str, Any]) -> dict[int, Any]:
    """Return the description of an answer that is not JSON of ours, for the document."""
    return {200: {"description": description, "content": {content_type: {"schema": schema}}}}


@router.get(
    "/jobs/{uuid:posting_id}/jobposting.json",
    summary="职位（schema.org）",
    description="一个在招职位的 schema.org JobPosting（JSON-LD），与职位页里的相同。",
    operation_id="readJobPosting",
    response={404: Problem, 410: Problem, 429: Problem},
    openapi_extra={"responses": _of_type(JSON_LD, "JobPosting", {"type": "object"})},
)
@access(PUBLIC)
def read_job_posting(request: HttpRequest, posting_id: UUID) -> HttpResponseBase:
    """An open posting as schema.org JobPosting. Two queries."""
    found = job_posting.posting(jobs.detail(posting_id), links.absolute(request, f"/jobs/{posting_id}"))
    body = answers.encode(found)
    return answers.answer(request, body, tag=answers.strong(body), max_age=FRESH, content_type=JSON_LD)


@router.get(
    "/jobs.atom",
    summary="职位订阅（Atom）",
    description="搜索结果的 Atom 订阅（RFC 4287），最新的在前；参数与 GET /jobs 相同。后一页见 rel=next（RFC 5005）。",
    operation_id="subscribeToJobs",
    response={422: Problem, 429: Problem},
    openapi_extra={
        "parameters": [*SEARCH, *LEFT_OUT],
        "responses": _of_type(ATOM, "Atom", {"type": "string"}),
    },
)
@access(PUBLIC)
def subscribe_to_jobs(request: HttpRequest) -> HttpResponseBase:
    """The newest postings of a search as an Atom feed. No query, one while the engine is away."""
    query = asked_for(request).query
    query = replace(query, sort="newest" if query.sort == "relevance" else query.sort, highlight=False)
    found = queries.search_raw(query)
    cards = [orjson.loads(card) for card in found.items]
    for card in cards:
        card["url"] = links.absolute(request, card["url"])
    body = job_feed(_feed(request, query, found.next_cursor, cards), cards)
    content_type = f"{ATOM}; charset=utf-8"
    return answers.answer(request, body, tag=answers.strong(body), max_age=FRESH, content_type=content_type)


def _feed(request: HttpRequest, query: SearchQuery, next_cursor: str, cards: Sequence[dict[str, Any]]) -> Feed:
    asked = criteria.pairs(query, without=["sort"] if query.sort == "newest" else [])
    here = f"{settings.SITE_URL}/api/v1/jobs.atom"

    def address(*more: tuple[str, str]) -> str:
        written = urlencode([*asked, *more])
        return f"{here}?{written}" if written else here

    moments = [moment for card in cards for moment in (card["published_at"], card["confirmed_at"]) if moment]
    return Feed(
        id=address(),
        title="就业在线：" + (query.q or "最新职位"),
        page=links.absolute(request, "/jobs"),
        address=address(*([("cursor", query.cursor)] if query.cursor else [])),
        following=address(("cursor", next_cursor)) if next_cursor else "",
        updated=max(moments, default=_NO_POSTING),
        rights=answers.licence()["attribution"],
    )


@router.get(
    "/fairs.ics",
    summary="招聘会日历（iCalendar）",
    description=f"未结束的招聘会的日历（RFC 5545），可供日历软件订阅；最近的 {fairs.MOST_ENTRIES} 场。",
    operation_id="subscribeToFairs",
    response={422: Problem, 429: Problem},
    openapi_extra={"responses": _of_type(CALENDAR, "iCalendar", {"type": "string"})},
)
@access(PUBLIC)
def subscribe_to_fairs(
    request: HttpRequest, region: str = listed.REGION, mode: Mode = _MODE, agency: UUID | None = _AGENCY
) -> HttpResponseBase:
    """The calendar of the fairs that have not ended. One query."""
    found = fairs.calendar_entries(region=listed.place(region), mode=mode, agency_id=agency)
    return _calendar(request, found, name="就业在线招聘会")


@router.get(
    "/fairs/{uuid:fair_id}.ics",
    summary="一场招聘会（iCalendar）",
    description="一场招聘会的日历文件（RFC 5545）；取消的标明 CANCELLED。",
    operation_id="readFairCalendar",
    response={404: Problem, 429: Problem},
    openapi_extra={"responses": _of_type(CALENDAR, "iCalendar", {"type": "string"})},
)
@access(PUBLIC)
def read_fair_calendar(request: HttpRequest, fair_id: UUID) -> HttpResponseBase:
    """A fair's calendar file. One query."""
    return _calendar(request, [fairs.calendar_entry(fair_id)])


def _calendar(request: HttpRequest, found: Sequence[tuple[FairCard, str]], *, name: str = "") -> HttpResponseBase:
    """Answer with a calendar. Its tag is weak, because it states when it was made (DTSTAMP)."""
    entries = [Entry(card, link, links.absolute(request, f"/fairs/{card.id}")) for card, link in found]
    tag = answers.weak(answers.encode(entries))
    body = calendar_of(entries, name=name)
    content_type = f"{CALENDAR}; charset=utf-8"
    return answers.answer(request, body, tag=tag, max_age=answers.AWHILE, content_type=content_type)
