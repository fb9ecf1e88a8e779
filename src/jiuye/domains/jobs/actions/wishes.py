"""An employer's wishes for changes of its postings, and the agency's answers."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.events import WishAnswered, WishMade
from jiuye.domains.jobs.models import JobPosting, PostingWish
from jiuye.domains.jobs.queries.employers import of_employer
from jiuye.domains.jobs.states import WISH
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_lines
from jiuye.kernel.transitions import NOTHING

WISH_LIMIT = 300
MOST_OPEN = 5


@transaction.atomic
def wish_for_change(actor: Actor, *, posting_id: UUID, text: str) -> UUID:
    """Ask the agency to change one of the employer's postings. Return the wish's id.

    Raises `Invalid` (text), `Refused` for a sixth open wish, `Denied` for read-only members, `NotFound` for postings that
    the employer does not see (`organisations.visibility`).
    """
    if actor.organisation_id is None or not actor.acts_for("employer"):
        raise NotFound
    posting = of_employer(actor.organisation_id).select_for_update(of=("self",)).filter(pk=posting_id).first()
    if posting is None:
        raise NotFound
    policies.may_answer_wishes(actor)
    text = _checked(text, "text", "请写明希望怎么改。")
    if PostingWish.objects.filter(posting=posting, state="open").count() >= MOST_OPEN:
        raise Refused(f"这个职位已有 {MOST_OPEN} 条意见等职介答复，请先等答复。", code="too_many")
    made = PostingWish.objects.create(
        posting=posting,
        employer_id=actor.organisation_id,
        text=text,
        state=WISH.find("wish", NOTHING, "employer").target,
        created_at=clock.now(),
    )
    events.publish(actor, WishMade(made.id, posting.id, posting.agency_id, actor.organisation_id, posting.title))
    audit.record(actor, "posting.wish", posting.id, wish=made.id)
    return made.id


@transaction.atomic
def answer_wish(actor: Actor, *, wish_id: UUID, is_done: bool, answer: str = "") -> UUID:
    """Answer a wish for one of the agency's postings: done, or declined with the reason. Return the posting's id.

    Raises `Invalid` (answer), `Refused` if it is answered already, `Denied` for read-only members, `NotFound`.
    """
    if actor.organisation_id is None or not actor.acts_for("agency"):
        raise NotFound
    wish = (
        PostingWish.objects.select_for_update(of=("self",))
        .select_related("posting")
        .filter(pk=wish_id, posting__agency_id=actor.organisation_id)
        .first()
    )
    if wish is None:
        raise NotFound
    policies.may_answer_wishes(actor)
    wish.state = WISH.find("do" if is_done else "decline", wish.state, "agency").target
    wish.answer = _checked(answer, "answer", "" if is_done else "请写明为什么不改，对方会看到。")
    wish.answered_at = clock.now()
    wish.save(update_fields=["state", "answer", "answered_at"])
    posting: JobPosting = wish.posting
    told = WishAnswered(wish.id, posting.id, posting.agency_id, wish.employer_id, posting.title, is_done, wish.answer)
    events.publish(actor, told)
    audit.record(actor, "posting.answer_wish", posting.id, wish=wish.id, is_done=is_done)
    return posting.id


def _checked(text: str, field: str, missing: str) -> str:
    kept = tidy_lines(text)
    if missing and not kept:
        raise Invalid({field: missing})
    if len(kept) > WISH_LIMIT:
        raise Invalid({field: f"最多 {WISH_LIMIT} 个字，现在有 {len(kept)} 个字，请删减一些。"})
    return kept
