"""How the platform does: a page, the same as JSON, and the incidents as a feed. They work while the database is away."""

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.kernel.access import PUBLIC, access
from jiuye.status.incidents import incidents
from jiuye.status.measures import Part, Status, status
from jiuye.syndication.incident_feed import incident_feed

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
TONES = {"normal": "ok", "delayed": "warn", "down": "error"}
HEADLINES = {"normal": "一切正常", "delayed": "部分服务有延迟", "down": "部分服务中断"}


@access(PUBLIC)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The state of each part and the incidents. Five queries in five seconds; 503 while the database is away."""
    found = status()
    context = {
        "headline": HEADLINES[found.state],
        "kind": TONES[found.state],
        "parts": [(part.title, part.label, TONES[part.state], delay_of(part)) for part in found.parts],
        "measured_at": found.measured_at,
        "is_readable": found.is_readable,
        "incidents": incidents(),
    }
    return _fresh(render(request, "portals/seeker/status/templates/status.html", context), found)


@access(PUBLIC)
@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The same for programs: `delay_seconds` is null for what has none."""
    found = status()
    content = {
        "state": found.state,
        "state_name": found.label,
        "measured_at": found.measured_at,
        "parts": [
            {
                "name": part.name,
                "title": part.title,
                "state": part.state,
                "state_name": part.label,
                "delay_seconds": part.delay,
            }
            for part in found.parts
        ],
        "incidents": [one.model_dump() for one in incidents()],
    }
    return _fresh(HttpResponse(orjson.dumps(content, option=_OPTIONS), content_type="application/json"), found)


@access(PUBLIC)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The incidents as an Atom feed. No query."""
    body = incident_feed(incidents(), site=settings.SITE_URL)
    headers = {"Cache-Control": "public, max-age=60"}
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8", headers=headers)


def delay_of(part: Part) -> str:
    """Return how long the oldest work has been waiting, in words; empty for a part without a delay."""
    if part.delay is None:
        return ""
    if part.delay < 5:
        return "没有等待"
    if part.delay < 120:
        return f"{part.delay} 秒"
    return f"{part.delay // 60} 分钟" if part.delay < 7200 else f"{part.delay // 3600} 小时"


def _fresh(response: HttpResponse, found: Status) -> HttpResponse:
    response.headers["Cache-Control"] = "public, max-age=5" if found.is_readable else "no-store"
    if not found.is_readable:
        response.status_code = 503
        response.headers["Retry-After"] = "5"
    return response
