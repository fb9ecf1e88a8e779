"""Create, edit, copy and delete postings."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector

from jiuye.domains.jobs import closing, policies
from jiuye.domains.jobs.actions import checks
from jiuye.domains.jobs.actions.content import columns
from jiuye.domains.jobs.content import HASH_START, PostingContent, content_of, hash_of
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import ImportNote, JobPosting
from jiuye.domains.jobs.screening import screen_posting
from jiuye.domains.jobs.states import POSTING_LABELS
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused

_DELETABLE = frozenset({"draft", "rejected", "withdrawn", "expired"})
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
    return _edit(actor, posting_id, version, lambda before: content)


def change_posting(actor: Actor, *, posting_id: UUID, changes: Mapping[str, Any], version: int | None = None) -> int:
    """Change members of a posting's content (names of `PostingContent`), as `edit_posting`. Return its new version."""
    return _edit(actor, posting_id, version, lambda before: replace(before, **changes))


def delete_posting(actor: Actor, *, posting_id: UUID, version: int | None = None) -> None:
    """Delete a posting that is not public and that nobody applied to or reported. Its number is free again.

    The history of rows keeps it (`kernel.history`). Raises `Refused` for others.
    """
    with transaction.atomic():
        posting = checks.lock(actor, posting_id)
        checks.same_version(posting, version)
        if posting.state not in _DELETABLE:
            label = POSTING_LABELS[posting.state]
            advice = "请先下架。" if posting.state == "published" else "如有疑问请联系平台客服。"
            raise Refused(f"当前状态是“{label}”，不能删除。{advice}", code="state_not_allowed")
        _require_unused(posting)
        audit.record(actor, "posting.delete", posting.id, external_code=posting.external_code)
        posting.delete()
        if posting.published_at:
            events.publish(actor, PostingsChanged([posting_id], "delete"))


def _require_unused(posting: JobPosting) -> None:
    """Raises `Refused` if deleting the posting would delete or orphan what other domains keep: applications, reports."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    try:
        collector.collect([posting])
    except ProtectedError:
        is_used = True
    else:
        models = {*collector.data, *(rows.model for rows in collector.fast_deletes if rows.exists())}
        is_used = any(model._meta.app_label != posting._meta.app_label for model in models)
    if is_used:
        raise Refused("这个职位有投递或其他记录，不能删除；保持下架即可。", code="in_use")


def _edit(
    actor: Actor, posting_id: UUID, version: int | None, write: Callable[[PostingContent], PostingContent]
) -> int:
    with _own_codes_are_unique(), transaction.atomic():
        posting = checks.lock(actor, posting_id)
        checks.same_version(posting, version)
        content = write(content_of(posting))
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
        ImportNote.objects.filter(posting=posting).delete()
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
