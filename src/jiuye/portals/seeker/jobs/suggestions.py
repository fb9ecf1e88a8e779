"""Suggestions of the search box while typing, as JSON."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.local_limits import LocalLimit
from jiuye.kernel.rate_limits import ADDRESS
from jiuye.portals.seeker.jobs.links import JOBS
from jiuye.search.suggestions import Offer, OfferKind, offers

LIMIT = LocalLimit("suggestions", "搜索框的联想词", ADDRESS, 1200, 60)
"""Carriers' NAT gives many people one address: the limit stops programs, not people typing."""

_KINDS: dict[OfferKind, str] = {
    "title": "职位",
    "occupation": "职业",
    "region": "地区",
    "employer": "用人单位",
    "agency": "职介机构",
}


@access(PUBLIC, limit=LIMIT)
@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """Return `{"items": [{text, kind, href, words}]}` for `q`, the same for everyone. No query.

    An item with `words` is searched for; one without leads to `href` at once.
    """
    found = [_item(offer) for offer in offers(request.GET.get("q", ""))]
    return JsonResponse({"items": found}, json_dumps_params={"ensure_ascii": False})


def _item(offer: Offer) -> dict[str, str]:
    return {
        "text": offer.text,
        "kind": _KINDS[offer.kind],
        "href": _href(offer),
        "words": offer.text if offer.kind == "title" else "",
    }


def _href(offer: Offer) -> str:
    if offer.kind == "title":
        return ""
    return f"/agencies/{offer.code}" if offer.kind == "agency" else f"{JOBS}?{offer.kind}={offer.code}"
