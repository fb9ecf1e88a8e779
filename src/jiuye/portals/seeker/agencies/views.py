"""Flagship shops: the list and a shop's page."""

from collections.abc import Mapping
from math import ceil
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.design.formats import query
from jiuye.domains.fairs import queries as fairs
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries
from jiuye.domains.organisations.states import AgencyKind
from jiuye.domains.reference import queries as reference
from jiuye.domains.reviews import queries as reviews
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.text.tidying import tidy_line
from jiuye.portals.reading_limits import LISTS

TEMPLATES = "portals/seeker/agencies/templates"
SHARES = (0.95, 0.9, 0.8)
VIEWS = (("jobs", "岗位"), ("fairs", "招聘会"), ("about", "服务与团队"), ("reviews", "评价"))


@access(PUBLIC, limit=LISTS)
@require_safe
@cache_control(public=True, max_age=30)
def list_all(request: HttpRequest) -> HttpResponse:
    """The listed shops that match, with counts of further choices. Four queries."""
    chosen, kept = _asked(request.GET)
    counts = queries.shop_counts(chosen, shares=SHARES)
    context = {
        "page": queries.shops(chosen, cursor=request.GET.get("cursor", "")),
        "total": counts.total,
        "chosen": chosen,
        "region_name": reference.display_name(chosen.region) if chosen.region else "",
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
        "kept": kept,
        "groups": _groups(chosen, counts, kept),
        "chips": _chips(chosen, kept),
        "sorts": [(label, query(kept, sort=key), key == chosen.sort) for key, label in queries.SHOP_SORTS.items()],
    }
    return render(request, f"{TEMPLATES}/list.html", context)


def _asked(given: QueryDict) -> tuple[queries.ShopFilter, dict[str, str]]:
    """Parse the URL, ignoring invalid values. Return the filter, and the same as URL parameters."""
    region, kind, sort = given.get("region", ""), given.get("kind", ""), given.get("sort", "")
    share = given.get("answered", "")
    kept = {
        "region": region if reference.has_region(region) else "",
        "kind": kind if kind in AgencyKind.values else "",
        "q": tidy_line(given.get("q", ""))[:40],
        "service": tidy_line(given.get("service", ""))[:30],
        "answered": share if share in {f"{one:.0%}"[:-1] for one in SHARES} else "",
        "sort": sort if sort in queries.SHOP_SORTS and sort != "jobs" else "",
    }
    chosen = queries.ShopFilter(
        region=kept["region"],
        kind=kept["kind"],
        text=kept["q"],
        service=kept["service"],
        answered=int(kept["answered"] or 0) / 100,
        sort=kept["sort"] or "jobs",
    )
    return chosen, {name: value for name, value in kept.items() if value}


def _groups(chosen: queries.ShopFilter, counts: queries.ShopCounts, kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the filters as links; a chosen one links to the list without it."""

    def option(name: str, value: str, label: str, count: int, selected: bool) -> dict[str, Any]:
        href = query(kept, **{name: None if selected else value})
        return {"label": label, "href": href, "count": count, "selected": selected}

    return [
        {
            "title": "性质",
            "options": [
                option("kind", kind, label, counts.kinds.get(kind, 0), kind == chosen.kind)
                for kind, label in AgencyKind.choices
            ],
        },
        {
            "title": "7 日处理率",
            "options": [
                option("answered", f"{one:.0%}"[:-1], f"{one:.0%} 以上", number, one == chosen.answered)
                for one, number in counts.answered.items()
            ],
        },
        {
            "title": "服务项目",
            "options": [
                option("service", name, name, number, name == chosen.service) for name, number in counts.services
            ],
        },
    ]


def _chips(chosen: queries.ShopFilter, kept: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the active filters, each with a link to the list without it."""
    labels = {
        "q": f"“{chosen.text}”",
        "region": reference.display_name(chosen.region) if chosen.region else "",
        "kind": AgencyKind(chosen.kind).label if chosen.kind else "",
        "answered": f"7 日处理率 {chosen.answered:.0%} 以上",
        "service": chosen.service,
    }
    return [(label, query(kept, **{name: None}) or "/agencies") for name, label in labels.items() if name in kept]


def usually(hours: float | None) -> str:
    """Return how long an agency takes to answer: whole days, or hours if less than one; "" if unknown."""
    if hours is None:
        return ""
    return f"{max(1, ceil(hours))} 小时" if hours < 24 else f"{ceil(hours / 24)} 天"


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def detail(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """A shop: its figures and one of four tabs. At most three queries."""
    view = request.GET.get("view", "jobs")
    view = view if view in dict(VIEWS) else "jobs"
    shop = queries.shop(agency_id)
    cursor = request.GET.get("cursor", "")
    context: dict[str, Any] = {
        "shop": shop,
        "agency": shop.agency,
        "view": view,
        "views": [(label, f"?view={key}", key == view, None) for key, label in VIEWS],
        "usually": usually(shop.agency.typical_answer_hours),
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
    """A picture of a listed shop; a changed picture gets another URL."""
    content = queries.picture(Actor.anonymous(), agency_id, picture_id)
    return HttpResponse(content, content_type="image/jpeg")
