"""The list of jobs and the page of a job."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiuye.design.formats import query
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import ANYONE, PUBLIC, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.http.request import Request
from jiuye.portals.reading_limits import LISTS
from jiuye.portals.seeker.jobs import leave_out, whereabouts
from jiuye.portals.seeker.jobs.cards import draw
from jiuye.portals.seeker.jobs.filters import filters_of
from jiuye.portals.seeker.jobs.search_page import SearchPage
from jiuye.search import criteria, nearby
from jiuye.search import queries as search_queries
from jiuye.syndication.job_posting import json_ld

TEMPLATES = "portals/seeker/jobs/templates"
# Long enough for a cache in front to absorb a rush, short enough for a withdrawn posting to disappear at once.
FRESH = "public, max-age=2"


@access(PUBLIC, limit=LISTS)
@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """The list of jobs with filters. Invalid parameters are ignored and listed on the page.

    No query, one for each agency or employer among the filters; three while the engine is away, one more if an employer has no jobs.
    For a browser with a session: what the person asked to remember is left out, which costs three queries; never cached.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return _search_of_person(request)
    return _search(request, None)


@access(ANYONE)
def _search_of_person(request: Request) -> HttpResponse:
    return _search(request, request.actor)


def _search(request: HttpRequest, actor: Actor | None) -> HttpResponse:
    is_own = request.GET.get("near") == nearby.ME
    asked = criteria.read(request.GET, here=whereabouts.of(request) if is_own else None, typed=True)
    own = leave_out.own_search(actor, request.GET, asked.known_query)
    found = search_queries.search_jobs(own.query)
    if not found.total and (survivor := _survivor(asked.known_query.employer)):
        return redirect(reverse("jobs") + query(request.GET, employer=survivor, cursor=None), permanent=True)
    filters = filters_of(found, asked.understood, keeps=own.keeps)
    page = SearchPage(found, {**asked.faults, **asked.notes}, filters, draw(found), asked.understood, own)
    response = render(request, f"{TEMPLATES}/list.html", {"page": page})
    # Results depend on the visitor's location: never cache.
    if actor is None:
        response.headers["Cache-Control"] = "private, no-store" if is_own else FRESH
    return response


def _survivor(employers: Sequence[str]) -> UUID | None:
    """Return the employer into which the only one among the filters was merged: its old links keep working."""
    return organisations.merged_into(UUID(employers[0])) if len(employers) == 1 else None


@access(PUBLIC)
@require_safe
def detail(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """An open posting with all elements that the law requires and its publisher; 410 with similar jobs if it has closed.

    Three queries, two more if several agencies publish the job.
    """
    try:
        job = jobs.detail(posting_id)
    except jobs.Gone as gone:
        context = {
            "gone": gone,
            "similar": search_queries.search_jobs(criteria.SearchQuery(q=gone.title, size=6, highlight=False)).cards,
        }
        return render(request, f"{TEMPLATES}/gone.html", context, status=410)
    canonical = f"{settings.SITE_URL}/jobs/{posting_id}"
    others = jobs.siblings(job.id, job.employer.id, job.region_code, job.title) if job.employer else []
    context = {
        "job": job,
        "sources": jobs.sources(others),
        "similar": search_queries.similar_jobs(job, size=6),
        "canonical": canonical,
        "structured": json_ld(job, canonical),
    }
    response = render(request, f"{TEMPLATES}/detail.html", context)
    response.headers["Cache-Control"] = FRESH
    return response
