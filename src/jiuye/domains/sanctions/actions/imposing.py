"""Impose a sanction; propose a ban and confirm it; lift and end."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.sanctions import policies, queries
from jiuye.domains.sanctions.actions import effects, evidence
from jiuye.domains.sanctions.actions.evidence import Files
from jiuye.domains.sanctions.bases import bases_for
from jiuye.domains.sanctions.events import SanctionClosed, SanctionImposed
from jiuye.domains.sanctions.models import Sanction
from jiuye.domains.sanctions.states import APPEAL, SANCTION, Level, SanctionState, Subject
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A sanction as an operator writes it. `ends_on` None: until it is lifted. `seen`: how many sanctions of the subject
    the operator has read; None skips the check.
    """

    level: str
    reason: str
    bases: tuple[str, ...]
    ends_on: date | None = None
    evidence: str = ""
    step_reason: str = ""
    note: str = ""
    posting_id: UUID | None = None
    with_owners: bool = False
    seen: int | None = None


def impose(actor: Actor, *, kind: str, subject_id: UUID, proposal: Proposal, files: Files = ()) -> UUID:
    """Impose a sanction, or propose a ban (which another operator confirms). Return its id.

    Raises `Invalid` with fields of `Proposal` or `attachments`, `Refused` (code sanctioned_meanwhile) if a colleague was
    faster, `Denied` for members of the organisation, `NotFound`.
    """
    policies.require_sanctioner(actor)
    subject = _subject(kind)
    policies.require_outsider(actor, subject, subject_id)
    proposal = _tidied(proposal)
    _check(subject, proposal, has_files=bool(files))
    cleaned = evidence.cleaned(files)
    with transaction.atomic():
        effects.lock_subject(subject, subject_id)
        _check_steps(actor, subject, subject_id, proposal)
        sanction = _created(actor, subject, subject_id, proposal)
        evidence.keep(actor, sanction, cleaned)
        audit.record(actor, "sanction.propose", sanction.id, kind=subject, subject=subject_id, level=sanction.level)
        if sanction.level != Level.BAN:
            _enforce(actor, sanction)
    return sanction.id


def confirm(actor: Actor, *, sanction_id: UUID) -> None:
    """Confirm a proposed ban: it comes into force. Raises `Refused` (own_decision) for the one who proposed it."""
    with transaction.atomic():
        sanction = _locked(actor, sanction_id)
        policies.require_another(actor, sanction)
        sanction.confirmed_by_id, sanction.confirmed_at = actor.person, clock.now()
        _enforce(actor, sanction)


def decline(actor: Actor, *, sanction_id: UUID, reason: str) -> None:
    """Do not confirm a proposed ban; who proposed it may take it back so. Raises `Invalid` (reason)."""
    reason = _checked_reason(reason)
    with transaction.atomic():
        sanction = _locked(actor, sanction_id)
        _close(sanction, SANCTION.find("decline", sanction.state, "operator").target, reason)
        audit.record(actor, "sanction.decline", sanction.id)


def lift(actor: Actor, *, sanction_id: UUID, reason: str) -> None:
    """Lift a sanction in force; the subject reads the reason. An open appeal is settled by it. Raises `Invalid` (reason)."""
    reason = _checked_reason(reason)
    with transaction.atomic():
        sanction = _locked(actor, sanction_id)
        lift_locked(actor, sanction, reason)
        target = APPEAL.find("settle", "open", "system").target
        sanction.appeals.filter(state="open").update(state=target, decided_at=clock.now())


def lift_locked(actor: Actor, sanction: Sanction, reason: str) -> None:
    """Lift a sanction whose subject and row are locked."""
    sanction.lifted_by_id = actor.person
    _close(sanction, SANCTION.find("lift", sanction.state, "operator").target, reason)
    _end_effects(actor, sanction, "lift")


def end_due(limit: int = 200) -> int:
    """End the sanctions whose last day has passed. Return their number. Run by the system. Idempotent."""
    actor, today = Actor.system(), clock.today()
    due = Sanction.objects.filter(state=SanctionState.ACTIVE, ends_on__lt=today).order_by("ends_on", "id")
    ended = 0
    for known in list(due[:limit]):
        with transaction.atomic():
            sanction = locked(known.id)
            if sanction.state != SanctionState.ACTIVE or sanction.ends_on is None or sanction.ends_on >= today:
                continue
            _close(sanction, SANCTION.find("end", sanction.state, "system").target)
            _end_effects(actor, sanction, "end")
        ended += 1
    return ended


def locked(sanction_id: UUID) -> Sanction:
    """Lock the sanction's subject, then the sanction, and return it. Raises `NotFound`."""
    known = Sanction.objects.filter(pk=sanction_id).first()
    if known is None:
        raise NotFound("没有找到这项处置。")
    effects.lock_subject(known.kind, known.subject_id)
    return Sanction.objects.select_for_update(of=("self",)).get(pk=sanction_id)


def _locked(actor: Actor, sanction_id: UUID) -> Sanction:
    policies.require_sanctioner(actor)
    sanction = locked(sanction_id)
    policies.require_outsider(actor, sanction.kind, sanction.subject_id)
    return sanction


