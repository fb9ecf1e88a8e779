"""Opening resumes and their contacts: reads that are logged for the resume's owner."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.transitions import advance, lock
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.states import ContactReason
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes import queries as resume_queries
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_line

LONGEST_CONTACT_NOTE = 40
CONTACTS = Limit(
    "contacts",
    "查看求职者的联系方式",
    "每位工作人员",
    60,
    3600,
    "为保护求职者，每位工作人员每小时最多查看 {most} 次联系方式，请 {wait}后再试。",
)
"""More than anybody calls, less than a list is worth."""

DOWNLOADS = Limit(
    "resumes-taken",
    "下载简历",
    "每位工作人员",
    60,
    3600,
    "为保护求职者，每位工作人员每小时最多下载 {most} 份简历，请 {wait}后再试。",
)
CONTACTS_STAY_OPEN = timedelta(minutes=10)
"""How long a reason that was given for seeing the contacts also carries a download with them."""


@transaction.atomic
def open_resume(actor: Actor, *, application_id: UUID) -> None:
    """Log that a member of the agency opens the resume; the first time also takes the transition “view”.

    Read-only members may do this too; the seeker sees each access. Opening does not extend the agency's deadline.
    Raises `Refused` when the applicant has withdrawn, `NotFound` for anybody outside the agency.
    """
    application = lock_for_reading(actor, application_id, to_write=False)
    record_reading(actor, application, AccessKind.VIEW, f"处理“{application.title}”的投递")


def open_contacts(actor: Actor, *, application_id: UUID, reason: ContactReason, note: str = "") -> None:
    """Log that staff who handle the application see the applicant's phone, e-mail and certificate numbers.

    The owner can read the reason and `note` (at most 40 characters; required for OTHER). Raises `Invalid` (note),
    `Refused` when the application was withdrawn or rejected, `RateLimited` after too many within the hour, `Denied`
    for read-only members, `NotFound`.
    """
    CONTACTS.hit(actor.person)
    with transaction.atomic():
        _open_contacts(actor, application_id, reason, tidy_line(note))


def _open_contacts(actor: Actor, application_id: UUID, reason: ContactReason, note: str) -> None:
    application = lock_for_reading(actor, application_id, to_write=True)
    if not policies.may_see_contacts(application.state):
        raise Refused("这次投递已标记为不合适，不再提供求职者的联系方式。", code="ended")
    if reason == ContactReason.OTHER and not note:
        raise Invalid({"note": "请写明原因，求职者会看到。"})
    if len(note) > LONGEST_CONTACT_NOTE:
        raise Invalid({"note": f"最多 {LONGEST_CONTACT_NOTE} 个字，现在有 {len(note)} 个字，请删减一些。"})
    told = "：".join(part for part in (reason.label, note) if part)
    record_reading(actor, application, AccessKind.CONTACT, f"{told}（“{application.title}”的投递）")


def download_resume(actor: Actor, *, application_id: UUID, with_contacts: bool = False) -> None:
    """Log that staff who handle the application download the resume as a file.

    `with_contacts` is allowed shortly after the same person gave a reason with `open_contacts`. Raises `Refused`
    otherwise, and when the application was withdrawn or rejected; `RateLimited` after too many within the hour,
    `Denied` for read-only members, `NotFound`.
    """
    limit_downloads(actor)
    with transaction.atomic():
        _download_resume(actor, application_id, with_contacts)


def limit_downloads(actor: Actor) -> None:
    """Count one resume downloaded by a member of staff. Raises `RateLimited`."""
    DOWNLOADS.hit(actor.person)


def _download_resume(actor: Actor, application_id: UUID, with_contacts: bool) -> None:
    application = lock_for_reading(actor, application_id, to_write=True)
    if not policies.may_see_contacts(application.state):
        raise Refused("这次投递已标记为不合适，不再提供简历下载。", code="ended")
    if with_contacts and not resume_queries.saw_contacts(
        actor,
        owner_id=application.applicant_id,
        application_id=application.id,
        since=clock.now() - CONTACTS_STAY_OPEN,
    ):
        raise Refused("查看联系方式已超过 10 分钟，请重新写明原因、显示联系方式后再下载。", code="contacts_closed")
    what = "含联系方式" if with_contacts else "不含联系方式"
    record_reading(actor, application, AccessKind.DOWNLOAD, f"下载 PDF，{what}（“{application.title}”的投递）")


def lock_for_reading(actor: Actor, application_id: UUID, *, to_write: bool) -> Application:
    """Return the application of the actor's agency under a row lock, viewed now if it was not before.

    Raises `ConsentWithdrawn` when the applicant has withdrawn, `Denied`, `NotFound`.
    """
    application, party = lock(actor, application_id, to_write=to_write)
    if party != "agency":
        raise NotFound
    policies.refuse_withdrawn(application)
    if application.state == "submitted":
        advance(actor, application, party, "view", respond_by=application.respond_by)
    return application


def record_reading(actor: Actor, application: Application, kind: AccessKind, purpose: str) -> None:
    """Log the access and its purpose for the applicant, in the transaction of `lock_for_reading`."""
    resumes.record_access(
        actor,
        owner_id=application.applicant_id,
        organisation_name=organisations.organisation_name("agency", application.agency_id),
        kind=kind,
        purpose=purpose,
        posting_id=application.posting_id,
        application_id=application.id,
    )
