"""Policies."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api import links
from jiuye.api.problems import Problem
from jiuye.api.v1 import answers, listed, sparse
from jiuye.domains.policies import queries
from jiuye.domains.policies.queries import PolicyCard, PolicyView
from jiuye.domains.policies.states import Audience, Topic
from jiuye.kernel.access import PUBLIC, access

router = Router(tags=["policies"])
TopicCode = Literal["", "graduates", "startup", "training", "assistance", "subsidy", "veterans", "disability", "rights"]
AudienceCode = Literal[
    "",
    "graduate",
    "unemployed",
    "hardship",
    "migrant",
    "veteran",
    "disabled",
    "worker",
    "flexible",
    "founder",
    "employer",
]
_TOPIC = Query("", description="，".join(f"{code} {name}" for code, name in Topic.choices))  # type: ignore[type-arg]
_AUDIENCE = Query("", description="，".join(f"{code} {name}" for code, name in Audience.choices))  # type: ignore[type-arg]


class PolicyItem(Schema):
    """A policy in a list."""

    id: UUID
    url: str = Field(description="政策页面。")
    title: str
    summary: str
    topic: str
    topic_name: str
    region: str = Field(description="GB/T 2260；空表示全国。")
    region_name: str
    issuer: str
    audience: str
    published_on: date
    ended: str = Field(description="已废止或已过有效期；仍有效时为空。")


class PolicyPage(answers.Listing):
    """A page of policies."""

    items: list[PolicyItem]


class Block(Schema):
    """A part of the text: a heading of level 1 or 2, or a paragraph (level 0)."""

    level: int
    text: str


class PolicyAudience(Schema):
    """A value with its name."""

    value: str
    name: str


class PolicyFile(Schema):
    """A form or the original document; `size` is in bytes."""

    id: UUID
    name: str
    size: int
    url: str


class PolicyRead(PolicyItem):
    """A policy with its text."""

    document_number: str
    blocks: list[Block]
    audiences: list[PolicyAudience]
    valid_until: date | None = Field(description="最后一天，含当日；null 表示长期有效。")
    abolished_on: date | None
    has_conditions: bool = Field(description="政策页上有可以对照的条件。")
    files: list[PolicyFile]
    related: list[PolicyItem]


@router.get(
    "/policies",
    summary="政策列表",
    description="就业政策，最新的在前。region 同时找出全国和上级地区的政策。",
    operation_id="listPolicies",
    response={200: PolicyPage, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def list_policies(
    request: HttpRequest,
    q: str = listed.WORDS,
    region: str = listed.REGION,
    topic: TopicCode = _TOPIC,
    audience: AudienceCode = _AUDIENCE,
    fields: str = sparse.FIELDS,
    size: int = listed.SIZE,
    cursor: str = listed.CURSOR,
) -> HttpResponseBase:
    """Policies by words, topic, region and audience. One query."""
    names = sparse.chosen(fields, PolicyItem)
    page = queries.policies(
        text=listed.words(q),
        topic=topic,
        region=listed.place(region),
        audience=audience,
        cursor=cursor,
        size=size,
    )
    items = [sparse.only(item(request, card), names) for card in page.items]
    return answers.listing(request, items, page.next_cursor)


@router.get(
    "/policies/{uuid:policy_id}",
    summary="政策",
    description="一条政策的正文和附件。已撤下的回答 410。",
    operation_id="readPolicy",
    response={200: PolicyRead, 404: Problem, 410: Problem, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def read_policy(request: HttpRequest, policy_id: UUID, fields: str = sparse.FIELDS) -> HttpResponseBase:
    """A policy with its text and files. Three queries."""
    names = sparse.chosen(fields, PolicyRead)
    content = _policy(request, queries.policy(policy_id))
    return answers.one(request, sparse.only(content, names))


def item(request: HttpRequest, card: PolicyCard) -> dict[str, Any]:
    """Return a policy as `PolicyItem`."""
    same = ("id", "title", "summary", "topic", "region_name", "issuer", "audience", "published_on", "ended")
    return {name: getattr(card, name) for name in same} | {
        "url": links.page(request, f"/policies/{card.id}"),
        "topic_name": card.topic_label,
        "region": card.region_code,
    }


def _policy(request: HttpRequest, policy: PolicyView) -> dict[str, Any]:
    same = ("document_number", "valid_until", "abolished_on", "has_conditions")
    return (
        item(request, policy.card)
        | {name: getattr(policy, name) for name in same}
        | {
            "blocks": [{"level": block.level, "text": block.text} for block in policy.blocks],
            "audiences": [{"value": value, "name": name} for value, name in policy.audiences],
            "files": [
                {"id": one.id, "name": one.name, "size": one.size, "url": f"/policies/{policy.card.id}/files/{one.id}"}
                for one in policy.files
            ],
            "related": [item(request, card) for card in policy.related],
        }
    )