def _enforce(actor: Actor, sanction: Sanction) -> None:
    sanction.state = SANCTION.find("impose", sanction.state, "operator").target
    sanction.starts_at = clock.now()
    sanction.save()
    if sanction.level == Level.BAN:
        effects.enter(sanction)
    effects.apply(actor, sanction.kind, sanction.subject_id)
    audit.record(actor, "sanction.impose", sanction.id, subject=sanction.subject_id, level=sanction.level)
    events.publish(actor, SanctionImposed(sanction_id=sanction.id))


def _end_effects(actor: Actor, sanction: Sanction, verb: str) -> None:
    effects.leave(sanction)
    effects.apply(actor, sanction.kind, sanction.subject_id)
    audit.record(actor, f"sanction.{verb}", sanction.id, subject=sanction.subject_id, level=sanction.level)
    events.publish(actor, SanctionClosed(sanction_id=sanction.id))


def _close(sanction: Sanction, state: str, reason: str = "") -> None:
    sanction.state, sanction.closed_at, sanction.lift_reason = state, clock.now(), reason
    sanction.save()


def _created(actor: Actor, kind: Subject, subject_id: UUID, proposal: Proposal) -> Sanction:
    return Sanction.objects.create(
        **{f"{kind}_id": subject_id},
        level=proposal.level,
        state=SanctionState.PROPOSED,
        reason=proposal.reason,
        bases=list(proposal.bases),
        evidence=proposal.evidence,
        step_reason=proposal.step_reason,
        note=proposal.note,
        posting_id=proposal.posting_id,
        with_owners=proposal.with_owners and proposal.level == Level.BAN and kind != Subject.PERSON,
        ends_on=proposal.ends_on,
        decided_by_id=actor.person,
        decided_at=clock.now(),
    )


def _checked_reason(reason: str) -> str:
    reason = tidy_lines(reason)
    if not reason or len(reason) > policies.REASON_LIMIT:
        raise Invalid({"reason": f"请写明理由，最多 {policies.REASON_LIMIT} 字。"})
    return reason


def _subject(kind: str) -> Subject:
    if kind not in Subject.values:
        raise NotFound
    return Subject(kind)


def _tidied(proposal: Proposal) -> Proposal:
    return replace(
        proposal,
        reason=tidy_lines(proposal.reason),
        evidence=tidy_lines(proposal.evidence),
        step_reason=tidy_lines(proposal.step_reason),
        note=tidy_lines(proposal.note),
    )


def _check(kind: Subject, proposal: Proposal, *, has_files: bool) -> None:
    faults: dict[str, str] = {}
    if proposal.level not in policies.LEVELS_OF[kind]:
        faults["level"] = "请选择处置级别。"
    if len(proposal.reason) < policies.SHORTEST:
        faults["reason"] = "请写明什么时候、做了什么、违反了什么，当事人会看到。"
    if not proposal.bases or not set(proposal.bases) <= set(bases_for(kind)):
        faults["bases"] = "请至少选择一条依据。"
    limits = {"reason": policies.REASON_LIMIT, "evidence": policies.EVIDENCE_LIMIT}
    limits |= {"step_reason": policies.REASON_LIMIT, "note": policies.NOTE_LIMIT}
    for name, limit in limits.items():
        if len(getattr(proposal, name)) > limit:
            faults[name] = f"最多 {limit} 字，现在是 {len(getattr(proposal, name))} 字。"
    is_light = proposal.level in (Level.REMIND, Level.WARN)
    if not is_light and not (proposal.evidence or has_files or proposal.posting_id):
        faults["evidence"] = "限制发布及以上的处置要留存证据：请写明证据，或上传截图、文件。"
    if fault := _end_fault(proposal.ends_on, is_light=is_light, today=clock.today()):
        faults["ends_on"] = fault
    if faults:
        raise Invalid(faults)


def _end_fault(ends_on: date | None, *, is_light: bool, today: date) -> str:
    if ends_on is None:
        return "提醒和警告要有截止日期。" if is_light else ""
    if ends_on < today:
        return "截止日期已经过去，请选今天或以后的日期。"
    if ends_on > today + timedelta(days=policies.LONGEST_DAYS):
        return "截止日期最长三年；更久的请选“直到解除”。"
    return ""


def _check_steps(actor: Actor, kind: Subject, subject_id: UUID, proposal: Proposal) -> None:
    history = queries.sanctions_of(kind, subject_id)
    if proposal.seen is not None and proposal.seen != len(history):
        raise Refused(_meanwhile(history[0] if history else None), code="sanctioned_meanwhile")
    if any(one.state == SanctionState.PROPOSED for one in history) and proposal.level == Level.BAN:
        raise Refused("已有同事提出列入异常名录，正等另一位审核员确认。", code="proposed_already")
    suggestion = policies.suggested(kind, history, clock.now())
    if policies.skips_steps(Level(proposal.level), suggestion) and not proposal.step_reason:
        raise Invalid({"step_reason": f"按以往记录，下一步是“{suggestion.label}”。跳过步骤请说明理由（如情节严重）。"})


def _meanwhile(latest: Sanction | None) -> str:
    if latest is None:
        return "处置记录有变化，请刷新后再操作。"
    when: datetime = clock.local(latest.decided_at)
    label = Level(latest.level).label
    return f"同事在 {when:%Y-%m-%d %H:%M} 已对它作出“{label}”，请先看最新记录，再决定是否还要处置。"
