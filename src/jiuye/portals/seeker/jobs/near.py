"""`/jobs/near`: choose the place to search round, from a list or, with consent, by the browser's location."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.design import formats
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import ANYONE, PUBLIC, access
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.jobs import whereabouts
from jiuye.portals.seeker.jobs.links import link, list_address
from jiuye.ports.search import SearchQuery
from jiuye.ports.search.places import distance, rounded
from jiuye.search import criteria, nearby

# Only this page may ask the browser for its location (W3C Permissions Policy).
_MAY_LOCATE = "camera=(), microphone=(), geolocation=(self), payment=()"
# A circle crosses borders, so it replaces the region; the nearest come first.
_REPLACED = ("region", "near", "within", "sort")
NOT_UNDERSTOOD = "没有取到您的位置。请再试一次，或在下面选一个地点。"


@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request) -> HttpResponse:
    """GET: show both ways, for the search in the URL. POST: store the location in the browser and redirect to the jobs near it."""
    query = criteria.read(request.GET, here=whereabouts.of(request)).known_query
    if request.method != "POST":
        return _page(request, query)
    try:
        place = whereabouts.read(request.POST.get("longitude", ""), request.POST.get("latitude", ""))
    except ValueError:
        return _page(request, query, problem=NOT_UNDERSTOOD)
    response = HttpResponseRedirect(_round(query, nearby.ME), status=303)
    whereabouts.keep(response, place)
    return response


@access(ANYONE)
@require_POST
def forget(request: Request) -> HttpResponse:
    """Delete the location from the browser and redirect to the choice."""
    query = criteria.read(request.GET).known_query
    response = HttpResponseRedirect(reverse("jobs_near") + _rest(query), status=303)
    whereabouts.forget(response)
    return response


@access(PUBLIC)
@require_safe
def how_far(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Return the distance of an open posting from this browser's location, as a fragment; 204 if it is not known. At most
    three queries, none without a location."""
    place = whereabouts.of(request)
    job = jobs.detail(posting_id) if place else None
    there = nearby.location(job.region_code, job.longitude, job.latitude) if job else None
    if place and job and there:
        at_city_centre = nearby.is_city_centre(job.region_code, there)
        words = formats.distance(rounded(distance(place, there)), at_city_centre)
        answer = HttpResponse(f"离您{words}", content_type="text/plain; charset=utf-8")
    else:
        answer = HttpResponse(status=204)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _page(request: Request, query: SearchQuery, problem: str = "") -> HttpResponse:
    place = whereabouts.of(request)
    context = {
        "query": query,
        "rest": _rest(query),
        "kept": criteria.pairs(query, without=_REPLACED),
        "known": reference.nearest_county(place) if place else None,
        "near_me": _round(query, nearby.ME),
        "chosen": query.near.name if query.near and query.near.name != nearby.ME else "",
        "radii": [(str(radius), f"{radius} 公里") for radius in nearby.RADII],
        "within": query.near.within if query.near else nearby.USUAL_RADIUS,
        "problem": problem,
    }
    answer = render(request, "portals/seeker/jobs/templates/near.html", context, status=422 if problem else 200)
    answer.headers["Permissions-Policy"] = _MAY_LOCATE
    return answer


def _rest(query: SearchQuery) -> str:
    return link(query, without=_REPLACED)


def _round(query: SearchQuery, name: str) -> str:
    return list_address(query, ("near", name), ("sort", "distance"), without=_REPLACED)
