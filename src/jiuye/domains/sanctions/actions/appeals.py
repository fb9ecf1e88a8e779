"""Appeal against a sanction, and decide on appeals."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from jiuye.domains.sanctions import policies
from jiuye.domains.sanctions.actions import evidence
from jiuye.domains.sanctions.actions.evidence import Files
from jiuye.domains.sanctions.actions.imposing import lift_locked, locked
from jiuye.domains.sanctions.events import AppealDecided
from jiuye.domains.sanctions.models import Appeal, Sanction
from jiuye.domains.sanctions.states import APPEAL, SanctionState
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_lines

APPEALS = Limit("appeals", "提交申诉", "每个人", 20, 3600, "申诉提交得太频繁了，请 {wait}后再提交。急事请拨打 12333。")
"""Each may carry six files to clean."""


def submit_appeal(actor: Actor, *, sanction_id: UUID, text: str, files: Files = ()) -> UUID:
    """Appeal against a sanction on the actor or the actor's own organisation (owners only). Return the appeal's id.

    Raises `Invalid` (text, attachments), `Refused` (code no_appeal_now) with the reason, `Denied`, `NotFound`,
    `RateLimited`.
    """
    known = Sanction.objects.filter(pk=sanction_id).first()
    if known is None:
        raise NotFound
    policies.may_appeal(actor, known)
    text = _checked(text, "text", policies.APPEAL_LIMIT, "请写明您认为哪里不对，并说明事实和理由。")
    APPEALS.hit(actor.person)
    cleaned = evidence.cleaned(files)
    try:
        with transaction.atomic():
            sanction = locked(sanction_id)
            if obstacle := policies.appeal_obstacle(sanction, sanction.appeals.all(), clock.today()):
                raise Refused(obstacle, code="no_appeal_now")
            appeal = Appeal.objects.create(
                sanction=sanction,
                text=text,
                submitted_by_id=actor.person,
                submitted_at=clock.now(),
                due_on=clock.today() + timedelta(days=policies.ANSWER_DAYS),
            )
            evidence.keep(actor, sanction, cleaned, appeal=appeal)
            audit.record(actor, "appeal.submit", appeal.id, sanction=sanction.id, files=len(cleaned))
    except IntegrityError as problem:
        raise Refused("您的申诉已经提交，正在处理。", code="no_appeal_now") from problem
    return appeal.id


def decide_appeal(actor: Actor, *, appeal_id: UUID, uphold: bool, answer: str) -> None:
    """Decide on an appeal; upholding it lifts the sanction. The subject reads the answer.

    Raises `Refused` (own_decision) for who proposed, imposed or confirmed the sanction, `Refused` (state_not_allowed)
    if a colleague was faster, `Invalid` (answer), `Denied`, `NotFound`.
    """
    policies.require_sanctioner(actor)
    known = Appeal.objects.select_related("sanction").filter(pk=appeal_id).first()
    if known is None:
        raise NotFound("没有找到这项申诉。")
    _require_decider(actor, known)
    answer = _checked(answer, "answer", policies.REASON_LIMIT, "请写明核查的结果和理由，申诉人会看到。")
    verb = "uphold" if uphold else "reject"
    with transaction.atomic():
        sanction = locked(known.sanction_id)
        appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
        appeal.state = APPEAL.find(verb, appeal.state, "operator").target
        appeal.answer, appeal.decided_by_id, appeal.decided_at = answer, actor.person, clock.now()
        appeal.save()
        audit.record(actor, f"appeal.{verb}", appeal.id, sanction=sanction.id)
        if uphold and sanction.state == SanctionState.ACTIVE:
            lift_locked(actor, sanction, answer)
        events.publish(actor, AppealDecided(appeal_id=appeal.id))


def _require_decider(actor: Actor, appeal: Appeal) -> None:
    """Refuse those who may not decide; the attempt is logged."""
    sanction = appeal.sanction
    try:
        policies.require_outsider(actor, sanction.kind, sanction.subject_id)
        policies.require_another(actor, sanction)
    except Refused:
        audit.record(actor, "appeal.refused", appeal.id, sanction=sanction.id)
        raise


def _checked(text: str, field: str, limit: int, wanted: str) -> str:
    text = tidy_lines(text)
    if len(text) < policies.SHORTEST:
        raise Invalid({field: wanted})
    if len(text) > limit:
        raise Invalid({field: f"最多 {limit} 字，现在是 {len(text)} 字。"})
    return text
