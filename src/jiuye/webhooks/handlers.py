"""Event handlers: what an agency's endpoints are told of each event. Idempotent by event, endpoint and subject."""

from collections.abc import Iterable
from uuid import UUID

from jiuye.domains.applications.events import ApplicationAdvanced, ConsentWithdrawn, OpinionGiven, ResumesErased
from jiuye.domains.clients.events import ClientRevoked, QuotaNear
from jiuye.domains.fairs.events import FairCancelled, FairMoved, FairPublished
from jiuye.domains.jobs.events import (
    ImportFinished,
    PostingReviewed,
    PostingsChanged,
    WishAnswered,
    WishMade,
)
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.events import (
    AffiliationChanged,
    MemberInvited,
    MemberJoined,
    MembershipChanged,
    MembershipRequestDecided,
    MembershipRequested,
)
from jiuye.domains.organisations.models import MemberInvitation, MembershipRequest
from jiuye.domains.qualifications.events import CaseDecided, CaseSubmitted, QualificationExpiring
from jiuye.domains.reports.events import ReportsDecided
from jiuye.domains.reviews.events import ReviewAnswered, ReviewReportsDecided, ShopReviewed
from jiuye.domains.sanctions.events import AppealDecided, SanctionClosed, SanctionImposed
from jiuye.domains.sanctions.models import Appeal, Sanction
from jiuye.kernel.events import Delivered
from jiuye.webhooks import transitions
from jiuye.webhooks.actions import switch_off_of_client
from jiuye.webhooks.queue import Told, has_endpoints, tell


def tell_of_postings(event: PostingsChanged, delivered: Delivered) -> None:
    """Tell of each posting. Operators' decisions on held postings come by `PostingReviewed`."""
    name = transitions.OF_POSTING.get(event.verb, "job.changed")
    if event.verb not in ("approve", "reject"):
        _tell_of_jobs(name, event.posting_ids, delivered)


def tell_of_review(event: PostingReviewed, delivered: Delivered) -> None:
    _tell_of_jobs("job.approved" if event.is_approved else "job.rejected", [event.posting_id], delivered)


def tell_of_reports(event: ReportsDecided, delivered: Delivered) -> None:
    """Tell of reports that were upheld; the agency is not told of others."""
    if event.is_upheld:
        _tell_of_jobs("job.report_upheld", [event.posting_id], delivered)


def tell_of_wish(event: WishMade, delivered: Delivered) -> None:
    _tell_of_wish("job.wish_made", event, delivered)


def tell_of_answered_wish(event: WishAnswered, delivered: Delivered) -> None:
    _tell_of_wish("job.wish_done" if event.is_done else "job.wish_declined", event, delivered)


def tell_of_application(event: ApplicationAdvanced, delivered: Delivered) -> None:
    name = transitions.OF_APPLICATION[event.verb]
    ids = {
        "application_id": event.application_id,
        "job_id": event.posting_id,
        "step_id": event.application_event_id,
    }
    tell(event.agency_id, [Told(name, event.application_event_id, ids)], delivered)


def tell_of_opinion(event: OpinionGiven, delivered: Delivered) -> None:
    ids = {"application_id": event.application_id, "opinion_id": event.opinion_id}
    tell(event.agency_id, [Told("application.opinion_given", event.opinion_id, ids)], delivered)


def tell_of_consent(event: ConsentWithdrawn, delivered: Delivered) -> None:
    ids = {"application_id": event.application_id, "job_id": event.posting_id}
    tell(event.agency_id, [Told("consent.withdrawn", event.application_id, ids)], delivered)


def tell_of_erasure(event: ResumesErased, delivered: Delivered) -> None:
    told = [Told("resume.erased", one, {"application_id": one}) for one in event.application_ids]
    tell(event.agency_id, told, delivered)


def tell_of_affiliation(event: AffiliationChanged, delivered: Delivered) -> None:
    ids = {"affiliation_id": event.affiliation_id, "employer_id": event.employer_id}
    tell(event.agency_id, [Told(transitions.OF_AFFILIATION[event.verb], event.affiliation_id, ids)], delivered)


def tell_of_fair(event: FairPublished | FairMoved | FairCancelled, delivered: Delivered) -> None:
    names = {FairPublished: "fair.published", FairMoved: "fair.changed", FairCancelled: "fair.cancelled"}
    tell(event.agency_id, [Told(names[type(event)], event.fair_id, {"fair_id": event.fair_id})], delivered)


def tell_of_shop_review(event: ShopReviewed, delivered: Delivered) -> None:
    _tell_of_review("review.changed" if event.is_edited else "review.created", event, delivered)


