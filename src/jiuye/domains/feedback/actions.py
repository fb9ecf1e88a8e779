"""Submit, answer, follow up, rate and close feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db import transaction

from jiuye.domains.feedback import policies
from jiuye.domains.feedback.events import FeedbackAnswered
from jiuye.domains.feedback.models import Feedback, FeedbackFile, FeedbackMessage
from jiuye.domains.feedback.queries import find_asked
from jiuye.domains.feedback.states import FEEDBACK, Category, MessageKind
from jiuye.kernel import audit, clock, events, sealed_files, uploads
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.networks import network_of
from jiuye.kernel.rate_limits import ADDRESS, Limit
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

_TOO_OFTEN = "您刚提交过几条反馈，请 {wait}后再提交。急事请拨打 12333。"
SENT_BY_PERSON = Limit("feedback-person", "提交反馈", "每个人", 5, 3600, _TOO_OFTEN)
SENT_BY_ADDRESS = Limit("feedback-address", "提交反馈（未登录）", ADDRESS, 10, 3600, _TOO_OFTEN)
"""A whole hall may share an address."""

_GUESSED = "查询得太频繁了，请 {wait}后再查，或拨打 12333。"
LOOKED_UP_BY_ADDRESS = Limit("feedback-look-up-address", "用编号和查询码查反馈", ADDRESS, 20, 3600, _GUESSED)
LOOKED_UP_BY_NUMBER = Limit("feedback-look-up-number", "用编号和查询码查反馈", "每个编号", 10, 3600, _GUESSED)
_ADDED = "补充得太频繁了，请 {wait}后再补充。急事请拨打 12333。"
MORE_BY_ASKER = Limit("feedback-more-asker", "补充反馈", "每个人；未登录的按地址（IPv6 按 /64）", 20, 3600, _ADDED)
MORE_TO_ONE = Limit("feedback-more-one", "补充反馈", "每条反馈", 10, 3600, _ADDED)


@dataclass(frozen=True, slots=True)
class Sent:
    """The receipt of a submission; `query_code` is empty for people with an account."""

    number: str
    query_code: str


def submit(
    actor: Actor,
    *,
    submission: UUID,
    category: str,
    text: str,
    contact: str = "",
    files: Sequence[tuple[str, IO[bytes]]] = (),
) -> Sent:
    """Submit feedback, with or without an account. The same `submission` again returns the same number and creates
    nothing.

    Raises `Invalid` for `category`, `text`, `contact` or `attachments`, and `RateLimited`.
    """
    if (earlier := Feedback.objects.filter(submission=submission, author_id=actor.person_id).first()) is not None:
        return Sent(earlier.number, earlier.query_code)
    text = _checked(text, least=policies.SHORTEST)
    if category not in Category.values:
        raise Invalid({"category": "请选择一个类别。"})
    if len(contact := tidy_line(contact)) > 60:
        raise Invalid({"contact": "联系方式请不要超过 60 个字。"})
    _limit(actor)
    cleaned = _cleaned(files)
    row = Feedback(
        submission=submission,
        number=policies.new_number(),
        query_code="" if actor.person_id else policies.new_query_code(),
        author_id=actor.person_id,
        category=category,
        text=text,
        contact=contact,
        created_at=clock.now(),
        waiting_since=clock.now(),
    )
    with transaction.atomic():
        row.save(force_insert=True)
        for one in cleaned:
            _keep(row, one)
        audit.record(actor, "feedback.submit", row.id, category=category, files=len(cleaned))
    return Sent(row.number, row.query_code)


def _limit(actor: Actor) -> None:
    """Limit to five an hour per person; without an account ten an hour per address, which a whole hall may share."""
    if actor.is_signed_in:
        SENT_BY_PERSON.hit(actor.person)
    else:
        SENT_BY_ADDRESS.hit(network_of(actor.ip))


def _cleaned(files: Sequence[tuple[str, IO[bytes]]]) -> list[uploads.Clean]:
    if len(files) > policies.MOST_FILES:
        raise Invalid({"attachments": f"最多上传 {policies.MOST_FILES} 个文件。"})
    try:
        return [uploads.clean(content, name=name) for name, content in files]
    except uploads.Unacceptable as problem:
        raise Invalid({"attachments": problem.message}) from problem


def _keep(row: Feedback, file: uploads.Clean) -> None:
    key = sealed_files.save("feedback", file.content, file.content_type)
    FeedbackFile.objects.create(
        feedback=row, key=key, name=file.name, content_type=file.content_type, size=len(file.content)
    )


def _checked(text: str, *, least: int = 2) -> str:
    text = tidy_lines(text)
    if len(text) < least:
        raise Invalid({"text": f"请再写得具体一些，至少 {least} 个字：在哪一步、看到什么、希望怎样。"})
    if len(text) > policies.LONGEST:
        raise Invalid({"text": f"请不要超过 {policies.LONGEST} 个字，现在有 {len(text)} 个字。"})
    return text


def look_up(actor: Actor, *, number: str, code: str) -> str:
    """Return the number of feedback without an account, by its code. Raises `NotFound` and `RateLimited`."""
    LOOKED_UP_BY_ADDRESS.hit(network_of(actor.ip))
    LOOKED_UP_BY_NUMBER.hit(tidy_line(number).upper()[:20])
    return find_asked(Actor.anonymous(actor.ip), number, code=code).number


def follow_up(actor: Actor, *, number: str, text: str, code: str = "") -> None:
    """Add to feedback; an answered or closed one is reopened within seven days of the answer. Repeating the last text
    adds
    nothing.

    Raises `NotFound`, `Invalid` for `text`, `Refused` if it is too late, `RateLimited`.
    """
    text = _checked(text)
    MORE_BY_ASKER.hit(actor.person_id or network_of(actor.ip))
    with transaction.atomic():
        row = find_asked(actor, number, code=code, lock=True)
        last = FeedbackMessage.objects.filter(feedback=row).order_by("-created_at", "-id").first()
        if last is None or last.kind != MessageKind.FOLLOW_UP or last.text != text:
            _follow_up(actor, row, text)


def _follow_up(actor: Actor, row: Feedback, text: str) -> None:
    verb = "supplement" if row.state == "open" else "follow_up"
    found = FEEDBACK.find(verb, row.state, "seeker")
    moment = clock.now()
    if verb == "follow_up" and not policies.may_reopen(row, moment):
        raise Refused("答复已超过 7 天，这条反馈不能再追问。如还有问题，请提交一条新的反馈。", code="too_late")
    MORE_TO_ONE.hit(row.id)
    FeedbackMessage.objects.create(feedback=row, kind=MessageKind.FOLLOW_UP, text=text, created_at=moment)
    if verb == "follow_up":
        row.state, row.waiting_since, row.closed_at = found.target, moment, None
        row.save(update_fields=["state", "waiting_since", "closed_at"])
    audit.record(actor, f"feedback.{verb}", row.id)


@transaction.atomic
def rate(actor: Actor, *, number: str, stars: int, code: str = "") -> None:
    """Rate the answer, once. Raises `NotFound`, `Invalid` for `stars`, `Refused`."""
    row = find_asked(actor, number, code=code, lock=True)
    if not 1 <= stars <= 5:
        raise Invalid({"stars": "请选择 1 到 5 星。"})
    if row.answered_at is None:
        raise Refused("还没有答复，收到答复后再评价。", code="not_answered")
    if row.stars == stars:
        return  # pressed twice
    if row.stars is not None:
        raise Refused("您已经评价过了，谢谢。", code="rated")
    row.stars, row.rated_at = stars, clock.now()
    row.save(update_fields=["stars", "rated_at"])
    audit.record(actor, "feedback.rate", row.id, stars=stars)


@transaction.atomic
def finish(actor: Actor, *, number: str, code: str = "") -> None:
    """Close it by its author. Idempotent. Raises `NotFound` and `Refused`."""
    row = find_asked(actor, number, code=code, lock=True)
    if row.state != "closed":
        _close(actor, row, "seeker")


@transaction.atomic
def close(actor: Actor, *, feedback_id: UUID) -> None:
    """Close it by staff. Raises `NotFound`, `Denied` and `Refused`."""
    row = _at_desk(actor, feedback_id)
    _not_somebody_elses(actor, row)
    _close(actor, row, "operator")


def _close(actor: Actor, row: Feedback, party: str) -> None:
    row.state, row.closed_at = FEEDBACK.find("close", row.state, party).target, clock.now()
    row.save(update_fields=["state", "closed_at"])
    audit.record(actor, "feedback.close", row.id, by=party)


def close_settled(actor: Actor) -> int:
    """Close what was answered more than seven days ago and not followed up. Return the number; for the hourly task."""
    due = Feedback.objects.filter(state="answered", answered_at__lt=clock.now() - policies.REOPENS_WITHIN)
    count = 0
    for pk in list(due.order_by("answered_at").values_list("pk", flat=True)[:1000]):
        with transaction.atomic():
            row = due.select_for_update(skip_locked=True).filter(pk=pk).first()
            if row is not None:
                _close(actor, row, "system")
                count += 1
    return count


def _at_desk(actor: Actor, feedback_id: UUID) -> Feedback:
    policies.may_answer(actor)
    row = Feedback.objects.select_for_update().filter(pk=feedback_id).first()
    if row is None:
        raise NotFound
    return row


def _not_somebody_elses(actor: Actor, row: Feedback) -> None:
    if row.assigned_to_id not in (None, actor.person_id):
        raise Refused("这条反馈已由同事认领。需要您处理的话，请先让同事放回，或由您放回后重新认领。", code="claimed")


@transaction.atomic
def claim(actor: Actor, *, feedback_id: UUID) -> None:
    """Claim feedback, so that no two people answer it. Raises `NotFound`, `Denied`, `Refused` if somebody has claimed it."""
    row = _at_desk(actor, feedback_id)
    _not_somebody_elses(actor, row)
    if row.assigned_to_id is None:
        row.assigned_to_id = actor.person
        row.save(update_fields=["assigned_to"])
        audit.record(actor, "feedback.claim", row.id)


@transaction.atomic
def release(actor: Actor, *, feedback_id: UUID) -> None:
    """Release feedback, one's own or an absent colleague's. Raises `NotFound` and `Denied`."""
    row = _at_desk(actor, feedback_id)
    if row.assigned_to_id is not None:
        audit.record(actor, "feedback.release", row.id, had=row.assigned_to_id)
        row.assigned_to = None
        row.save(update_fields=["assigned_to"])


@transaction.atomic
def answer(actor: Actor, *, feedback_id: UUID, text: str) -> None:
    """Answer, or add to the answer; this claims it.

    Raises `NotFound`, `Denied`, `Invalid` for `text`, `Refused` if a colleague has claimed it or it is closed.
    """
    row = _at_desk(actor, feedback_id)
    text = _checked(text)
    _not_somebody_elses(actor, row)
    found = FEEDBACK.find("answer", row.state, "operator")
    moment = clock.now()
    row.state, row.answered_at, row.assigned_to_id = found.target, moment, actor.person
    row.first_answered_at = row.first_answered_at or moment
    row.save(update_fields=["state", "answered_at", "assigned_to", "first_answered_at"])
    FeedbackMessage.objects.create(
        feedback=row, kind=MessageKind.ANSWER, text=text, operator_id=actor.person, created_at=moment
    )
    events.publish(actor, FeedbackAnswered(row.id, row.number, row.author_id))
    audit.record(actor, "feedback.answer", row.id)


@transaction.atomic
def add_note(actor: Actor, *, feedback_id: UUID, text: str) -> None:
    """Add a note for colleagues, which authors never see. Raises `NotFound`, `Denied`, `Invalid` for `text`."""
    row = _at_desk(actor, feedback_id)
    FeedbackMessage.objects.create(
        feedback=row, kind=MessageKind.NOTE, text=_checked(text), operator_id=actor.person, created_at=clock.now()
    )
    audit.record(actor, "feedback.note", row.id)
