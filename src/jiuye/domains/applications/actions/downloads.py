"""Downloads by staff other than a single resume: attachments, and the resumes of several applications. Each is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.resume_access import lock_for_reading, record_reading
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.queries.files import sent_attachment
from jiuye.domains.resumes.queries import AttachmentView
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.rate_limits import Limit

ATTACHMENTS = Limit(
    "attachments-taken",
    "下载求职者的附件",
    "每位工作人员",
    120,
    3600,
    "为保护求职者，每位工作人员每小时最多下载 {most} 个附件，请 {wait}后再试。",
)
"""Two for each resume that they may download."""

BUNDLES = Limit(
    "resume-bundles",
    "打包下载简历",
    "每位工作人员",
    4,
    3600,
    "为保护求职者，每位工作人员每小时最多打包下载 {most} 次，请 {wait}后再试。",
)
MOST_IN_BUNDLE = 50
"""Of a bundle; with the limit above two hundred resumes an hour, all without contacts."""
_LONGEST_SHOWN_NAME = 40


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of a bundle: which resumes may be downloaded, in the requested order, and messages for the others."""

    ids: tuple[UUID, ...]
    refused: tuple[str, ...]


def download_attachment(actor: Actor, *, application_id: UUID, attachment_id: UUID) -> AttachmentView:
    """Log that an attachment of an application is downloaded, for its owner to see.

    Raises `Refused` when the application was withdrawn or rejected, `RateLimited` after too many within the hour,
    `Denied` for read-only members, `NotFound`.
    """
    limit_attachments(actor)
    with transaction.atomic():
        application = _lock_to_take(actor, application_id, "附件")
        sent = sent_attachment(application, attachment_id)
        purpose = f"下载附件“{shown_name(sent)}”（“{application.title}”的投递）"
        record_reading(actor, application, AccessKind.DOWNLOAD, purpose)
    return sent


def limit_attachments(actor: Actor) -> None:
    """Count one attachment taken by a member of staff. Raises `RateLimited`."""
    ATTACHMENTS.hit(actor.person)


def shown_name(file: AttachmentView) -> str:
    """Return the file's name as the access log shows it, cut if it is long."""
    return file.name if len(file.name) <= _LONGEST_SHOWN_NAME else f"{file.name[:_LONGEST_SHOWN_NAME]}…"


def take_resumes(actor: Actor, *, application_ids: Sequence[UUID]) -> Taken:
    """Log that the resumes of several applications are downloaded without contacts, each for its owner to see.

    Applications whose resume may not be downloaded are reported in the result. Raises `Refused` for more than 50,
    `RateLimited` after four bundles within the hour, `Denied` for read-only members.
    """
    policies.may_write(actor, "agency")
    if len(application_ids) > MOST_IN_BUNDLE:
        raise Refused(f"一次最多下载 {MOST_IN_BUNDLE} 份简历，请减少勾选后再试。", code="too_many")
    BUNDLES.hit(actor.person)
    taken, refused = [], []
    for application_id in application_ids:
        try:
            _take(actor, application_id)
        except NotFound:
            continue  # another agency's or none at all: not reported
        except Refused as problem:
            refused.append(problem.message)
        else:
            taken.append(application_id)
    return Taken(tuple(taken), tuple(dict.fromkeys(refused)))


@transaction.atomic
def _take(actor: Actor, application_id: UUID) -> None:
    application = _lock_to_take(actor, application_id, "简历")
    record_reading(
        actor, application, AccessKind.DOWNLOAD, f"打包下载 PDF，不含联系方式（“{application.title}”的投递）"
    )


def _lock_to_take(actor: Actor, application_id: UUID, what: str) -> Application:
    application = lock_for_reading(actor, application_id, to_write=True)
    if not policies.may_see_contacts(application.state):
        raise Refused(f"这次投递已标记为不合适，不再提供{what}下载。", code="ended")
    return application
