"""The life cycle of postings: publish, withdraw, confirm, expire. Each change is a transition of `states.POSTING`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs import closing, policies
from jiuye.domains.jobs.actions import checks
from jiuye.domains.jobs.events import PostingsChanged, PostingsExpired
from jiuye.domains.jobs.models import ImportNote, JobPosting
from jiuye.domains.jobs.states import POSTING, ClosingReason
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, ProductError, Refused

MOST_AT_ONCE = 200
_LIFE = [
    "state",
    "valid_through",
    "published_at",
    "confirmed_at",
    *closing.COLUMNS,
    "updated_at",
    "version",
    "review_note",
]

Change = Callable[[JobPosting], str]
"""Changes a locked posting in memory and returns the verb; raises the reason if it is forbidden."""


@dataclass(frozen=True)
class Outcome:
    """The result for one posting in a bulk change; `message` says why nothing happened."""

    posting_id: UUID
    title: str
    done: bool
    state: str
    message: str = ""


def publish_posting(
    actor: Actor, *, posting_id: UUID, valid_through: date | None = None, version: int | None = None
) -> str:
    """Publish a draft, a rejected, withdrawn or expired posting until `valid_through` (None: the day in the posting).

    Returns the new state: published, or under_review if it needs a review first. Raises `Refused` if the agency may
    not publish or the state does not allow it, `Invalid` for missing elements, `Screened` for forbidden text.
    """
    return _change(actor, posting_id, _publishing(actor, valid_through), version)


def withdraw_posting(actor: Actor, *, posting_id: UUID, version: int | None = None) -> None:
    """Take a published posting off the site (下架)."""
    _change(actor, posting_id, _withdraw, version)


def fill_posting(
    actor: Actor, *, posting_id: UUID, hired_here: int, hired_elsewhere: int, version: int | None = None
) -> None:
    """Withdraw a published posting because its openings are filled (招满).

    `hired_here`: people hired through the platform; `hired_elsewhere`: by other ways. Raises `Invalid` for these,
    `Refused` if it is not published.
    """
    _change(actor, posting_id, _filling(hired_here, hired_elsewhere), version)


def confirm_posting(actor: Actor, *, posting_id: UUID, version: int | None = None) -> None:
    """Confirm that an open posting is still open, with a date that seekers see. Raises `Refused` if it is not open."""
    _change(actor, posting_id, _confirm, version)


def publish_several(actor: Actor, *, posting_ids: Sequence[UUID], valid_through: date | None = None) -> list[Outcome]:
    """Publish postings in one transaction, as far as possible. Return the result of each, in the order given.

    One that an import holds back (`ImportNote.holds`) is published one by one, where its notes are seen.
    """
    held = set(ImportNote.objects.filter(posting_id__in=posting_ids, holds=True).values_list("posting_id", flat=True))
    publish = _publishing(actor, valid_through)

    def unless_held(posting: JobPosting) -> str:
        if posting.id in held:
            raise Refused("导入时有拿不准的内容，请打开这个职位，看过“导入时的提示”再发布。", code="held_by_import")
        return publish(posting)

    return _change_several(actor, posting_ids, unless_held)


def withdraw_several(actor: Actor, *, posting_ids: Sequence[UUID]) -> list[Outcome]:
    """Withdraw postings in one transaction, as far as possible. Return the result of each, in the order given."""
    return _change_several(actor, posting_ids, _withdraw)


def confirm_several(actor: Actor, *, posting_ids: Sequence[UUID]) -> list[Outcome]:
    """Confirm open postings in one transaction. Return the result of each, in the order given."""
    return _change_several(actor, posting_ids, _confirm)


def expire_due_postings(limit: int = 500) -> int:
    """Expire published postings past their last day, oldest first. Return their number. Run by the system. Idempotent."""
    moment, today = clock.now(), clock.today()
    row = POSTING.find("expire", "published", "system")
    with transaction.atomic():
        due = list(
            JobPosting.objects.select_for_update(skip_locked=True)
            .filter(state="published", valid_through__lt=today)
            .order_by("valid_through", "id")[:limit]
        )
        for posting in due:
            posting.state, posting.updated_at = row.target, moment
            closing.close(posting, ClosingReason.EXPIRED, moment)
            posting.version += 1
        _store(Actor.system(), "expire", due)
        for agency_id in dict.fromkeys(posting.agency_id for posting in due):
            theirs = [posting.id for posting in due if posting.agency_id == agency_id]
            events.publish(Actor.system(), PostingsExpired(agency_id, theirs))
    return len(due)


def _publishing(actor: Actor, valid_through: date | None) -> Change:
    policies.may_edit(actor)
    checks.require_standing(actor)
    moment, today = clock.now(), clock.today()

    def publish(posting: JobPosting) -> str:
        row = POSTING.find("publish", posting.state, "agency")
        posting.valid_through = valid_through or posting.valid_through
        checks.require_elements(posting)
        checks.require_restrictions_allow(posting)
        if fault := policies.validity_fault(posting.valid_through, today):
            raise Invalid({"valid_through": fault})
        if checks.require_clean(posting).verdict == "review":
            row = POSTING.find("hold", posting.state, "system")
        else:
            posting.published_at = posting.published_at or moment
            posting.confirmed_at = moment
            closing.reopen(posting)
        posting.state, posting.review_note = row.target, ""
        return row.name

    return publish


def _withdraw(posting: JobPosting) -> str:
    row = POSTING.find("withdraw", posting.state, "agency")
    posting.state = row.target
    closing.close(posting, ClosingReason.WITHDRAWN, clock.now())
    return row.name


def _filling(hired_here: int, hired_elsewhere: int) -> Change:
    def fill(posting: JobPosting) -> str:
        row = POSTING.find("fill", posting.state, "agency")
        closing.check_hired(hired_here, hired_elsewhere)
        posting.state = row.target
        closing.close(posting, ClosingReason.FILLED, clock.now())
        posting.hired_here, posting.hired_elsewhere = hired_here, hired_elsewhere
        return row.name

    return fill


def _confirm(posting: JobPosting) -> str:
    if not policies.is_open(posting.state, posting.valid_through, clock.today()):
        raise Refused("只有招聘中的职位才能确认在招。已下架或到期的，可以重新发布。", code="state_not_allowed")
    posting.confirmed_at = clock.now()
    return "confirm"


def _change(actor: Actor, posting_id: UUID, change: Change, version: int | None) -> str:
    with transaction.atomic():
        posting = checks.lock(actor, posting_id)
        checks.same_version(posting, version)
        verb = change(posting)
        posting.version += 1
        posting.updated_at = clock.now()
        _store(actor, verb, [posting])
    return posting.state


def _change_several(actor: Actor, posting_ids: Sequence[UUID], change: Change) -> list[Outcome]:
    policies.may_edit(actor)
    if actor.organisation_id is None:
        raise NotFound
    wanted = list(dict.fromkeys(posting_ids))
    if len(wanted) > MOST_AT_ONCE:
        raise Refused(f"一次最多处理 {MOST_AT_ONCE} 个职位，请分批操作。", code="too_many")
    outcomes: dict[UUID, Outcome] = {}
    changed: dict[str, list[JobPosting]] = {}
    with transaction.atomic():
        rows = JobPosting.objects.select_for_update(of=("self",)).filter(pk__in=wanted, agency_id=actor.organisation_id)
        for posting in rows.order_by("id"):
            try:
                verb = change(posting)
            except ProductError as error:
                outcomes[posting.id] = Outcome(posting.id, posting.title, False, posting.state, _why_not(error))
                continue
            posting.version += 1
            posting.updated_at = clock.now()
            changed.setdefault(verb, []).append(posting)
            outcomes[posting.id] = Outcome(posting.id, posting.title, True, posting.state)
        for verb, postings in changed.items():
            _store(actor, verb, postings)
    absent = NotFound().message
    return [outcomes.get(wish) or Outcome(wish, "", False, "", absent) for wish in wanted]


def _why_not(error: ProductError) -> str:
    return " ".join(error.fields.values()) if isinstance(error, Invalid) else error.message


def _store(actor: Actor, verb: str, postings: Sequence[JobPosting]) -> None:
    """Write the changed states with their audit entries, and publish one event for all."""
    if not postings:
        return
    JobPosting.objects.bulk_update(postings, _LIFE, batch_size=500)
    for posting in postings:
        audit.record(actor, f"posting.{verb}", posting.id, to_state=posting.state, valid_through=posting.valid_through)
    events.publish(actor, PostingsChanged([posting.id for posting in postings], verb))