def tell_of_review_answer(event: ReviewAnswered, delivered: Delivered) -> None:
    _tell_of_review("review.answered", event, delivered)


def tell_of_review_decision(event: ReviewReportsDecided, delivered: Delivered) -> None:
    _tell_of_review("review.hidden" if event.is_hidden else "review.kept", event, delivered)


def tell_of_case(event: CaseSubmitted | CaseDecided, delivered: Delivered) -> None:
    name = "qualification.submitted" if isinstance(event, CaseSubmitted) else "qualification.decided"
    tell(event.organisation_id, [Told(name, event.case_id, {"case_id": event.case_id})], delivered)


def tell_of_expiry(event: QualificationExpiring, delivered: Delivered) -> None:
    if event.is_over:
        told = Told("qualification.expired", event.organisation_id, {})
    else:
        told = Told("qualification.expiring", event.organisation_id, {"days": event.days})
    tell(event.organisation_id, [told], delivered)


def tell_of_member(event: MemberJoined | MembershipChanged, delivered: Delivered) -> None:
    name = "member.joined"
    if isinstance(event, MembershipChanged):
        name = "member.changed" if event.role else "member.left"
    tell(event.organisation_id, [Told(name, event.person_id, {"member_id": event.person_id})], delivered)


def tell_of_invitation(event: MemberInvited, delivered: Delivered) -> None:
    found = MemberInvitation.objects.filter(pk=event.invitation_id).values_list("organisation_id", flat=True).first()
    if found:
        ids = {"invitation_id": event.invitation_id}
        tell(found, [Told("member.invited", event.invitation_id, ids)], delivered)


def tell_of_request(event: MembershipRequested | MembershipRequestDecided, delivered: Delivered) -> None:
    name = "member.requested" if isinstance(event, MembershipRequested) else "member.request_decided"
    found = MembershipRequest.objects.filter(pk=event.request_id).values_list("organisation_id", flat=True).first()
    if found:
        tell(found, [Told(name, event.request_id, {"request_id": event.request_id})], delivered)


def tell_of_import(event: ImportFinished, delivered: Delivered) -> None:
    tell(event.agency_id, [Told("import.finished", event.batch_id, {"import_id": event.batch_id})], delivered)


def tell_of_sanction(event: SanctionImposed | SanctionClosed, delivered: Delivered) -> None:
    name = "sanction.imposed" if isinstance(event, SanctionImposed) else "sanction.closed"
    _tell_of_sanction(name, event.sanction_id, delivered)


def tell_of_decided_appeal(event: AppealDecided, delivered: Delivered) -> None:
    found = Appeal.objects.filter(pk=event.appeal_id).values_list("sanction_id", flat=True).first()
    if found:
        _tell_of_sanction("sanction.appeal_decided", found, delivered)


def tell_of_quota(event: QuotaNear, delivered: Delivered) -> None:
    ids = {"client_id": event.client_id}
    tell(event.agency_id, [Told("quota.near", event.client_id, ids)], delivered)


def switch_off(event: ClientRevoked, delivered: Delivered) -> None:
    """Switch off the endpoints that belong to a revoked client."""
    switch_off_of_client(event.client_id)


def _tell_of_jobs(name: str, posting_ids: Iterable[UUID], delivered: Delivered) -> None:
    if not has_endpoints():
        return
    by_agency: dict[UUID, list[Told]] = {}
    rows = JobPosting.objects.filter(pk__in=list(posting_ids)).order_by("id")
    for posting_id, agency_id, code in rows.values_list("id", "agency_id", "external_code"):
        ids = {"job_id": posting_id, "external_id": code or ""}
        by_agency.setdefault(agency_id, []).append(Told(name, posting_id, ids))
    for agency_id, told in by_agency.items():
        tell(agency_id, told, delivered)


def _tell_of_wish(name: str, event: WishMade | WishAnswered, delivered: Delivered) -> None:
    ids = {"wish_id": event.wish_id, "job_id": event.posting_id, "employer_id": event.employer_id}
    tell(event.agency_id, [Told(name, event.wish_id, ids)], delivered)


def _tell_of_review(
    name: str, event: ShopReviewed | ReviewAnswered | ReviewReportsDecided, delivered: Delivered
) -> None:
    tell(event.agency_id, [Told(name, event.review_id, {"review_id": event.review_id})], delivered)


def _tell_of_sanction(name: str, sanction_id: UUID, delivered: Delivered) -> None:
    agency_id = Sanction.objects.filter(pk=sanction_id).values_list("agency_id", flat=True).first()
    if agency_id:
        tell(agency_id, [Told(name, sanction_id, {"sanction_id": sanction_id})], delivered)
