"""Job fairs: the list and one fair."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.fairs import queries
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.access import PUBLIC, access


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def list_all(request: HttpRequest) -> HttpResponse:
    """Coming fairs, or past ones. One query."""
    region = request.GET.get("region", "")
    region = region if reference.has_region(region) else ""
    past = request.GET.get("past") == "1"
    context = {
        "page": queries.fairs(region=region, past=past, cursor=request.GET.get("cursor", "")),
        "past": past,
        "local": clock.local,
        "region": region,
        "region_name": reference.display_name(region) if region else "",
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
        "kept": {k: v for k, v in (("region", region), ("past", "1" if past else "")) if v},
    }
    return render(request, "portals/seeker/fairs/templates/list.html", context)


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def detail(request: HttpRequest, fair_id: UUID) -> HttpResponse:
    """One fair. Two queries."""
    return render(
        request, "portals/seeker/fairs/templates/detail.html", {"fair": queries.fair(fair_id), "local": clock.local}
    )
