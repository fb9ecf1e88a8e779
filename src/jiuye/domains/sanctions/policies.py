"""Who may impose, lift and decide; which level comes next; when an appeal is possible."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from jiuye.domains.accounts.duties import REPORT_ROLES, require_duty
from jiuye.domains.accounts.models import Membership
from jiuye.domains.organisations.states import Restriction
from jiuye.domains.sanctions.models import Appeal, Sanction
from jiuye.domains.sanctions.states import Level, SanctionState, Subject
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound, Refused

ORDER = tuple(Level)
LEVELS_OF: dict[Subject, tuple[Level, ...]] = {
    Subject.AGENCY: ORDER,
    Subject.EMPLOYER: ORDER,
    Subject.PERSON: (Level.REMIND, Level.WARN, Level.SUSPEND, Level.BAN),
}
"""A person publishes no postings, so two levels do not apply."""

RESTRICTIONS: dict[Level | None, Restriction] = {
    None: Restriction.NONE,
    Level.REMIND: Restriction.NONE,
    Level.WARN: Restriction.NONE,
    Level.LIMIT: Restriction.LIMITED,
    Level.TAKE_DOWN: Restriction.TAKEN_DOWN,
    Level.SUSPEND: Restriction.SUSPENDED,
    Level.BAN: Restriction.BANNED,
}
USUAL_DAYS: dict[Level, int | None] = {
    Level.REMIND: 30,
    Level.WARN: 90,
    Level.LIMIT: 30,
    Level.TAKE_DOWN: 30,
    Level.SUSPEND: 90,
    Level.BAN: None,
}
"""Offered in the form (practice); None: until lifted."""

LONGEST_DAYS = 3 * 366
COUNTS_FOR = timedelta(days=365)
"""How long after its end a sanction counts for the next level (practice)."""

APPEAL_DAYS = 15
"""Days to appeal after the start, if the sanction is over by then; while it is in force an appeal is always possible (practice)."""

ANSWER_DAYS = 15
"""Days within which an appeal is answered (practice)."""

AGAIN_AFTER_DAYS = 30
"""After a rejected appeal the next one is possible after so many days, while the sanction is in force (practice)."""

KEPT_FOR = timedelta(days=3 * 366)
"""网络招聘服务管理规定: records are kept for at least three years."""

MOST_FILES = 6
REASON_LIMIT, EVIDENCE_LIMIT, NOTE_LIMIT, APPEAL_LIMIT = 500, 1000, 1000, 2000
SHORTEST = 10


def require_sanctioner(actor: Actor) -> None:
    """Raise `NotFound` for all but the platform's staff, `Denied` for staff of other duties."""
    require_duty(actor, REPORT_ROLES, "处置由审核员负责，您的角色不能进行这项操作。")


def require_outsider(actor: Actor, kind: Subject, subject_id: UUID) -> None:
    """Raise `Denied` for operators who belong to the organisation, or are the person. One query."""
    if kind == Subject.PERSON:
        is_inside = actor.person_id == subject_id
    else:
        is_inside = Membership.objects.filter(user_id=actor.person, organisation_id=subject_id, ended_at=None).exists()
    if is_inside:
        raise Denied("这是您自己或您所在的单位，请由其他审核员处理。")


def require_another(actor: Actor, sanction: Sanction) -> None:
    """Raise `Refused` (code own_decision) for operators who proposed or imposed the sanction.

    The one rule for every door: confirming a ban, and deciding on an appeal.
    """
    if actor.person_id in (sanction.decided_by_id, sanction.confirmed_by_id):
        raise Refused(
            "这项处置由您提出或作出，请由另一位审核员处理。您没有做错什么，这是两人把关的规定。", code="own_decision"
        )


def require_own(actor: Actor, sanction: Sanction) -> None:
    """Raise `NotFound` for people whom the sanction is not about."""
    if sanction.kind == Subject.PERSON:
        if actor.person_id != sanction.person_id:
            raise NotFound
    elif not actor.acts_for(sanction.kind, sanction.subject_id):
        raise NotFound
    if sanction.state in (SanctionState.PROPOSED, SanctionState.DECLINED):
        raise NotFound


def may_appeal(actor: Actor, sanction: Sanction) -> None:
    """Raise as `require_own` does, and `Denied` for members who do not speak for their organisation."""
    require_own(actor, sanction)
    if sanction.kind != Subject.PERSON and actor.role != "owner":
        raise Denied("申诉由单位管理员提出。请联系您单位的管理员。")


def suggested(kind: Subject, history: Iterable[Sanction], now: datetime) -> Level:
    """Return the level after the highest one that counts: in force, or over for less than a year and not found unjust.

    `history` has its appeals loaded.
    """
    levels = LEVELS_OF[kind]
    counting = [levels.index(Level(one.level)) for one in history if _counts(one, now)]
    return levels[min(max(counting) + 1, len(levels) - 1)] if counting else levels[0]


def _counts(sanction: Sanction, now: datetime) -> bool:
    if sanction.state in (SanctionState.PROPOSED, SanctionState.DECLINED):
        return False
    if any(appeal.state == "upheld" for appeal in sanction.appeals.all()):
        return False
    return sanction.closed_at is None or now - sanction.closed_at < COUNTS_FOR


def skips_steps(level: Level, suggestion: Level) -> bool:
    """Return whether the level is higher than the next step, so that it needs a reason of its own."""
    return ORDER.index(level) > ORDER.index(suggestion)


def appeal_obstacle(sanction: Sanction, appeals: Iterable[Appeal], today: date) -> str:
    """Return why an appeal is not possible now; "" if it is. `appeals` are those of the sanction, in any order."""
    known = sorted(appeals, key=lambda one: one.submitted_at)
    if any(one.state == "open" for one in known):
        return f"您的申诉正在处理，{known[-1].due_on} 前会答复。有新的材料，请等答复后再提交。"
    if any(one.state == "upheld" for one in known):
        return "申诉已经成立，处置已解除。"
    if sanction.state == SanctionState.LIFTED:
        return "处置已解除，不需要再申诉。"
    last = appeal_until(sanction)
    if sanction.state == SanctionState.ENDED and today > last:
        return f"申诉期限到 {last}（含当日）为止，现已过期。有疑问请通过“意见反馈”联系我们。"
    if known and (again := _beijing_day(known[-1].submitted_at) + timedelta(days=AGAIN_AFTER_DAYS)) > today:
        return f"上次申诉没有成立，{again} 起可以再次申诉。"
    return ""


def appeal_until(sanction: Sanction) -> date:
    """Return the last day for an appeal against a sanction that is over."""
    return _beijing_day(sanction.starts_at or sanction.decided_at) + timedelta(days=APPEAL_DAYS)


def _beijing_day(moment: datetime) -> date:
    return clock.local(moment).date()
