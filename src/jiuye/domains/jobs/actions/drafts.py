"""Create, edit and copy postings."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.actions import checks, closing
from jiuye.domains.jobs.actions.content import columns
from jiuye.domains.jobs.content import HASH_START, PostingContent, hash_of
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.screening import screen_posting
from jiuye.domains.jobs.states import POSTING_LABELS
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused

_NOT_COPIED = (
    "id",
    "external_code",
    "content_hash",
    "import_batch_id",
    "published_at",
    "confirmed_at",
    *closing.COLUMNS,
    "version",
)


def create_posting(actor: Actor, *, content: PostingContent) -> UUID:
    """Create a draft of the actor's agency. Return its id. Raises `Invalid`, `Denied`, `NotFound`."""
    policies.may_edit(actor)
    if actor.organisation_id is None:
        raise NotFound
    values = columns(content, actor.organisation_id)
    moment = clock.now()
    with _own_codes_are_unique(), transaction.atomic():
        posting = JobPosting.objects.create(
            agency_id=actor.organisation_id, created_at=moment, updated_at=moment, **values
        )
        audit.record(actor, "posting.create", posting.id)
    return posting.id


def edit_posting(actor: Actor, *, posting_id: UUID, version: int, content: PostingContent) -> int:
    """Replace a posting's content. Return its new version; `version` is the one the author saw.

    A published posting stays published and must stay lawful. Raises `Refused` (code edited_meanwhile) if somebody
    else changed it first, `Invalid` or `Screened` for the content, `Refused` for a state that cannot be edited.
    """
    with _own_codes_are_unique(), transaction.atomic():
        posting = checks.lock(actor, posting_id)
        checks.same_version(posting, version)
        if posting.state not in policies.EDITABLE:
            raise Refused(f"当前状态是“{POSTING_LABELS[posting.state]}”，不能修改。", code="state_not_allowed")
        before = screen_posting(posting)
        values = columns(content, posting.agency_id, closing_before=posting.valid_through)
        changed = sorted(name for name, value in values.items() if getattr(posting, name) != value)
        if not changed:
            return posting.version
        for name in changed:
            setattr(posting, name, values[name])
        if posting.content_hash.startswith(HASH_START):
            posting.content_hash = hash_of(values)
        if posting.state == "published":
            checks.require_elements(posting)
            if "employer_id" in changed:
                checks.require_restrictions_allow(posting)
            _stays_clean(checks.require_clean(posting, already=before.findings).findings)
        posting.version += 1
        posting.updated_at = clock.now()
        posting.save(update_fields=[*changed, "content_hash", "version", "updated_at"])
        audit.record(actor, "posting.edit", posting.id, columns=changed, version=posting.version)
        if posting.state == "published":
            events.publish(actor, PostingsChanged([posting.id], "edit"))
    return posting.version


def copy_posting(actor: Actor, *, posting_id: UUID) -> UUID:
    """Create a draft with the content of another posting of the agency, without closing day. Return its id."""
    with transaction.atomic():
        source = checks.lock(actor, posting_id)
        values = {
            field.attname: getattr(source, field.attname)
            for field in JobPosting._meta.concrete_fields
            if field.attname not in _NOT_COPIED
        }
        moment = clock.now()
        fresh = {"state": "draft", "valid_through": None, "created_at": moment, "updated_at": moment}
        copy = JobPosting.objects.create(**{**values, **fresh})
        audit.record(actor, "posting.copy", copy.id, source=source.id)
    return copy.id


def _stays_clean(findings: tuple[checks.Finding, ...]) -> None:
    """Raises if a public posting gains text that needs a review: it must be published again."""
    if findings:
        raise Invalid(
            {finding.field: f"{finding.message}如需保留，请先下架，修改后重新发布送审。" for finding in findings}
        )


@contextmanager
def _own_codes_are_unique() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "an_agencys_own_code_names_one_posting" in str(error):
            raise Invalid({"external_code": "这个编号已用在本机构的另一个职位上，请换一个或留空。"}) from error
        raise
