"""Reads of feedback: the author's own, and the staff's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from jiuye.domains.feedback import policies
from jiuye.domains.feedback.models import Feedback, FeedbackFile, FeedbackMessage
from jiuye.domains.feedback.policies import LONGEST, MOST_FILES, SHORTEST
from jiuye.domains.feedback.states import FEEDBACK, FEEDBACK_LABELS, Category, MessageKind
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

__all__ = [
    "LONGEST",
    "MOST_FILES",
    "SHORTEST",
    "WORKING_ON",
    "asked",
    "figures",
    "file_for_asker",
    "file_for_desk",
    "for_desk",
    "mine",
    "queue",
]
WORKING_ON = {"": "全部", "mine": "我的", "unclaimed": "未认领"}


@dataclass(frozen=True, slots=True)
class FeedbackCard:
    """Feedback in a list; `excerpt` is the beginning of its text."""

    id: UUID
    number: str
    category_label: str
    state: str
    state_label: str
    excerpt: str
    created_at: datetime
    waiting_since: datetime
    is_late: bool
    has_account: bool
    stars: int | None
    assigned_to: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message; `by`: its author, in words."""

    kind: str
    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An attached file; `size` in bytes."""

    id: UUID
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """Feedback with all messages, oldest first; notes only for staff."""

    card: FeedbackCard
    text: str = field(repr=False)
    contact: str = field(repr=False)
    said: Sequence[Said]
    files: Sequence[KeptFile]
    answered_at: datetime | None
    reopens_until: datetime | None
    can: frozenset[str]
    """Verbs of the state machine that this actor may use now, and `rate`, `claim`, `release`."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How fast and how well staff answers. Hours; shares 0–1; None if there is nothing to measure."""

    open: int
    unclaimed: int
    late: int
    received: int
    median_hours: float | None
    in_time: float | None
    stars: float | None
    votes: int


def _card(row: Feedback, moment: datetime) -> FeedbackCard:
    text = row.text.replace("\n", " ")
    return FeedbackCard(
        id=row.id,
        number=row.number,
        category_label=Category(row.category).label,
        state=row.state,
        state_label=FEEDBACK_LABELS[row.state],
        excerpt=text if len(text) <= 60 else f"{text[:59]}…",
        created_at=row.created_at,
        waiting_since=row.waiting_since,
        is_late=row.state == "open" and row.waiting_since + policies.ANSWERED_WITHIN < moment,
        has_account=row.author_id is not None,
        stars=row.stars,
        assigned_to=row.assigned_to.name if row.assigned_to else "",
    )


def _rows() -> QuerySet[Feedback]:
    return Feedback.objects.select_related("assigned_to")


def mine(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[FeedbackCard]:
    """Return the actor's own, latest first. One query."""
    moment = clock.now()
    rows = _rows().filter(author_id=actor.person)
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=size).map(lambda row: _card(row, moment))


def find_asked(actor: Actor, number: str, *, code: str = "", lock: bool = False) -> Feedback:
    """Return the row for its author; for this domain's actions too. Raises `NotFound` for others, all alike."""
    rows = Feedback.objects.select_for_update() if lock else _rows()
    row = rows.filter(number=number.strip().upper()[:20].replace("\x00", "")).first()
    if row is None or not policies.is_askers(row, actor, code):
        raise NotFound("没有找到这条反馈。请核对编号和查询码，字母不分大小写。")
    return row


def asked(actor: Actor, number: str, *, code: str = "") -> FeedbackView:
    """Return feedback for its author. Three queries. Raises `NotFound`."""
    row = find_asked(actor, number, code=code)
    moment = clock.now()
    can = FEEDBACK.possible(row.state, "seeker")
    if not policies.may_reopen(row, moment):
        can -= {"follow_up"}
    if row.answered_at and row.stars is None:
        can |= {"rate"}
    return _view(row, moment, can, but=[MessageKind.NOTE])


def for_desk(actor: Actor, feedback_id: UUID) -> FeedbackView:
    """Return feedback for staff, with notes. Three queries. Raises `NotFound` and `Denied`."""
    policies.may_answer(actor)
    row = _rows().filter(pk=feedback_id).first()
    if row is None:
        raise NotFound
    can = FEEDBACK.possible(row.state, "operator")
    can |= {"claim"} if row.assigned_to_id is None else {"release"}
    if row.assigned_to_id not in (None, actor.person_id):
        can -= {"answer", "close"}
    return _view(row, clock.now(), can, but=[])


