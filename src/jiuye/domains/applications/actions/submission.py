"""Applying: consent, frozen resume, application, timeline entry and event in one transaction."""

import hashlib
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, connection, transaction
from psycopg.errors import ForeignKeyViolation

from jiuye.domains.accounts.models import Consent
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.transitions import create
from jiuye.domains.applications.models import Application, ResumeSnapshot, SentAttachment
from jiuye.domains.applications.states import OPEN
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.resumes import actions as resume_actions
from jiuye.domains.resumes import queries as resumes
from jiuye.domains.resumes.queries import blocks
from jiuye.kernel import clock, database
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, RateLimited, Refused
from jiuye.kernel.rate_limits import whole_seconds

LONGEST_KEY = 64
_SENT_SINCE = "SELECT count(*) FROM applications_application WHERE applicant_id = %s AND submitted_at > %s"
_FREES_A_PLACE = """
SELECT submitted_at FROM applications_application WHERE applicant_id = %s AND submitted_at > %s
ORDER BY submitted_at DESC OFFSET %s LIMIT 1
"""
_ONCE = frozenset({"one_open_application_per_person_and_posting", "an_application_key_is_used_once"})


def submit(
    actor: Actor,
    *,
    posting_id: UUID,
    idempotency_key: str,
    consented_to: Collection[UUID],
    quick_start: resume_actions.QuickStart | None = None,
    confirm_file: bool = False,
    attach_file: bool = False,
    unblock: bool = False,
) -> UUID:
    """Apply to a posting with the present resume. Return the application's id.

    `consented_to` are the ids of the recipients that the person was shown and agreed to (个人信息保护法 art. 23): the agency,
    and the employer it recruits for. `quick_start` first fills in what the resume lacks; `confirm_file` before that
    writes the uploaded resume that the person has looked at into theirs, and `attach_file` keeps the file as an attachment;
    `unblock` first removes the person's blocks that
    cover a recipient. These and the application are one transaction: a refused application changes nothing.
    Repeating an `idempotency_key` (1 to 64 characters) returns the first application and changes nothing, also when the
    posting has closed since.

    Raises `Refused` for a posting that is no longer open, an application that is already under way or a blocked recipient
    (code blocked), `Invalid` when the consent or the resume lacks something, `RateLimited`, `NotFound` for no such posting.
    """
    person_id = actor.person
    if not 1 <= len(idempotency_key) <= LONGEST_KEY or "\x00" in idempotency_key:  # PostgreSQL's texts cannot hold it
        raise Invalid({"key": "页面信息不完整，请再点一次“确认投递”。"})
    # In the common case the transaction begins with the single write statement, which saves a round trip.
    writes_first = quick_start is not None or confirm_file or unblock
    try:
        with transaction.atomic() if writes_first else nullcontext():
            return _submit(
                actor, posting_id, idempotency_key, consented_to, quick_start, confirm_file, attach_file, unblock
            )
    except (Refused, Invalid, RateLimited, IntegrityError) as error:
        earlier = _sent_before(actor, posting_id, idempotency_key)
        if earlier is not None:
            return earlier
        # A foreign key fails when the employer's record was merged into another at this moment.
        if isinstance(error, IntegrityError) and (_constraint(error) in _ONCE or _is_foreign_key(error)):
            raise _collision(person_id, posting_id) from error
        raise


def _submit(
    actor: Actor,
    posting_id: UUID,
    idempotency_key: str,
    consented_to: Collection[UUID],
    quick_start: resume_actions.QuickStart | None,
    confirm_file: bool,
    attach_file: bool,
    unblock: bool,
) -> UUID:
    posting = jobs.to_apply(posting_id)
    recipients = policies.recipients_of(posting)
    _check_consent(recipients, consented_to)
    if unblock:
        resume_actions.unblock_covering(actor, posting.parties)
    else:
        _check_blocks(actor.person, posting)
    _check_rate(actor.person)
    if confirm_file:
        resume_actions.confirm_file(actor, attach=attach_file)
    if quick_start:
        resume_actions.quick_start(actor, start=quick_start)
    content = resumes.snapshot_content(actor.person)
    missing = resumes.missing_in(content)
    if missing:
        raise Invalid({"resume": "简历还缺少：" + "、".join(missing) + "。补充后即可投递。"})
    with transaction.atomic():
        return _write(actor, posting, recipients, content, idempotency_key)


