"""Public reads of policies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet

from jiuye.domains.policies.models import Policy, PolicyFile
from jiuye.domains.policies.policies import Checked, check, conclusion, read
from jiuye.domains.policies.states import Audience, PolicyState, Topic, Verdict
from jiuye.domains.policies.text import Block, blocks
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

WHOLE_COUNTRY = "全国"
_RELATED = 4


@dataclass(frozen=True)
class PolicyCard:
    """A policy in a list. `ended`: why it no longer applies (已废止, 已过有效期); empty while it does."""

    id: UUID
    title: str
    summary: str
    topic: str
    topic_label: str
    region_code: str
    """Empty: the whole country."""
    region_name: str
    issuer: str
    audience: str
    published_on: date
    ended: str


@dataclass(frozen=True)
class PolicyFileView:
    """A downloadable file; `size` in bytes."""

    id: UUID
    name: str
    size: int


@dataclass(frozen=True)
class PolicyView:
    """A policy's own page."""

    card: PolicyCard
    document_number: str
    blocks: Sequence[Block]
    audiences: Sequence[tuple[str, str]]
    valid_until: date | None
    abolished_on: date | None
    has_conditions: bool
    files: Sequence[PolicyFileView]
    related: Sequence[PolicyCard]


@dataclass(frozen=True)
class Eligibility:
    """The result of a person's answers to a policy's conditions; `verdict` is of all conditions together."""

    card: PolicyCard
    checked: Sequence[Checked]
    verdict: Verdict
    is_answered: bool


class Withdrawn(NotFound):
    """The policy was public and no longer is; its title and the reason may be shown (RFC 9110 §15.5.11)."""

    code = "gone"
    status = 410

    def __init__(self, card: PolicyCard, reason: str, withdrawn_at: datetime, related: Sequence[PolicyCard]) -> None:
        super().__init__(f"“{card.title}”已撤下。")
        self.card = card
        self.reason = reason
        self.withdrawn_at = withdrawn_at
        self.related = related


def card(policy: Policy) -> PolicyCard:
    """Return the card of a loaded policy; no query."""
    return PolicyCard(
        id=policy.id,
        title=policy.title,
        summary=policy.summary,
        topic=policy.topic,
        topic_label=Topic(policy.topic).label if policy.topic else "",
        region_code=policy.region_id or "",
        region_name=reference.region(policy.region_id).short_name if policy.region_id else WHOLE_COUNTRY,
        issuer=policy.issuer,
        audience=policy.audience,
        published_on=policy.published_on,
        ended=_ended(policy, clock.today()),
    )


def _ended(policy: Policy, today: date) -> str:
    if policy.abolished_on and policy.abolished_on <= today:
        return "已废止"
    return "已过有效期" if policy.valid_until and policy.valid_until < today else ""


def _public() -> QuerySet[Policy]:
    return Policy.objects.filter(is_published=True)


def policies(
    *, text: str = "", topic: str = "", region: str = "", audience: str = "", cursor: str = "", size: int = 20
) -> Page[PolicyCard]:
    """Return policies, newest first. One query.

    `region` also finds those of the whole country and of the levels above. At most five words are searched. There are
    some thousands of policies, which PostgreSQL scans in milliseconds, so they need no search index.
    """
    rows = _public()
    if topic in Topic.values:
        rows = rows.filter(topic=topic)
    if audience in Audience.values:
        rows = rows.filter(audiences__contains=[audience])
    if region and reference.has_region(region):
        above = [one.code for one in reference.ancestors(region)]
        rows = rows.filter(Q(region_id=None) | Q(region_id__in=[*above, *reference.descendants(region)]))
    for word in text.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(audience__icontains=word))
    return paginate(rows, ordering=("-published_on", "-id"), cursor=cursor, size=size).map(card)


def on_the_map(most: int) -> list[tuple[UUID, date]]:
    """For the site map: return the newest public ones, each with its publication day. One query."""
    return [
        (pk, day) for pk, day in _public().order_by("-published_on", "-pk").values_list("pk", "published_on")[:most]
    ]


def _find(policy_id: UUID) -> Policy:
    found = Policy.objects.filter(pk=policy_id).first()
    if found is None or found.state == PolicyState.DRAFT:
        raise NotFound("没有找到这条政策，它可能已撤下。")
    if found.withdrawn_at:
        related = [card(one) for one in _related(found)]
        raise Withdrawn(card(found), found.withdrawn_reason, found.withdrawn_at, related)
    return found


def policy(policy_id: UUID) -> PolicyView:
    """Return one published policy with its files and similar ones. Three queries. Raises `NotFound` and `Withdrawn`."""
    return view(_find(policy_id))


def view(found: Policy) -> PolicyView:
    """Return the page of a loaded policy, public or not; for this domain. Two queries."""
    return PolicyView(
        card=card(found),
        document_number=found.document_number,
        blocks=blocks(found.body),
        audiences=[(one, Audience(one).label) for one in found.audiences if one in Audience.values],
        valid_until=found.valid_until,
        abolished_on=found.abolished_on,
        has_conditions=bool(read(found.conditions)),
        files=files_of(found),
        related=[card(one) for one in _related(found)],
    )


def files_of(policy: Policy) -> list[PolicyFileView]:
    """Return its files, oldest first. One query."""
    rows = PolicyFile.objects.filter(policy=policy).order_by("id")
    return [PolicyFileView(one.id, one.name, one.size) for one in rows]


def _related(policy: Policy) -> list[Policy]:
    """Return the newest of the same topic that apply there too: of the whole country, of the levels above, of the same place."""
    places = Q(region_id=None)
    if policy.region_id:
        places |= Q(region_id__in=[policy.region_id, *(one.code for one in reference.ancestors(policy.region_id))])
    today = clock.today()
    rows = _public().filter(places, topic=policy.topic, abolished_on=None).exclude(pk=policy.pk)
    rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=today))
    return list(rows.order_by("-published_on", "-id")[:_RELATED])


def eligibility(policy_id: UUID, answers: Mapping[str, str]) -> Eligibility:
    """Check a policy's conditions against a person's answers, which are not stored. One query.

    Raises `NotFound`, also for a policy without structured conditions, and `Withdrawn`.
    """
    found = _find(policy_id)
    conditions = read(found.conditions)
    if not conditions:
        raise NotFound("这条政策没有列出可以对照的条件，请看正文或拨打 12333。")
    checked = check(conditions, answers)
    is_answered = any(f"c{number}" in answers for number in range(1, len(conditions) + 1))
    return Eligibility(card(found), checked, conclusion(checked), is_answered)


def file(policy_id: UUID, file_id: UUID) -> tuple[str, str, bytes]:
    """Return name, content type and content of a published policy's file. One query. Raises `NotFound`."""
    return opened(PolicyFile.objects.filter(pk=file_id, policy_id=policy_id, policy__is_published=True).first())


def opened(row: PolicyFile | None) -> tuple[str, str, bytes]:
    """Return name, content type and content. Raises `NotFound`."""
    if row is None or not default_storage.exists(row.key):
        raise NotFound("没有找到这个附件，它可能已撤下。")
    with default_storage.open(row.key) as kept:
        return row.name, row.content_type, kept.read()
