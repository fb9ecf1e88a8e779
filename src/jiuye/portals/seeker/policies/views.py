"""Policies: the list and one policy."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.policies import queries
from jiuye.domains.policies.states import Topic
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.text.tidying import tidy_line


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def list_all(request: HttpRequest) -> HttpResponse:
    """Policies by words, topic and region. One query."""
    given = request.GET
    region = given.get("region", "") if reference.has_region(given.get("region", "")) else ""
    topic = given.get("topic", "") if given.get("topic", "") in Topic.values else ""
    text = tidy_line(given.get("q", ""))[:40]
    context = {
        "page": queries.policies(text=text, topic=topic, region=region, cursor=given.get("cursor", "")),
        "text": text,
        "topic": topic,
        "topics": [("", "全部主题"), *Topic.choices],
        "region": region,
        "region_name": reference.display_name(region) if region else "",
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
        "kept": {k: v for k, v in (("q", text), ("topic", topic), ("region", region)) if v},
    }
    return render(request, "portals/seeker/policies/templates/list.html", context)


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def detail(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """One policy. One query."""
    return render(request, "portals/seeker/policies/templates/detail.html", {"policy": queries.policy(policy_id)})
