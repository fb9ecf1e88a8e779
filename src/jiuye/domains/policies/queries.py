"""Public reads of policies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jiuye.domains.policies.models import Policy
from jiuye.domains.policies.states import Topic
from jiuye.domains.reference import queries as reference
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

WHOLE_COUNTRY = "全国"


@dataclass(frozen=True)
class PolicyCard:
    """A policy in a list."""

    id: UUID
    title: str
    summary: str
    topic_label: str
    region_name: str
    issuer: str
    audience: str
    published_on: date


@dataclass(frozen=True)
class PolicyView:
    """A policy's own page; `paragraphs` is the body by blank lines."""

    card: PolicyCard
    document_number: str
    paragraphs: Sequence[str]


def _card(policy: Policy) -> PolicyCard:
    return PolicyCard(
        id=policy.id,
        title=policy.title,
        summary=policy.summary,
        topic_label=Topic(policy.topic).label,
        region_name=reference.region(policy.region_id).short_name if policy.region_id else WHOLE_COUNTRY,
        issuer=policy.issuer,
        audience=policy.audience,
        published_on=policy.published_on,
    )


def _public() -> QuerySet[Policy]:
    return Policy.objects.filter(is_published=True)


def policies(
    *, text: str = "", topic: str = "", region: str = "", cursor: str = "", size: int = 20
) -> Page[PolicyCard]:
    """Policies, the newest first. `region` also finds those of the whole country and of the levels above. One query."""
    rows = _public()
    if topic in Topic.values:
        rows = rows.filter(topic=topic)
    if region and reference.has_region(region):
        above = [one.code for one in reference.ancestors(region)]
        rows = rows.filter(Q(region_id=None) | Q(region_id__in=[*above, *reference.descendants(region)]))
    for word in text.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(audience__icontains=word))
    return paginate(rows, ordering=("-published_on", "-id"), cursor=cursor, size=size).map(_card)


def on_the_map(most: int) -> list[tuple[UUID, date]]:
    """For the site map: the newest public ones, each with the day from which it is. One query."""
    return [
        (pk, day) for pk, day in _public().order_by("-published_on", "-pk").values_list("pk", "published_on")[:most]
    ]


def policy(policy_id: UUID) -> PolicyView:
    """One published policy. One query; raises `NotFound`."""
    found = _public().filter(pk=policy_id).first()
    if found is None:
        raise NotFound("没有找到这条政策，它可能已撤下。")
    return PolicyView(_card(found), found.document_number, found.body.split("\n\n"))
