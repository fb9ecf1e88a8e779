"""Policies: the list, one policy with its files, and the check of its conditions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.policies import queries
from jiuye.domains.policies.states import Audience, Topic
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.text.tidying import tidy_line
from jiuye.portals.reading_limits import LISTS, PUBLIC_FILES


@access(PUBLIC, limit=LISTS)
@require_safe
@cache_control(public=True, max_age=30)
def list_all(request: HttpRequest) -> HttpResponse:
    """Policies by words, topic, region and audience. One query."""
    given = request.GET
    region = given.get("region", "") if reference.has_region(given.get("region", "")) else ""
    topic = given.get("topic", "") if given.get("topic", "") in Topic.values else ""
    audience = given.get("for", "") if given.get("for", "") in Audience.values else ""
    text = tidy_line(given.get("q", ""))[:40]
    name = reference.display_name(region) if region else ""
    chosen = (
        (f"“{text}”" if text else "", "q"),
        (name, "region"),
        (Topic(topic).label if topic else "", "topic"),
        (Audience(audience).label if audience else "", "for"),
    )
    context = {
        "page": queries.policies(
            text=text, topic=topic, region=region, audience=audience, cursor=given.get("cursor", "")
        ),
        "text": text,
        "topic": topic,
        "topics": [("", "全部主题"), *Topic.choices],
        "region": region,
        "region_name": name,
        "audience": audience,
        "audiences": [("", "全部人群"), *Audience.choices],
        "chosen": [pair for pair in chosen if pair[0]],
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
        "kept": {k: v for k, v in (("q", text), ("topic", topic), ("region", region), ("for", audience)) if v},
    }
    return render(request, "portals/seeker/policies/templates/list.html", context)


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def detail(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """One policy; 410 with the reason after it was withdrawn. Three queries."""
    try:
        found = queries.policy(policy_id)
    except queries.Withdrawn as gone:
        return _withdrawn(request, gone)
    return render(request, "portals/seeker/policies/templates/detail.html", {"policy": found})


def _withdrawn(request: HttpRequest, gone: queries.Withdrawn) -> HttpResponse:
    return render(request, "portals/seeker/policies/templates/withdrawn.html", {"gone": gone}, status=gone.status)


@access(PUBLIC)
@require_safe
@cache_control(private=True, no_store=True)
def check(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """Check answers against the conditions. The answers are only in the URL and are not stored."""
    try:
        found = queries.eligibility(policy_id, request.GET)
    except queries.Withdrawn as gone:
        return _withdrawn(request, gone)
    return render(request, "portals/seeker/policies/templates/check.html", {"found": found})


@access(PUBLIC, limit=PUBLIC_FILES)
@require_safe
@cache_control(public=True, max_age=300)
def file(request: HttpRequest, policy_id: UUID, file_id: UUID) -> HttpResponse:
    """A form or the original document."""
    name, content_type, content = queries.file(policy_id, file_id)
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
