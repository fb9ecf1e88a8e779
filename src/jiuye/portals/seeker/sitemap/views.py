"""`/sitemap.xml` names its parts; each part has at most 45,000 URLs (the protocol allows 50,000)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.fairs import queries as fairs
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.policies import queries as policies
from jiuye.kernel import clock
from jiuye.kernel.access import PUBLIC, access
from jiuye.portals.reading_limits import SITE_MAPS

PART = 45_000
# Of shops, fairs and policies each, together in one part.
MOST_PAGES = 14_000
STANDING = ("/", "/jobs", "/agencies", "/fairs", "/policies", "/privacy", "/accessibility")
_XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@access(PUBLIC, limit=SITE_MAPS)
@require_safe
@cache_control(public=True, max_age=3600)
def index(request: HttpRequest) -> HttpResponse:
    """The parts. One query."""
    paths = ["/sitemap/pages.xml", *(f"/sitemap/jobs/{start}.xml" for start in jobs.map_starts(PART))]
    parts = "".join(f"<sitemap><loc>{settings.SITE_URL}{path}</loc></sitemap>\n" for path in paths)
    return HttpResponse(f"{_HEAD}<sitemapindex {_SPACE}>\n{parts}</sitemapindex>\n", content_type=_XML)


@access(PUBLIC, limit=SITE_MAPS)
@require_safe
@cache_control(public=True, max_age=3600)
def pages(request: HttpRequest) -> HttpResponse:
    """Static pages, shops, fairs and policies. Three queries."""
    found: Iterable[tuple[str, date | None]] = chain(
        ((path, None) for path in STANDING),
        ((f"/agencies/{one}", None) for one in organisations.on_the_map(MOST_PAGES)),
        ((f"/fairs/{one}", day) for one, day in fairs.on_the_map(MOST_PAGES)),
        ((f"/policies/{one}", day) for one, day in policies.on_the_map(MOST_PAGES)),
    )
    return HttpResponse("".join(_urls(found)), content_type=_XML)


@access(PUBLIC, limit=SITE_MAPS)
@require_safe
@cache_control(public=True, max_age=3600)
def jobs_part(request: HttpRequest, start: UUID) -> HttpResponseBase:
    """Open postings from this id on, streamed: five megabytes are never held at once."""
    found = ((f"/jobs/{one}", _day(moment)) for one, moment in jobs.map_part(start, PART))
    return StreamingHttpResponse(_urls(found), content_type=_XML)


def _urls(found: Iterable[tuple[str, date | None]]) -> Iterator[str]:
    yield f"{_HEAD}<urlset {_SPACE}>\n"
    for path, changed in found:
        day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        yield f"<url><loc>{settings.SITE_URL}{path}</loc>{day}</url>\n"
    yield "</urlset>\n"


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
