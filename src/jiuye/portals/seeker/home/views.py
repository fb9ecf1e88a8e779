"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.fairs import queries as fairs
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.policies import queries as policies
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import NotFound
from jiuye.portals.reading_limits import LISTS
from jiuye.portals.seeker.jobs import whereabouts
from jiuye.portals.seeker.jobs.links import list_address
from jiuye.search.queries import jobs_near
from jiuye.search.zones import zones

WORDS = ("会计", "焊工", "护士", "叉车司机", "Java", "养老护理员", "收银员", "文员")
NEWEST = 10


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def home(request: HttpRequest) -> HttpResponse:
    """Search, zones, new jobs, shops, fairs, policies; the same for everyone. Six queries."""
    context = {
        "open_count": jobs.open_count(),
        "shop_count": organisations.shop_count(),
        "zones": [(zone, list_address(zone.query)) for zone in zones()],
        "words": WORDS,
        "newest": jobs.newest(limit=NEWEST),
        "shops": organisations.shops(size=6).items,
        "fairs": fairs.fairs(size=4).items,
        "policies": policies.policies(size=5).items,
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
    }
    return render(request, "portals/seeker/home/templates/home.html", context)


@access(PUBLIC, limit=LISTS)
@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """Fragment: the newest postings near this browser's position; never cached.

    204 without a position, or without postings near it. No query.
    """
    place = whereabouts.of(request)
    newest = jobs_near(place, size=NEWEST) if place else ()
    if newest:
        answer = render(request, "portals/seeker/home/templates/fresh.html", {"newest": newest, "is_near": True})
    else:
        answer = HttpResponse(status=204)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def fresh(request: HttpRequest) -> HttpResponse:
    """Fragment: the newest postings of a region, replacing the country's on the front page. One query.

    The browser remembers the region; the page itself is the same for everyone.
    """
    code = request.GET.get("region", "")
    if not reference.has_region(code):
        raise NotFound("没有这个地区，请重新选择。")
    place = reference.region(code)
    context = {"place": place, "newest": jobs.newest(region=code, limit=NEWEST)}
    return render(request, "portals/seeker/home/templates/fresh.html", context)
