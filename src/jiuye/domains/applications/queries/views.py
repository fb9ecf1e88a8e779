"""One application for each of its parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import orjson
from django.db.models import F

from jiuye.domains.applications import policies
from jiuye.domains.applications.models import (
    Application,
    ApplicationEvent,
    InterviewInvitation,
    OnboardingNotice,
    RetentionAnswer,
)
from jiuye.domains.applications.queries.appointments import (
    InvitationView,
    NoticeView,
    invitation_view,
    notice_view,
)
from jiuye.domains.applications.queries.consents import ConsentFacts, consent_facts
from jiuye.domains.applications.queries.hand_on import HandOn, hand_on
from jiuye.domains.applications.queries.opinions import OpinionView, all_opinions, opinions_of
from jiuye.domains.applications.queries.outcomes import retention_due
from jiuye.domains.applications.queries.timeline import NextStep, TimelineStep, next_step, timeline
from jiuye.domains.applications.states import APPLICATION, APPLICATION_LABELS, CLOSED, REMARKS, RejectionReason
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes import queries as resumes
from jiuye.domains.resumes.queries import blocks
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


@dataclass(frozen=True)
class ApplicationBrief:
    """The facts that a notification needs."""

    id: UUID
    title: str
    state: str
    applicant_id: UUID
    applicant_name: str
    agency_id: UUID
    agency_name: str
    employer_name: str
    posting_id: UUID
    interview_at: datetime | None
    report_at: datetime | None


@dataclass(frozen=True)
class ApplicationView:
    """Everything that a page about one application shows. `may` holds the verbs that this party may use now.

    `nudge_opens_at`: when the seeker may remind the agency. `retention_days`: days at work (30 or 90) about which the
    seeker is asked now. `is_kept_from_employer`: the person blocks the employer, which cannot see this application.
    `hand_on`, and `opinions` of the employer: for the agency only. `is_withdrawn`: the applicant withdrew the application or the consent.
    """

    id: UUID
    posting_id: UUID
    title: str
    agency_id: UUID
    agency_name: str
    agency_phone: str
    employer_id: UUID
    employer_name: str
    is_for_employer: bool
    applicant_id: UUID
    applicant_name: str
    state: str
    state_label: str
    is_closed: bool
    submitted_at: datetime
    state_changed_at: datetime
    posting_code: str
    consent: ConsentFacts
    is_withdrawn: bool
    rejection_reason: str
    rejection_label: str
    rejection_note: str
    timeline: list[TimelineStep]
    next_step: NextStep | None
    invitation: InvitationView | None
    earlier_invitations: list[InvitationView]
    notice: NoticeView | None
    may: frozenset[str]
    may_see_contacts: bool
    nudge_opens_at: datetime | None
    nudged_at: datetime | None
    retention_days: int | None
    is_kept_from_employer: bool = False
    hand_on: HandOn | None = None
    opinions: Sequence[OpinionView] = ()


def brief(application_id: UUID) -> ApplicationBrief:
    """Return a short summary for handlers. Raises `NotFound`."""
    application = _with_names().filter(pk=application_id).first()
    if application is None:
        raise NotFound
    invitation = InterviewInvitation.objects.filter(application_id=application_id).order_by("-created_at").first()
    notice = OnboardingNotice.objects.filter(application_id=application_id).first()
    return ApplicationBrief(
        id=application.id,
        title=application.title,
        state=application.state,
        applicant_id=application.applicant_id,
        applicant_name=application.applicant_name,
        agency_id=application.agency_id,
        agency_name=application.agency.short_name,
        employer_name=application.employer.legal_name,
        posting_id=application.posting_id,
        interview_at=invitation.starts_at if invitation else None,
        report_at=notice.report_at if notice else None,
    )


def _with_names() -> Any:
    return Application.objects.select_related("agency", "employer")


def load(actor: Actor, application_id: UUID) -> tuple[Application, str]:
    """Return the application with agency, employer, consent and opinions, and the actor's party. Raises `NotFound`."""
    rows = _with_names().select_related("consent")
    rows = rows.annotate(
        given=all_opinions(),
        posting_code=F("posting__external_code"),
        affiliation=organisations.latest_affiliation(),
    )
    application = rows.filter(pk=application_id).first()
    if application is None:
        raise NotFound
    return application, policies.party_of(actor, application)


