"""What the search box offers while one types, as JSON."""

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.local_limits import LocalLimit
from jiuye.search.suggestions import offers

# Whole neighbourhoods share an address (carriers' NAT): this stops a program, not people who type.
LIMIT = LocalLimit(limit=1200, seconds=60)


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"items": [{text, kind, href, words}]}` for `q`, the same for everyone. No query."""
    LIMIT.hit(request.META["REMOTE_ADDR"])
    found = [asdict(offer) for offer in offers(request.GET.get("q", ""))]
    return JsonResponse({"items": found}, json_dumps_params={"ensure_ascii": False})
