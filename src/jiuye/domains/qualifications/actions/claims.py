"""Claims: who works on a case. A claim lapses after half an hour without activity."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from jiuye.domains.accounts.duties import AUDIT_ROLES, require_auditor
from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.domains.qualifications import audit_policies as policies
from jiuye.domains.qualifications.actions.attempts import logged
from jiuye.domains.qualifications.models import Case
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound, ProductError, Refused

MOST_AT_ONCE = 50
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Claimed:
    """The result of claiming or assigning several cases: how many succeeded, and the distinct reasons of the others."""

    done: int
    refusals: Sequence[str]


def claim(actor: Actor, *, case_id: UUID) -> None:
    """Claim a waiting case. Idempotent for its claimant.

    Raises `Refused` (codes claimed, not_waiting, second_person, own_organisation).
    """
    require_auditor(actor)
    _assign(actor, case_id, actor.person, "claim")


def assign(actor: Actor, *, case_id: UUID, person_id: UUID) -> None:
    """Give a waiting case to an auditor; only the platform's administrators do. Raises `Refused` as `claim`, `Denied`."""
    require_auditor(actor)
    if actor.role != Role.OWNER:
        raise Denied("指派由平台管理员进行；您可以自己领取。")
    auditors = Membership.objects.filter(
        user_id=person_id, organisation_kind=OrganisationKind.PLATFORM, role__in=AUDIT_ROLES, ended_at=None
    )
    if not auditors.exists():
        raise Refused("这个人不是审核员，请另选一位。", code="not_an_auditor")
    _assign(actor, case_id, person_id, "assign")


def claim_several(actor: Actor, *, case_ids: Sequence[UUID], person_id: UUID | None = None) -> Claimed:
    """Claim, or assign to a person, up to fifty cases; each by itself, as far as it is possible."""
    done, refusals = 0, []
    for case_id in case_ids[:MOST_AT_ONCE]:
        try:
            if person_id is None:
                claim(actor, case_id=case_id)
            else:
                assign(actor, case_id=case_id, person_id=person_id)
            done += 1
        except Denied:
            raise
        except ProductError as problem:
            refusals.append(problem.message)
    return Claimed(done, list(dict.fromkeys(refusals)))


def claim_next(actor: Actor) -> UUID | None:
    """Claim the case that waits longest among those that nobody holds and this person may decide on. None: there is none."""
    require_auditor(actor)
    lapsed = Q(claimed_by=None) | Q(claimed_at__lte=clock.now() - policies.CLAIM_LASTS)
    waiting = Case.objects.filter(lapsed, state__in=policies.WAITING).exclude(
        organisation_id__in=policies.own_organisations(actor.person)
    )
    waiting = waiting.exclude(state="second_look", first_by_id=actor.person)
    for case_id in waiting.order_by("submitted_at", "id").values_list("id", flat=True)[:_LOOKED_AT]:
        try:
            _assign(actor, case_id, actor.person, "claim")
        except Refused:  # a colleague was faster
            continue
        return case_id
    return None


def release(actor: Actor, *, case_id: UUID) -> None:
    """Give a claim up; administrators may also release those of others. Idempotent."""
    require_auditor(actor)
    with logged(actor, case_id, "release"):
        case = locked(case_id)
        if case.claimed_by_id is None:
            return
        if case.claimed_by_id != actor.person_id and actor.role != Role.OWNER:
            raise Refused("这件不是您领取的。", code="claimed")
        case.claimed_by_id, case.claimed_at = None, None
        case.save(update_fields=["claimed_by", "claimed_at"])
        audit.record(actor, "case.release", case_id)


def locked(case_id: UUID) -> Case:
    """Return the case under a row lock. Raises `NotFound`, also for one that was never submitted."""
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None or case.submitted_at is None:
        raise NotFound
    return case


def keep_claim(actor: Actor, case: Case) -> None:
    """Note activity on a case by its claimant."""
    if case.claimed_by_id == actor.person_id:
        case.claimed_at = clock.now()
        case.save(update_fields=["claimed_at"])


def check_claim(actor: Actor, case: Case) -> None:
    """Raise `Refused` (code claimed) if a colleague holds the case."""
    if case.claimed_by_id != actor.person_id and policies.has_live_claim(case, clock.now()):
        raise Refused("同事正在处理这件，请先看别的；对方半小时没有动作会自动释放。", code="claimed")


def _assign(actor: Actor, case_id: UUID, person_id: UUID, verb: str) -> None:
    with logged(actor, case_id, verb):
        case = locked(case_id)
        if case.state not in policies.WAITING:
            raise Refused("这件已不在等待审核，请刷新列表。", code="not_waiting")
        policies.check_decider(case, person_id)
        if verb == "claim":
            check_claim(actor, case)
        case.claimed_by_id, case.claimed_at = person_id, clock.now()
        case.save(update_fields=["claimed_by", "claimed_at"])
        audit.record(actor, f"case.{verb}", case_id, to=person_id)