def view_of(actor: Actor, application_id: UUID) -> ApplicationView:
    """Return the application for the actor's party. Raises `NotFound`. Five queries, six after the first day at work."""
    application, party = load(actor, application_id)
    entries = list(ApplicationEvent.objects.filter(application=application).order_by("occurred_at", "id"))
    invited = list(InterviewInvitation.objects.filter(application=application).order_by("-created_at", "-id"))
    invitations = [invitation_view(row) for row in invited]
    notice = OnboardingNotice.objects.filter(application=application).first()
    moment = clock.now()
    may = APPLICATION.possible(application.state, party) | _remarks(
        application, party, invited[0] if invited else None, notice, moment
    )
    if party == "agency" and actor.role not in policies.AGENCY_WRITERS:
        may = frozenset()
    waits = bool(invitations) and invitations[0].waits_for_a_time
    following = next_step(application.state, party, application.respond_by, moment, waits_for_a_time=waits)
    applicant = "您" if party == "seeker" else application.applicant_name or "求职者"
    employer = {application.employer_id: application.employer.legal_name}
    given = cast(Any, application).given
    is_for_employer = application.employer.legal_name != application.agency.legal_name
    is_kept = is_for_employer and bool(blocks.covering(application.applicant_id, employer))
    seen = hand_on(
        application,
        cast(Any, application).affiliation,
        is_kept_from_employer=is_kept,
        is_for_employer=is_for_employer,
    )
    return ApplicationView(
        id=application.id,
        posting_id=application.posting_id,
        title=application.title,
        agency_id=application.agency_id,
        agency_name=application.agency.legal_name,
        agency_phone=application.agency.phone,
        employer_id=application.employer_id,
        employer_name=application.employer.legal_name,
        is_for_employer=is_for_employer,
        applicant_id=application.applicant_id,
        applicant_name=application.applicant_name,
        state=application.state,
        state_label=APPLICATION_LABELS[application.state],
        is_closed=application.state in CLOSED,
        submitted_at=application.submitted_at,
        state_changed_at=application.state_changed_at,
        posting_code=cast(Any, application).posting_code,
        consent=consent_facts(application),
        is_withdrawn=policies.is_closed_to_receivers(application),
        rejection_reason=application.rejection_reason,
        rejection_label=_reason(application.rejection_reason),
        rejection_note=application.rejection_note,
        timeline=timeline(entries, application.state, following, application.agency.short_name, applicant, party=party),
        next_step=following,
        invitation=invitations[0] if invitations else None,
        earlier_invitations=invitations[1:],
        notice=notice_view(notice) if notice else None,
        may=may,
        may_see_contacts=actor.role in policies.AGENCY_WRITERS and policies.may_see_contacts(application.state),
        nudge_opens_at=policies.nudge_opens_at(application),
        nudged_at=application.nudged_at,
        retention_days=_retention(application, notice, moment) if party == "seeker" else None,
        is_kept_from_employer=is_kept,
        hand_on=seen if party == "agency" else None,
        opinions=opinions_of(given) if party == "agency" else (),
    )


def _reason(code: str) -> str:
    return str(RejectionReason(code).label) if code else ""


def _remarks(
    application: Application,
    party: str,
    invitation: InterviewInvitation | None,
    notice: OnboardingNotice | None,
    moment: datetime,
) -> frozenset[str]:
    """Return the remarks that `party` may make now."""
    opens = policies.nudge_opens_at(application)
    unconfirmed = notice is not None and not notice.seeker_result
    fits = {
        "ask_for_another_time": invitation is not None and policies.may_ask_for_another_time(invitation, moment),
        "keep_time": invitation is not None and policies.waits_for_a_time(invitation),
        "nudge": opens is not None and opens <= moment,
        "confirm_onboarded": unconfirmed,
        "confirm_not_onboarded": unconfirmed,
    }
    return frozenset(
        verb for verb, (by, states, _) in REMARKS.items() if by == party and application.state in states and fits[verb]
    )


def _retention(application: Application, notice: OnboardingNotice | None, moment: datetime) -> int | None:
    if notice is None or retention_due(application, notice, (), moment) is None:
        return None
    answered = set(RetentionAnswer.objects.filter(application=application).values_list("days", flat=True))
    return retention_due(application, notice, answered, moment)


def resume_of(actor: Actor, application_id: UUID, *, party: str, masked: bool) -> resumes.ResumeView:
    """Return the resume snapshot of an application for an actor who is `party`, with current verification results;
    `masked` hides the contacts. Two queries.

    Raises `NotFound`, and `ConsentWithdrawn` for the agency after the applicant withdrew.
    """
    application = Application.objects.select_related("snapshot", "consent").filter(pk=application_id).first()
    if application is None or policies.party_of(actor, application) != party:
        raise NotFound
    if party == "agency":
        policies.refuse_withdrawn(application)
    if not application.snapshot.content:
        raise NotFound("求职者已注销账号，简历已按规定删除。")
    view = resumes.view_of_snapshot(orjson.loads(application.snapshot.content), masked=False)
    view = resumes.as_of_now(view, application.applicant_id)
    return resumes.mask(view) if masked else view


def open_application(person_id: UUID, posting_id: UUID) -> UUID | None:
    """Return the id of the person's open application to the posting, or None."""
    return (
        Application.objects.filter(applicant_id=person_id, posting_id=posting_id)
        .exclude(state__in=CLOSED)
        .values_list("id", flat=True)
        .first()
    )
