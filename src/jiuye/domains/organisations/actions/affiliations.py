"""Affiliations: an employer asks an agency to recruit for it; the agency agrees or not; either side ends it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from jiuye.domains.organisations import policies
from jiuye.domains.organisations.events import AffiliationChanged
from jiuye.domains.organisations.models import Affiliation, Agency, Employer
from jiuye.domains.organisations.states import AFFILIATION, Restriction
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_line, tidy_lines
from jiuye.kernel.transitions import NOTHING

NOTE_LIMIT = 300
JOBS_LIMIT = 200
REQUESTS = Limit(
    "affiliations",
    "申请关联职介机构",
    "每家用人单位",
    20,
    86_400,
    "每天最多申请关联 {most} 家职介，请 {wait}后再申请。",
)
PAUSE_AFTER_REFUSAL = timedelta(days=7)


def request_affiliation(actor: Actor, *, agency_id: UUID, note: str, jobs_meant: str) -> UUID:
    """Ask a listed agency to recruit for the actor's certified employer. Return the affiliation's id.

    Raises `Invalid` (note, jobs_meant), `Refused` for an employer that is not certified or restricted by a sanction, for
    an open affiliation, or within a week of a refusal; `RateLimited` after 20 requests a day, `Denied` for read-only members, `NotFound`.
    """
    policies.may_affiliate(actor, "employer")
    REQUESTS.hit(actor.organisation_id)
    given = _checked(note=(note, NOTE_LIMIT, ""), jobs_meant=(jobs_meant, JOBS_LIMIT, "请写明想招的职位和人数。"))
    try:
        with transaction.atomic():
            return _request(actor, agency_id, given)
    except IntegrityError as error:  # a concurrent request
        raise _already() from error


def _request(actor: Actor, agency_id: UUID, given: dict[str, str]) -> UUID:
    employer = Employer.objects.select_for_update().get(pk=_organisation(actor))
    _require_standing(employer, "您的企业还没有通过三项认证，通过后就可以申请关联职介。")
    agency = Agency.objects.filter(pk=agency_id, is_listed=True).first()
    if agency is None:
        raise NotFound("没有找到这家职介，它可能已暂停服务。")
    earlier = Affiliation.objects.filter(employer=employer, agency=agency).order_by("-requested_at")
    last = earlier.first()
    if last and last.state in ("requested", "approved"):
        raise _already()
    moment = clock.now()
    if last and last.state == "refused" and last.decided_at and last.decided_at + PAUSE_AFTER_REFUSAL > moment:
        raise Refused("这家职介刚刚没有同意关联，7 天后可以再次申请；也可以看看其他职介。", code="refused_lately")
    target = AFFILIATION.find("request", NOTHING, "employer").target
    made = Affiliation.objects.create(employer=employer, agency=agency, state=target, requested_at=moment, **given)
    _tell(actor, made, "request", "employer")
    return made.id


@transaction.atomic
def withdraw_request(actor: Actor, *, affiliation_id: UUID) -> None:
    """Withdraw the actor's employer's request before the agency answers. Raises `Refused`, `Denied`, `NotFound`."""
    affiliation = _lock(actor, "employer", affiliation_id)
    _advance(actor, affiliation, "withdraw", "employer")


@transaction.atomic
def approve_affiliation(actor: Actor, *, affiliation_id: UUID) -> Affiliation:
    """Agree to recruit for the employer, which sees from now on what `visibility` says. Return the row.

    Raises `Refused` if it is not requested any more, or the employer has lost its certification or is restricted; `Denied`, `NotFound`.
    """
    affiliation = _lock(actor, "agency", affiliation_id)
    AFFILIATION.find("approve", affiliation.state, "agency")
    employer = Employer.objects.select_for_update().get(pk=affiliation.employer_id)
    _require_standing(employer, "这家企业的认证目前无效，暂时不能同意关联。对方重新通过认证后再处理。")
    _advance(actor, affiliation, "approve", "agency", decided_at=clock.now())
    return affiliation


@transaction.atomic
def refuse_affiliation(actor: Actor, *, affiliation_id: UUID, reason: str) -> None:
    """Refuse a request with a reason that the employer reads. Raises `Invalid` (reason), `Refused`, `Denied`, `NotFound`."""
    affiliation = _lock(actor, "agency", affiliation_id)
    given = _checked(reason=(reason, NOTE_LIMIT, "请写明原因，对方会看到。"))
    _advance(actor, affiliation, "refuse", "agency", decided_at=clock.now(), **given)


@transaction.atomic
def end_affiliation(actor: Actor, *, affiliation_id: UUID, reason: str) -> None:
    """End an affiliation, from either side; at once the employer sees nothing of the applicants any more.

    Raises `Invalid` (reason), `Refused`, `Denied`, `NotFound`.
    """
    party = "agency" if actor.acts_for("agency") else "employer"
    affiliation = _lock(actor, party, affiliation_id)
    given = _checked(reason=(reason, NOTE_LIMIT, "请写明原因，对方会看到。"))
    _advance(actor, affiliation, "end", party, ended_at=clock.now(), ended_by=party, **given)


def _lock(actor: Actor, party: str, affiliation_id: UUID) -> Affiliation:
    policies.may_affiliate(actor, party)
    own = {f"{party}_id": actor.organisation_id}
    found = Affiliation.objects.select_for_update().filter(pk=affiliation_id, **own).first()
    if found is None:
        raise NotFound
    return found


def _advance(actor: Actor, affiliation: Affiliation, verb: str, party: str, **changes: Any) -> None:
    affiliation.state = AFFILIATION.find(verb, affiliation.state, party).target
    for name, value in changes.items():
        setattr(affiliation, name, value)
    affiliation.save(update_fields=["state", *changes])
    _tell(actor, affiliation, verb, party)


def _tell(actor: Actor, affiliation: Affiliation, verb: str, party: str) -> None:
    changed = AffiliationChanged(affiliation.id, affiliation.employer_id, affiliation.agency_id, verb, party)
    events.publish(actor, changed)
    parties = {"employer": affiliation.employer_id, "agency": affiliation.agency_id}
    audit.record(actor, f"affiliation.{verb}", affiliation.id, **parties)


def _organisation(actor: Actor) -> UUID:
    if actor.organisation_id is None:
        raise NotFound
    return actor.organisation_id


def _require_standing(employer: Employer, message: str) -> None:
    if not employer.is_certified:
        raise Refused(message, code="not_certified")
    if employer.restriction:
        label = Restriction(employer.restriction).label
        raise Refused(f"“{employer.legal_name}”正在接受处置（{label}），暂时不能新建关联。", code="restricted")


def _already() -> Refused:
    return Refused("您已经向这家职介申请过，或已经关联。请在“合作职介”里查看。", code="already_affiliated")


def _checked(**texts: tuple[str, int, str]) -> dict[str, str]:
    """Return the texts as they are stored. Each has a limit, and the message if it is required and empty.

    Raises `Invalid`.
    """
    kept, faults = {}, {}
    for name, (text, limit, missing) in texts.items():
        kept[name] = tidy_line(text) if name == "jobs_meant" else tidy_lines(text)
        if missing and not kept[name]:
            faults[name] = missing
        elif len(kept[name]) > limit:
            faults[name] = f"最多 {limit} 个字，现在有 {len(kept[name])} 个字，请删减一些。"
    if faults:
        raise Invalid(faults)
    return kept
