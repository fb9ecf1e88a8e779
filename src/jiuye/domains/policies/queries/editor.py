"""Policies for their editors: all states, what is missing, and the history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jiuye.domains.accounts.models import User
from jiuye.domains.policies import policies as rules
from jiuye.domains.policies.models import Policy, PolicyFile
from jiuye.domains.policies.policies import Condition, read
from jiuye.domains.policies.queries.public import PolicyFileView, PolicyView, card, files_of, opened, view
from jiuye.domains.policies.states import POLICY, POLICY_LABELS, PolicyState
from jiuye.domains.reference import queries as reference
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

_HISTORY = 20
_STATES = {
    PolicyState.DRAFT: Q(is_published=False, withdrawn_at=None),
    PolicyState.PUBLISHED: Q(is_published=True),
    PolicyState.WITHDRAWN: Q(withdrawn_at__isnull=False),
}
_DONE = {
    "policy.create": "新建",
    "policy.edit": "修改内容",
    "policy.edit_conditions": "修改申请条件",
    "policy.add_file": "添加附件",
    "policy.delete_file": "删除附件",
    "policy.publish": "发布",
    "policy.withdraw": "撤下",
    "policy.abolish": "标注废止",
    "policy.reinstate": "取消废止",
}


@dataclass(frozen=True)
class PolicyRow:
    """A policy in the editors' list."""

    id: UUID
    title: str
    state: str
    state_label: str
    ended: str
    topic_label: str
    region_name: str
    issuer: str
    published_on: date
    updated_at: datetime | None


@dataclass(frozen=True)
class Change:
    """One line of the history: when, what, by whom, with which text."""

    at: datetime
    what: str
    who: str
    note: str


@dataclass(frozen=True)
class PolicyDesk:
    """A policy in the editor. `missing`: what publication still requires; `can`: the verbs its state allows."""

    id: UUID
    title: str
    summary: str
    body: str
    topic: str
    topic_label: str
    audience: str
    audiences: Sequence[str]
    region: str
    region_name: str
    issuer: str
    document_number: str
    published_on: date
    valid_until: date | None
    abolished_on: date | None
    conditions: Sequence[Condition]
    files: Sequence[PolicyFileView]
    version: int
    state: str
    state_label: str
    ended: str
    withdrawn_reason: str
    updated_at: datetime | None
    missing: Sequence[str]
    can: frozenset[str]


def listing(actor: Actor, *, state: str = "", text: str = "", cursor: str = "", size: int = 30) -> Page[PolicyRow]:
    """Return policies of a state (all if it names none) with `text` in title or number, newest documents first. One query."""
    rules.may_edit(actor)
    rows = Policy.objects.filter(_STATES[PolicyState(state)]) if state in POLICY_LABELS else Policy.objects.all()
    for word in text.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    return paginate(rows, ordering=("-published_on", "-id"), cursor=cursor, size=size).map(_row)


def counts(actor: Actor) -> Mapping[str, int]:
    """Return the number in each state. One query."""
    rules.may_edit(actor)
    return Policy.objects.aggregate(**{str(state): Count("id", filter=which) for state, which in _STATES.items()})


def _row(policy: Policy) -> PolicyRow:
    shown = card(policy)
    return PolicyRow(
        id=policy.id,
        title=policy.title,
        state=policy.state,
        state_label=POLICY_LABELS[policy.state],
        ended=shown.ended,
        topic_label=shown.topic_label,
        region_name=shown.region_name,
        issuer=policy.issuer,
        published_on=policy.published_on,
        updated_at=policy.updated_at,
    )


def _all(actor: Actor) -> QuerySet[Policy]:
    rules.may_edit(actor)
    return Policy.objects.all()


def _find(actor: Actor, policy_id: UUID) -> Policy:
    found = _all(actor).filter(pk=policy_id).first()
    if found is None:
        raise NotFound
    return found


def desk(actor: Actor, policy_id: UUID) -> PolicyDesk:
    """Return one of them. Two queries. Raises `NotFound` and `Denied`."""
    found = _find(actor, policy_id)
    shown = card(found)
    return PolicyDesk(
        id=found.id,
        title=found.title,
        summary=found.summary,
        body=found.body,
        topic=found.topic,
        topic_label=shown.topic_label,
        audience=found.audience,
        audiences=tuple(found.audiences),
        region=found.region_id or "",
        region_name=reference.display_name(found.region_id) if found.region_id else "",
        issuer=found.issuer,
        document_number=found.document_number,
        published_on=found.published_on,
        valid_until=found.valid_until,
        abolished_on=found.abolished_on,
        conditions=read(found.conditions),
        files=files_of(found),
        version=found.version,
        state=found.state,
        state_label=POLICY_LABELS[found.state],
        ended=shown.ended,
        withdrawn_reason=found.withdrawn_reason,
        updated_at=found.updated_at,
        missing=rules.missing(found),
        can=POLICY.possible(found.state, "operator"),
    )


def preview(actor: Actor, policy_id: UUID) -> PolicyView:
    """Return the public page. Three queries. Raises `NotFound` and `Denied`."""
    return view(_find(actor, policy_id))


def history(actor: Actor, policy_id: UUID) -> list[Change]:
    """Return its history, latest first. Two queries."""
    rules.may_edit(actor)
    lines = audit.of_subject(policy_id, limit=_HISTORY)
    names = _names({line.person_id for line in lines if line.person_id})
    return [
        Change(line.occurred_at, _DONE[line.action], names.get(line.person_id, "平台"), _note(line.detail))
        for line in lines
        if line.action in _DONE
    ]


def _names(person_ids: set[UUID]) -> dict[UUID | None, str]:
    return dict(User.objects.filter(pk__in=person_ids).exclude(name="").values_list("pk", "name"))


def _note(detail: Mapping[str, object]) -> str:
    return str(detail.get("reason") or detail.get("name") or detail.get("on") or "")


def draft_file(actor: Actor, policy_id: UUID, file_id: UUID) -> tuple[str, str, bytes]:
    """Return name, content type and content of a policy's file, published or not. Raises `NotFound` and `Denied`."""
    rules.may_edit(actor)
    return opened(PolicyFile.objects.filter(pk=file_id, policy_id=policy_id).first())
