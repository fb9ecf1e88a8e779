"""Report a posting, and decide on reports."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from jiuye.domains.accounts.duties import require_report_decider
from jiuye.domains.jobs import actions as jobs_actions
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.reports import policies
from jiuye.domains.reports.events import ReportsDecided
from jiuye.domains.reports.models import Report
from jiuye.domains.reports.states import REPORT, Reason
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused, SignInRequired
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

REPORTS = Limit(
    "posting-reports",
    "举报职位",
    "每个人",
    10,
    86_400,
    "今天已举报 {most} 次，请 {wait}后再举报。情况紧急的，请拨打 12333。",
)


def report_posting(actor: Actor, *, posting_id: UUID, reason: str, text: str = "", contact: str = "") -> UUID:
    """Report a posting. Return the report's id.

    Raises `NotFound` for a posting that was never public, `Invalid` for what is missing or too long, `Refused` (code
    already_reported) while an earlier report of the same person is open, `RateLimited` past ten a day.
    """
    if actor.person_id is None:
        raise SignInRequired
    text, contact = tidy_lines(text), tidy_line(contact)
    _check(reason, text, contact)
    title = jobs.title_of(posting_id)
    if Report.objects.filter(posting_id=posting_id, reporter_id=actor.person_id, state="open").exists():
        raise _already()
    REPORTS.hit(actor.person)
    try:
        with transaction.atomic():
            report = Report.objects.create(
                posting_id=posting_id,
                reporter_id=actor.person_id,
                reason=reason,
                text=text,
                contact=contact,
                created_at=clock.now(),
            )
            audit.record(actor, "report.submit", posting_id, reason=reason, title=title)
    except IntegrityError as error:
        raise _already() from error
    return report.id


def _check(reason: str, text: str, contact: str) -> None:
    faults: dict[str, str] = {}
    if reason not in Reason.values:
        faults["reason"] = "请选择举报原因。"
    if reason == Reason.OTHER and not text:
        faults["text"] = "选择“其他”时，请写明具体情况。"
    for name, value, limit in (("text", text, policies.TEXT_LIMIT), ("contact", contact, policies.CONTACT_LIMIT)):
        if len(value) > limit:
            faults[name] = f"最多 {limit} 字，现在是 {len(value)} 字。"
    if faults:
        raise Invalid(faults)


def _already() -> Refused:
    return Refused("您已举报过这个职位，正在处理。结果会通知您，也可在“我的举报”里查看。", code="already_reported")


def decide(actor: Actor, *, posting_id: UUID, through: UUID, uphold: bool, answer: str, ban: bool = False) -> int:
    """Decide on a posting's open reports up to the one named `through`: the operator has not read later ones.

    `answer` is sent to all who reported; `ban` bans the posting (only if upheld). Returns the number of reports
    decided. Raises `Invalid` without an answer, `Refused` (code decided_meanwhile) if a colleague was faster.
    """
    require_report_decider(actor)
    answer = tidy_line(answer)
    if not answer or len(answer) > policies.ANSWER_LIMIT:
        raise Invalid({"answer": f"请写明核查结果，举报人会看到；最多 {policies.ANSWER_LIMIT} 字。"})
    verb = "uphold" if uphold else "dismiss"
    with transaction.atomic():
        waiting = Report.objects.select_for_update(of=("self",)).filter(posting_id=posting_id, state="open")
        reports = list(waiting.filter(id__lte=through).order_by("id"))
        if not reports:
            raise Refused("这些举报已由同事处理。", code="decided_meanwhile")
        _store(actor, reports, REPORT.find(verb, "open", "operator").target, answer, clock.now())
        is_banned = uphold and ban
        if is_banned:
            jobs_actions.ban_posting(actor, posting_id=posting_id, reason=answer)
        audit.record(actor, f"report.{verb}", posting_id, reports=len(reports), banned=is_banned, answer=answer)
        _tell(actor, posting_id, reports, is_upheld=uphold, is_banned=is_banned, answer=answer)
    return len(reports)


def _store(actor: Actor, reports: list[Report], state: str, answer: str, moment: datetime) -> None:
    for report in reports:
        report.state, report.answer = state, answer
        report.decided_by_id, report.decided_at = actor.person_id, moment
    Report.objects.bulk_update(reports, ["state", "answer", "decided_by_id", "decided_at"], batch_size=500)


def _tell(
    actor: Actor, posting_id: UUID, reports: list[Report], *, is_upheld: bool, is_banned: bool, answer: str
) -> None:
    party = jobs.party_of(posting_id)
    events.publish(
        actor,
        ReportsDecided(
            posting_id=posting_id,
            agency_id=party.agency_id,
            title=party.title,
            reporter_ids=[report.reporter_id for report in reports],
            is_upheld=is_upheld,
            is_banned=is_banned,
            answer=answer,
        ),
    )