def _view(row: Feedback, moment: datetime, can: frozenset[str], *, but: Sequence[MessageKind]) -> FeedbackView:
    messages = FeedbackMessage.objects.filter(feedback=row).exclude(kind__in=but).select_related("operator")
    for_desk = not but
    return FeedbackView(
        card=_card(row, moment),
        text=row.text,
        contact=row.contact,
        said=[_said(one, for_desk) for one in messages.order_by("created_at", "id")],
        files=[
            KeptFile(one.id, one.name, one.size) for one in FeedbackFile.objects.filter(feedback=row).order_by("id")
        ],
        answered_at=row.answered_at,
        reopens_until=row.answered_at + policies.REOPENS_WITHIN if row.answered_at else None,
        can=can,
    )


def _said(message: FeedbackMessage, for_desk: bool) -> Said:
    """Return the platform's messages for authors, without naming the staff."""
    by = "平台客服"
    if message.kind == MessageKind.FOLLOW_UP:
        by = "提交人" if for_desk else "您"
    elif for_desk and message.operator:
        by = message.operator.name
    return Said(message.kind, by, message.text, message.created_at)


def file_for_asker(actor: Actor, number: str, file_id: UUID, *, code: str = "") -> tuple[str, str, bytes]:
    """Return name, content type and content of a file, for its sender. Raises `NotFound`."""
    return _file(find_asked(actor, number, code=code).id, file_id)


def file_for_desk(actor: Actor, feedback_id: UUID, file_id: UUID) -> tuple[str, str, bytes]:
    """Return the same for staff. Raises `NotFound` and `Denied`."""
    policies.may_answer(actor)
    return _file(feedback_id, file_id)


def _file(feedback_id: UUID, file_id: UUID) -> tuple[str, str, bytes]:
    row = FeedbackFile.objects.filter(pk=file_id, feedback_id=feedback_id).first()
    if row is None:
        raise NotFound("没有找到这个文件，它可能已删除。")
    return row.name, row.content_type, sealed_files.read(row.key)


def queue(
    actor: Actor, *, state: str = "open", category: str = "", who: str = "", number: str = "", cursor: str = ""
) -> Page[FeedbackCard]:
    """Return the staff's list: open ones, longest waiting first; answered or closed ones, latest first. One query."""
    policies.may_answer(actor)
    rows = _rows()
    if number:
        rows = rows.filter(number=number.strip().upper()[:20])
    elif state in FEEDBACK_LABELS:
        rows = rows.filter(state=state)
    if category in Category.values:
        rows = rows.filter(category=category)
    if who == "mine":
        rows = rows.filter(assigned_to_id=actor.person)
    elif who == "unclaimed":
        rows = rows.filter(assigned_to=None)
    moment = clock.now()
    ordering = ("waiting_since", "id") if state == "open" else ("-waiting_since", "-id")
    return paginate(rows, ordering=ordering, cursor=cursor).map(lambda row: _card(row, moment))


_FIGURES = """
SELECT count(*) FILTER (WHERE state = 'open'),
       count(*) FILTER (WHERE state = 'open' AND assigned_to_id IS NULL),
       count(*) FILTER (WHERE state = 'open' AND waiting_since < %(late)s),
       count(*) FILTER (WHERE created_at >= %(since)s),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_answered_at - created_at) / 3600)
           FILTER (WHERE created_at >= %(since)s AND first_answered_at IS NOT NULL),
       avg((coalesce(first_answered_at, 'infinity') <= created_at + %(promise)s)::int)
           FILTER (WHERE created_at >= %(since)s AND (first_answered_at IS NOT NULL OR created_at < %(late)s)),
       avg(stars) FILTER (WHERE rated_at >= %(since)s),
       count(stars) FILTER (WHERE rated_at >= %(since)s)
FROM feedback_feedback WHERE state = 'open' OR created_at >= %(since)s OR rated_at >= %(since)s
"""


def figures(actor: Actor, *, days: int = 30) -> Figures:
    """Return open work, and figures of the last `days`. One query. Raises `NotFound` and `Denied`."""
    policies.may_answer(actor)
    moment = clock.now()
    facts: dict[str, Any] = {
        "late": moment - policies.ANSWERED_WITHIN,
        "since": moment - timedelta(days=days),
        "promise": policies.ANSWERED_WITHIN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, facts)
        open_, unclaimed, late, received, median, in_time, stars, votes = cursor.fetchone()
    share = float(in_time) if in_time is not None else None
    average = float(stars) if stars is not None else None
    return Figures(open_, unclaimed, late, received, median, share, average, votes)
