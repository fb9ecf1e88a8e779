"""Somebody who has left a trace everywhere, and time that passes until their account is erased."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import UUID

from jiuye.domains.accounts import actions as accounts_actions
from jiuye.domains.accounts.models import CardIdentity, Passkey, RecoveryCode, SignInRecord, User
from jiuye.domains.accounts.states import CodePurpose
from jiuye.domains.applications.actions import ask_for_another_time, open_contacts
from jiuye.domains.applications.models import (
    Application,
    ApplicationEvent,
    InterviewInvitation,
    InvitationToApply,
    OnboardingNotice,
)
from jiuye.domains.applications.states import ContactReason
from jiuye.domains.fairs.actions import register
from jiuye.domains.jobs.models import BrowsingRecord, HistoryPause, SavedJob
from jiuye.domains.organisations.models import MemberInvitation, MembershipRequest
from jiuye.domains.reports.actions import report_posting
from jiuye.domains.resumes import actions as resumes_actions
from jiuye.domains.resumes.actions.blocks import block_by_name
from jiuye.domains.reviews import actions as reviews_actions
from jiuye.domains.verification import actions as verification_actions
from jiuye.domains.verification.models import VerificationCase
from jiuye.erasure import actions
from jiuye.erasure.erase import erase_due
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.ids import new_id
from jiuye.notifications.actions import notify
from jiuye.notifications.models import NotificationPreference, TextMessage
from jiuye.ports.search import SearchQuery
from jiuye.privacy.models import DataExport
from jiuye.recommendations.models import RecommendationsOff
from jiuye.search.models import LeaveOutList
from tests.factories import (
    accounts,
    alerts,
    applications,
    feedback,
    jobs,
    portraits,
    public_site,
    resumes,
    reviews,
    verification,
    visibility,
)
from tests.factories.cast import Cast, assemble

NAME = "司马望舒"
PHONE = "13912340765"
EMAIL = "wangshu@example.com"
ID_NUMBER = verification.id_number(760)
WORDS = "独此一句的自我描述：会吹埙，修过三十七座钟楼。"
SUBJECT = "card-subject-760"
SAID = "这句话是她亲手写下的七百六十号留言"
EMPLOYER = "锦里钟表修造厂"
CERTIFICATE = "ZB7607607607"
TRACES = (NAME, PHONE, EMAIL, ID_NUMBER, WORDS, SUBJECT, SAID, EMPLOYER, CERTIFICATE)
"""What must be nowhere afterwards; nobody else has any of it."""


def confirmed(user: User) -> Actor:
    """The person, who has just proved who they are."""
    return Actor(person_id=user.pk, ip="192.0.2.1", is_confirmed=True)


def ask(user: User) -> UUID:
    """They want their account erased."""
    return actions.request_erasure(confirmed(user))


def erase_after(days: float) -> int:
    """Time passes, and the worker does what is due; how many accounts were erased."""
    with clock.frozen(clock.now() + timedelta(days=days)):
        return erase_due(Actor.system())


def someone_everywhere() -> tuple[User, Cast]:
    """A person with rows in every table that can name one, among the usual cast (who have none of these words)."""
    cast = assemble()
    user = accounts.person(NAME, PHONE)
    _come_in(user)
    _write_a_resume(user)
    _apply(user, cast)
    _keep_things(user, cast)
    _speak(user, cast)
    _be_checked(user)
    accounts.member(new_id(), user=user)
    _join(user, cast)
    return user, cast


def _join(user: User, cast: Cast) -> None:
    """They accepted one invitation, were sent another, and asked a third organisation."""
    moment = clock.now()
    about = {"organisation_kind": "agency", "role": "viewer"}
    times = {"created_at": moment, "sent_at": moment, "expires_at": moment + timedelta(days=7)}
    numbers = {"phone": PHONE, "phone_index": user.phone_index, "invited_by_id": cast.qian.person}
    MemberInvitation.objects.create(organisation_id=new_id(), **about, **times, **numbers)
    MemberInvitation.objects.create(
        organisation_id=new_id(), **about, **times, **numbers, state="accepted", accepted_by=user, closed_at=moment
    )
    MembershipRequest.objects.create(
        organisation_id=new_id(), organisation_kind="agency", person=user, note=SAID, requested_at=moment
    )


def _come_in(user: User) -> None:
    moment = clock.now()
    accounts.browser(user)
    accounts.authenticator(user)
    RecoveryCode.objects.create(user=user, digest="d" * 64, created_at=moment)
    Passkey.objects.create(user=user, name=SAID, credential_id=b"760", public_key=b"k", created_at=moment)
    SignInRecord.objects.create(user=user, method="sms_code", device="某品牌手机", signed_in_at=moment)
    accounts_actions.request_code(accounts.actor(user), phone=PHONE, purpose=CodePurpose.LOGIN, binding="b" * 64)
    verification.real_name(user, NAME, ID_NUMBER)
    CardIdentity.objects.create(
        user=user,
        issuer="https://card.example",
        subject=SUBJECT,
        subject_index=blind_index(SUBJECT, "card-subject"),
        phone=PHONE,
        region="510100",
        level=2,
        linked_at=moment,
        last_used_at=moment,
    )


def _write_a_resume(user: User) -> None:
    me = accounts.actor(user)
    resumes_actions.save_basics(me, basics=resumes.basics(name=NAME, email=EMAIL))
    resumes_actions.save_self_description(me, text=WORDS)
    for entry in (
        resumes.intention(),
        resumes.employment(employer_name=EMPLOYER),
        resumes.education(),
        resumes.project(description=SAID),
        resumes.skill(),
        resumes.certificate(number=CERTIFICATE),
    ):
        resumes_actions.save_section(me, entry=entry)
    resumes_actions.save_photo(me, file=BytesIO(portraits.picture()), name=f"{NAME}.jpg")
    resumes_actions.add_attachment(me, file=BytesIO(portraits.pdf(SAID)), name=f"{NAME}.pdf")


def _apply(user: User, cast: Cast) -> None:
    """To five jobs, which end or stand at very different places."""
    own = replace(cast, lin=accounts.actor(user))
    for state in ("rejected", "withdrawn", "onboarding_accepted", "onboarded", "interview_accepted"):
        application = applications.in_state(own, state, jobs.posting(cast.agency))
        if state == "rejected":
            Application.objects.filter(pk=application).update(rejection_note=f"{NAME}：{SAID}")
        ApplicationEvent.objects.filter(application_id=application).update(note=SAID)
        if state == "onboarded":
            open_contacts(cast.zhou, application_id=application, reason=ContactReason.OTHER, note="回访")
        if state == "interview_accepted":
            ask_for_another_time(
                own.lin,
                application_id=application,
                invitation_id=applications.standing_invitation(application),
                reason=SAID,
            )
    InterviewInvitation.objects.filter(application__applicant=user).update(result_note=SAID, answer_note=SAID)
    OnboardingNotice.objects.filter(application__applicant=user).update(note=SAID, follow_up_note=NAME)


def _keep_things(user: User, cast: Cast) -> None:
    moment = clock.now()
    SavedJob.objects.create(user=user, posting=cast.posting, saved_at=moment)
    BrowsingRecord.objects.create(user=user, posting=cast.posting, viewed_at=moment)
    HistoryPause.objects.create(user=user, paused_at=moment)
    alerts.saved_search(user, SearchQuery(q=SAID), name=SAID)
    register(accounts.actor(user), fair_id=public_site.fair(cast.agency).id)
    notify(Actor.system(), user_ids=[user.pk], kind="seeker.view", title=SAID, dedupe_key="erasure")
    TextMessage.objects.create(
        user=user, template="seeker.view", params={"title": SAID}, dedupe_key="760", created_at=moment
    )
    visibility.show(user)
    block_by_name(accounts.actor(user), name=EMPLOYER)
    InvitationToApply.objects.create(
        user=user, posting=cast.posting, agency=cast.agency, invited_by=cast.zhou.person, note=SAID, created_at=moment
    )
    NotificationPreference.objects.create(user=user, off=["fairs:sms"], changed_at=moment)
    RecommendationsOff.objects.create(user=user, since=moment)
    LeaveOutList.objects.create(user=user, wishes={"exclude_words": [SAID]}, changed_at=moment)
    DataExport.objects.create(person=user, requested_at=moment)


def _speak(user: User, cast: Cast) -> None:
    me = accounts.actor(user)
    own_review = reviews_actions.review_shop(me, agency_id=cast.agency.id, stars=1, text=SAID)
    reviews.reported(own_review)
    others = public_site.review(cast.agency)
    reviews_actions.report_review(me, review_id=others.id, reason="insult", text=SAID)
    report_posting(me, posting_id=cast.posting.id, reason="fees", text=SAID, contact=PHONE)
    feedback.sent(me, text=SAID, contact=PHONE, files=[(f"{NAME}.png", BytesIO(feedback.picture()))])


def _be_checked(user: User) -> None:
    me = accounts.actor(user)
    items = [verification.item(), verification.item(employer=EMPLOYER, start="2018-07", end="2024-03")]
    verification_actions.request(me, items=items, name=NAME, id_number=ID_NUMBER, has_consented=True)
    case = VerificationCase.objects.filter(user=user).order_by("id").last()
    assert case
    told = verification.answer(case, "mismatched", ("employer", EMPLOYER, "别家"))
    verification_actions.record_answer(Actor.system(), answer=told)
