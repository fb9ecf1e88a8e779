"""Which handlers receive which event."""

from jiuye.alerts import followers as alerts
from jiuye.changes import handlers as changes
from jiuye.domains.accounts.events import ManyCodesRequested, RoleChangeDecided, RoleChangeRequested
from jiuye.domains.applications.actions import keep_sent_version
from jiuye.domains.applications.events import (
    ApplicationAdvanced,
    ConsentWithdrawn,
    InvitedToApply,
    OpinionGiven,
    ResumesErased,
)
from jiuye.domains.clients.events import ClientCreated, ClientRevoked, EndpointSwitchedOff, QuotaNear
from jiuye.domains.fairs.events import FairCancelled, FairIsTomorrow, FairMoved, FairPublished
from jiuye.domains.feedback.events import FeedbackAnswered
from jiuye.domains.jobs.actions import (
    imports,
    recount_shops_of_changed_postings,
    recount_shops_of_restricted_employer,
)
from jiuye.domains.jobs.events import (
    ImportFinished,
    ImportStarted,
    PostingReviewed,
    PostingsChanged,
    PostingsExpired,
    WishAnswered,
    WishMade,
)
from jiuye.domains.organisations.events import (
    AffiliationChanged,
    AgencyListingChanged,
    EmployerRestricted,
    EmployersMerged,
    MemberInvited,
    MemberJoined,
    MembershipChanged,
    MembershipRequestDecided,
    MembershipRequested,
    OrganisationEdited,
)
from jiuye.domains.qualifications.events import CaseDecided, CaseSubmitted, QualificationExpiring
from jiuye.domains.reports.events import ReportsDecided
from jiuye.domains.resumes.events import ResumeSeen
from jiuye.domains.reviews.events import ReviewAnswered, ReviewReportsDecided, ShopReviewed
from jiuye.domains.sanctions.events import AppealDecided, SanctionClosed, SanctionImposed
from jiuye.domains.verification.events import VerificationAnswered
from jiuye.kernel.events import Handler
from jiuye.notifications import handlers as notifications
from jiuye.notifications import invitations, reviews
from jiuye.search import handlers as search
from jiuye.testmode import actions as testmode
from jiuye.testmode import reactions
from jiuye.webhooks import handlers as webhooks

HANDLERS: dict[str, tuple[Handler, ...]] = {
    CaseDecided.name: (webhooks.tell_of_case, notifications.tell_of_audit),
    AffiliationChanged.name: (webhooks.tell_of_affiliation, notifications.tell_of_affiliation),
    ApplicationAdvanced.name: (
        webhooks.tell_of_application,
        changes.note,
        notifications.tell_of_application,
        keep_sent_version,
        reactions.answer_as_seeker,
    ),
    ConsentWithdrawn.name: (webhooks.tell_of_consent, changes.note),
    ResumesErased.name: (webhooks.tell_of_erasure, changes.note),
    InvitedToApply.name: (invitations.tell_of_invitation_to_apply, reactions.answer_invitation_to_apply),
    OpinionGiven.name: (webhooks.tell_of_opinion, notifications.tell_of_opinion),
    WishMade.name: (webhooks.tell_of_wish, notifications.tell_of_wish),
    WishAnswered.name: (webhooks.tell_of_answered_wish, notifications.tell_of_answered_wish),
    EmployersMerged.name: (changes.note, notifications.tell_of_merge),
    PostingsChanged.name: (
        webhooks.tell_of_postings,
        changes.note,
        search.note_changes,
        recount_shops_of_changed_postings,
        reactions.decide_as_operator,
    ),
    AgencyListingChanged.name: (changes.note, search.note_listing),
    EmployerRestricted.name: (changes.note, search.note_employer, recount_shops_of_restricted_employer),
    OrganisationEdited.name: (changes.note,),
    SanctionImposed.name: (webhooks.tell_of_sanction, notifications.tell_of_sanction),
    SanctionClosed.name: (webhooks.tell_of_sanction, notifications.tell_of_closed_sanction),
    AppealDecided.name: (webhooks.tell_of_decided_appeal, notifications.tell_of_decided_appeal),
    PostingsExpired.name: (notifications.tell_of_expiry,),
    PostingReviewed.name: (webhooks.tell_of_review, notifications.tell_of_review),
    ReportsDecided.name: (webhooks.tell_of_reports, notifications.tell_of_reports),
    ShopReviewed.name: (webhooks.tell_of_shop_review, reviews.tell_of_shop_review),
    ReviewAnswered.name: (webhooks.tell_of_review_answer, reviews.tell_of_review_answer),
    ReviewReportsDecided.name: (webhooks.tell_of_review_decision, reviews.tell_of_review_decision),
    ResumeSeen.name: (notifications.tell_of_look,),
    VerificationAnswered.name: (notifications.tell_of_check,),
    FairIsTomorrow.name: (notifications.tell_of_fair,),
    FairPublished.name: (webhooks.tell_of_fair, alerts.tell_followers_of_fair),
    FairMoved.name: (webhooks.tell_of_fair, notifications.tell_of_moved_fair),
    FairCancelled.name: (webhooks.tell_of_fair, notifications.tell_of_cancelled_fair),
    FeedbackAnswered.name: (notifications.tell_of_answer,),
    MemberInvited.name: (webhooks.tell_of_invitation, notifications.tell_of_invitation),
    MemberJoined.name: (webhooks.tell_of_member, notifications.tell_of_new_member),
    MembershipChanged.name: (webhooks.tell_of_member, notifications.tell_of_membership),
    MembershipRequested.name: (webhooks.tell_of_request, notifications.tell_of_request),
    MembershipRequestDecided.name: (webhooks.tell_of_request, notifications.tell_of_decided_request),
    ManyCodesRequested.name: (notifications.tell_of_many_codes,),
    RoleChangeRequested.name: (notifications.tell_of_role_request,),
    RoleChangeDecided.name: (notifications.tell_of_role_decision,),
    CaseSubmitted.name: (webhooks.tell_of_case, notifications.tell_of_submission),
    QualificationExpiring.name: (webhooks.tell_of_expiry, notifications.tell_of_expiring),
    ImportStarted.name: (imports.run_started_import,),
    ImportFinished.name: (webhooks.tell_of_import, notifications.tell_of_import),
    ClientCreated.name: (testmode.create_for_client,),
    ClientRevoked.name: (webhooks.switch_off, testmode.delete_of_client),
    QuotaNear.name: (webhooks.tell_of_quota,),
    EndpointSwitchedOff.name: (notifications.tell_of_endpoint,),
}

TELLING = {
    name: told
    for name, handlers in HANDLERS.items()
    if (told := tuple(one for one in handlers if one.__module__ == webhooks.__name__))
}
"""The handlers that queue webhooks: they run ahead of the events' jobs (`kernel.events.deliver_recent`)."""
