"""Flagship shops: the list and a shop's page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.fairs import queries as fairs
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries
from jiuye.domains.organisations.states import AgencyKind
from jiuye.domains.reference import queries as reference
from jiuye.domains.reviews import queries as reviews
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.text.tidying import tidy_line

TEMPLATES = "portals/seeker/agencies/templates"
VIEWS = (("jobs", "岗位"), ("fairs", "招聘会"), ("about", "服务与团队"), ("reviews", "评价"))


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def list_all(request: HttpRequest) -> HttpResponse:
    """All listed shops, by region, kind and name. Two queries."""
    given = request.GET
    region = given.get("region", "") if reference.has_region(given.get("region", "")) else ""
    kind = given.get("kind", "") if given.get("kind", "") in AgencyKind.values else ""
    text = tidy_line(given.get("q", ""))[:40]
    context = {
        "page": queries.shops(region=region, kind=kind, text=text, cursor=given.get("cursor", "")),
        "total": queries.shop_count(region=region, kind=kind, text=text),
        "chosen": {"region": region, "kind": kind, "text": text},
        "region_name": reference.display_name(region) if region else "",
        "kinds": [("", "全部职介"), *AgencyKind.choices],
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
        "kept": {k: v for k, v in (("region", region), ("kind", kind), ("q", text)) if v},
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def detail(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """A shop: its figures and one of four views. At most three queries."""
    view = request.GET.get("view", "jobs")
    view = view if view in dict(VIEWS) else "jobs"
    shop = queries.shop(agency_id)
    cursor = request.GET.get("cursor", "")
    context: dict[str, Any] = {
        "shop": shop,
        "agency": shop.agency,
        "view": view,
        "views": [(label, f"?view={key}", key == view, None) for key, label in VIEWS],
        "achievements": [(f"{one['year']} 年", one["text"]) for one in shop.achievements],
    }
    if view == "jobs":
        context["jobs"] = jobs.newest(agency_id=agency_id, limit=10)
    elif view == "fairs":
        context["fairs"] = fairs.fairs(agency_id=agency_id)
        context["past"] = fairs.fairs(agency_id=agency_id, past=True, size=10)
    elif view == "reviews":
        context["reviews"] = reviews.reviews_of(agency_id, cursor=cursor)
        context["spread"] = reviews.spread_of(agency_id)
    return render(request, f"{TEMPLATES}/detail.html", context)