def _check_consent(recipients: Mapping[UUID, str], consented_to: Collection[UUID]) -> None:
    """Raises `Invalid` (consent) that names the recipients for whom consent is missing."""
    unasked = [name for identifier, name in recipients.items() if identifier not in consented_to]
    if unasked:
        names = "、".join(f"“{name}”" for name in unasked)
        raise Invalid({"consent": f"请勾选同意将简历提供给{names}，勾选后才能投递；不同意则不会发出任何信息。"})


def _check_blocks(person_id: UUID, posting: jobs.PostingForApplication) -> None:
    """Raises `Refused` (code blocked) when the person blocks a recipient: they may have forgotten."""
    if blocked := blocks.covering(person_id, posting.parties):
        names = "、".join(f"“{one.name}”" for one in blocked)
        raise Refused(f"您屏蔽了{names}，这次投递会把简历发给对方。要继续，请先解除屏蔽。", code="blocked")


def _check_rate(person_id: UUID) -> None:
    """Raises `RateLimited` for more applications within the hour than a person can read postings."""
    since = clock.now() - policies.APPLYING_WINDOW
    with database.prepared() as cursor:
        cursor.execute(_SENT_SINCE, [person_id, since])
        (sent,) = cursor.fetchone()
    if sent >= policies.MOST_IN_WINDOW:
        with connection.cursor() as cursor:
            cursor.execute(_FREES_A_PLACE, [person_id, since, max(policies.MOST_IN_WINDOW - 1, 0)])
            row = cursor.fetchone()
        ends_at = (row[0] if row else clock.now()) + policies.APPLYING_WINDOW
        raise RateLimited(
            max(1, whole_seconds(ends_at - clock.now())),
            f"一小时内最多投递 {policies.MOST_IN_WINDOW} 个职位，请 {{wait}}后再投。",
        )


def _write(
    actor: Actor,
    posting: jobs.PostingForApplication,
    recipients: Mapping[UUID, str],
    content: dict[str, Any],
    idempotency_key: str,
) -> UUID:
    person_id, moment = actor.person, clock.now()
    raw = orjson.dumps(content).decode()
    consent = Consent(
        user_id=person_id,
        kind=ConsentKind.RESUME_DISCLOSURE,
        scope={
            "posting_id": str(posting.id),
            "recipients": [{"id": str(key), "name": name} for key, name in recipients.items()],
        },
        text_version=policies.CONSENT_TEXT_VERSION,
        given_at=moment,
    )
    snapshot = ResumeSnapshot(
        user_id=person_id, content=raw, digest=hashlib.sha256(raw.encode()).hexdigest(), created_at=moment
    )
    application = Application(
        posting_id=posting.id,
        applicant_id=person_id,
        agency_id=posting.agency_id,
        employer_id=posting.employer_id,
        snapshot_id=snapshot.id,
        consent_id=consent.id,
        applicant_name=str(content.get("name", "")),
        title=posting.title,
        idempotency_key=idempotency_key,
        submitted_at=moment,
    )
    files = [
        SentAttachment(application_id=application.id, attachment_id=UUID(one["id"]))
        for one in content.get("attachments", ())
    ]
    create(actor, application, "submit", rows=[consent, snapshot, application, *files])
    return application.id


def _sent_before(actor: Actor, posting_id: UUID, idempotency_key: str) -> UUID | None:
    """Return the id of the person's application to this posting with this key, or None."""
    return (
        Application.objects.filter(applicant_id=actor.person_id, idempotency_key=idempotency_key, posting_id=posting_id)
        .values_list("id", flat=True)
        .first()
    )


def _constraint(error: IntegrityError) -> str:
    """Return the name of the violated constraint; empty when the driver does not report it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")


def _is_foreign_key(error: IntegrityError) -> bool:
    return isinstance(error.__cause__, ForeignKeyViolation)


def _collision(person_id: UUID, posting_id: UUID) -> Refused:
    """Return the refusal for an insert that violated a constraint of `_ONCE`."""
    if Application.objects.filter(applicant_id=person_id, posting_id=posting_id, state__in=OPEN).exists():
        return Refused("您已投递过这个职位，正在处理中。可在“我的投递”里查看进展。", code="already_applied")
    return Refused("这次投递没有成功，请刷新页面后再试一次。", code="try_again")
