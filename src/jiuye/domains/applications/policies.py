"""Who may access an application, and the deadlines of each side."""

from datetime import datetime, timedelta
from uuid import UUID

from jiuye.domains.applications.models import Application, InterviewInvitation
from jiuye.domains.applications.states import REMARKS
from jiuye.domains.jobs.queries import PostingForApplication
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, NotFound, Refused

AGENCY_WRITERS = frozenset({"owner", "recruiter"})
FOLLOW_UP_DESK = frozenset({"support", "owner"})
MOST_TIMES = 3
FEWEST_ANSWERS = 5
ANSWERS_OF = timedelta(days=90)
TO_ANSWER_IN = timedelta(days=7)
RETENTION_DAYS = (30, 90)
CONSENT_TEXT_VERSION = "2026-11"

# Days for the agency's next step, by state; in all other states it is not the agency's turn (product.md).
AGENCY_DAYS = {
    "submitted": 7,
    "viewed": 7,
    "interview_declined": 7,
    "interview_passed": 7,
}
DAYS_FOR_A_RESULT = 3
SILENT_DAYS_BEFORE_NUDGING = 7
SILENT_DAYS_BEFORE_CLOSING = 60
APPLYING_WINDOW = timedelta(hours=1)
MOST_IN_WINDOW = 60


def party_of(actor: Actor, application: Application) -> str:
    """Return the actor's party in this application: seeker, agency or system.

    Raises `NotFound` for everybody else, so that a foreign id and a missing one look alike.
    """
    if actor.is_system:
        return "system"
    if actor.acts_for("agency", application.agency_id):
        return "agency"
    if actor.organisation_id is None and actor.person_id == application.applicant_id:
        return "seeker"
    raise NotFound


def may_write(actor: Actor, party: str) -> None:
    """Raises `Denied` for read-only agency staff."""
    if party == "agency" and actor.role not in AGENCY_WRITERS:
        raise Denied("您在本机构是只读角色，不能处理投递。如需处理，请联系机构管理员。")


def may_judge(actor: Actor) -> None:
    """Raises `Denied` for read-only members of an employer."""
    if actor.role not in AGENCY_WRITERS:
        raise Denied("您在本单位是只读角色，不能填写意见或下载。如需处理，请联系单位管理员。")


def is_closed_to_receivers(application: Application) -> bool:
    """Whether the applicant withdrew the application, or later the consent to disclose the resume."""
    return application.state == "withdrawn" or application.consent.withdrawn_at is not None


class ConsentWithdrawn(Refused):
    """The applicant withdrew the application or the consent: nothing personal is disclosed any more (个人信息保护法 art. 15)."""

    code = "consent_withdrawn"
    status = 403

    def __init__(self, message: str = "求职者已撤回这次投递，简历不再提供查看。") -> None:
        super().__init__(message)


def refuse_withdrawn(application: Application) -> None:
    """Raises `ConsentWithdrawn` for an application that is closed to its receivers."""
    if is_closed_to_receivers(application):
        raise ConsentWithdrawn


def may_see_contacts(state: str) -> bool:
    """Whether an application in `state` allows contacting the applicant: not after rejection or withdrawal."""
    return state not in {"rejected", "withdrawn"}


def recipients_of(posting: PostingForApplication) -> dict[UUID, str]:
    """Return the receivers of the resume by id; each must be named and consented to (个人信息保护法 art. 23).

    The agency, and the employer it recruits for; only the agency when it recruits for itself.
    """
    recipients = {posting.agency_id: posting.agency_name}
    if posting.employer_name != posting.agency_name:
        recipients[posting.employer_id] = posting.employer_name
    return recipients


def agency_deadline(state: str, moment: datetime) -> datetime | None:
    """Return the agency's deadline after `state` was reached at `moment`; None when it is not the agency's turn."""
    days = AGENCY_DAYS.get(state)
    return moment + timedelta(days=days) if days else None


def may_ask_for_another_time(invitation: InterviewInvitation, moment: datetime) -> bool:
    """Whether the seeker may ask for another time: once per invitation, while it is open and its time is ahead."""
    standing = invitation.state in ("pending", "accepted") and not invitation.result
    return standing and invitation.asked_at is None and invitation.starts_at > moment


def waits_for_a_time(invitation: InterviewInvitation) -> bool:
    """Whether the seeker's request for another time is unanswered."""
    standing = invitation.state in ("pending", "accepted") and not invitation.result
    return standing and invitation.asked_at is not None and invitation.kept_at is None


def nudge_opens_at(application: Application) -> datetime | None:
    """Return when the seeker may remind the agency: after 7 days without a step and past the deadline.

    None when it is not the agency's turn or it was reminded before.
    """
    _, states, _ = REMARKS["nudge"]
    if application.state not in states or application.nudged_at or application.respond_by is None:
        return None
    return max(application.state_changed_at + timedelta(days=SILENT_DAYS_BEFORE_NUDGING), application.respond_by)


def may_follow_up(actor: Actor) -> None:
    """Raises `Denied` for anybody but operators who handle disputes."""
    if not (actor.acts_for("platform") and actor.role in FOLLOW_UP_DESK):
        raise Denied("只有平台客服可以跟进入职情况。")
