"""Job fairs: the list, one fair, and its calendar entry."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.fairs import queries
from jiuye.domains.fairs.states import FairMode
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.access import PUBLIC, access
from jiuye.portals.reading_limits import LISTS, PUBLIC_FILES
from jiuye.syndication.fair_calendar import Entry, calendar_of


@access(PUBLIC, limit=LISTS)
@require_safe
@cache_control(public=True, max_age=30)
def list_all(request: HttpRequest) -> HttpResponse:
    """Fairs by place, time and kind. One query."""
    given = request.GET
    region = given.get("region", "") if reference.has_region(given.get("region", "")) else ""
    when = "past" if given.get("past") == "1" else given.get("when", "")
    when = when if when in queries.WHEN else ""
    mode = given.get("mode", "") if given.get("mode", "") in FairMode.values else ""
    name = reference.display_name(region) if region else ""
    context = {
        "page": queries.fairs(region=region, when=when, mode=mode, cursor=given.get("cursor", "")),
        "when": when,
        "whens": list(queries.WHEN.items()),
        "mode": mode,
        "modes": [("", "线上线下"), *FairMode.choices],
        "chosen": [pair for pair in ((name, "region"), (FairMode(mode).label if mode else "", "mode")) if pair[0]],
        "local": clock.local,
        "region": region,
        "region_name": name,
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
        "kept": {k: v for k, v in (("region", region), ("when", when), ("mode", mode)) if v},
    }
    return render(request, "portals/seeker/fairs/templates/list.html", context)


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def detail(request: HttpRequest, fair_id: UUID) -> HttpResponse:
    """One fair with its employers and their jobs. Four queries."""
    return render(
        request, "portals/seeker/fairs/templates/detail.html", {"fair": queries.fair(fair_id), "local": clock.local}
    )


@access(PUBLIC, limit=PUBLIC_FILES)
@require_safe
@cache_control(public=True, max_age=30)
def calendar(request: HttpRequest, fair_id: UUID) -> HttpResponse:
    """The calendar file. One query."""
    card, link = queries.calendar_entry(fair_id)
    address = f"{settings.SITE_URL}{reverse('fair', args=[fair_id])}"
    response = HttpResponse(calendar_of([Entry(card, link, address)]), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{card.title}.ics") or "attachment"
    return response
