"""Flagship shops: the list and a shop's page."""

from math import ceil
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
from jiuye.kernel.actor import Actor
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


def usually(hours: float | None) -> str:
    """How long an agency takes to answer, as one says it: whole days, or hours of less than one; empty when unknown."""
    if hours is None:
        return ""
    return f"{max(1, ceil(hours))} 小时" if hours < 24 else f"{ceil(hours / 24)} 天"


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
        "usually": usually(shop.agency.average_answer_hours),
    }
    if view == "jobs":
        context["jobs"] = jobs.newest(agency_id=agency_id, limit=10)
    elif view == "fairs":
        context["fairs"] = fairs.fairs(agency_id=agency_id)
        context["past"] = fairs.fairs(agency_id=agency_id, past=True, size=10)
    elif view == "about":
        context["pictures"] = queries.pictures_of(agency_id)
    elif view == "reviews":
        context["reviews"] = reviews.reviews_of(agency_id, cursor=cursor)
        context["spread"] = reviews.spread_of(agency_id)
    return render(request, f"{TEMPLATES}/detail.html", context)


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=86_400, immutable=True)
def picture(request: HttpRequest, agency_id: UUID, picture_id: UUID) -> HttpResponse:
    """A picture of a listed shop; one that is changed gets another address."""
    content = queries.picture(Actor.anonymous(), agency_id, picture_id)
    return HttpResponse(content, content_type="image/jpeg")
