"""Applying: consent, frozen resume, application, timeline, event — together or not at all."""

import hashlib
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import orjson
from django.db import IntegrityError, transaction

from jiuye.domains.accounts.models import Consent
from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.advancing import record
from jiuye.domains.applications.models import Application, ResumeSnapshot
from jiuye.domains.applications.states import OPEN
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.resumes import queries as resumes
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused, SignInRequired


def submit(actor: Actor, *, posting_id: UUID, idempotency_key: str, consented_to: Collection[UUID]) -> UUID:
    """Apply to a posting with the resume as it is now; returns the application's id.

    `consented_to` are the recipients' ids that the person was shown and agreed to (个人信息保护法 art. 23): the agency, and the
    employer for which it recruits. The same `idempotency_key` again answers with the first application and does nothing.

    Raises `Refused` for a posting that is no longer open or an application that is already under way, `Invalid` when the
    consent or the resume lacks something, `NotFound` for no such posting.
    """
    if actor.person_id is None:
        raise SignInRequired
    posting = jobs.to_apply(posting_id)
    recipients = {posting.agency_id: posting.agency_name, posting.employer_id: posting.employer_name}
    if not set(recipients) <= set(consented_to):
        raise Invalid({"consent": "请勾选同意将简历提供给上面列出的招聘方，勾选后才能投递。"})
    content = resumes.snapshot_content(actor.person_id)
    missing = resumes.missing_in(content)
    if missing:
        raise Invalid({"resume": "简历还缺少：" + "、".join(missing) + "。补充后即可投递。"})
    try:
        with transaction.atomic():
            return _write(actor, posting, recipients, content, idempotency_key)
    except IntegrityError:
        return _already(actor, posting_id, idempotency_key)


def _write(
    actor: Actor,
    posting: jobs.PostingForApplication,
    recipients: dict[UUID, str],
    content: dict[str, object],
    idempotency_key: str,
) -> UUID:
    moment = clock.now()
    raw = orjson.dumps(content).decode()
    consent = Consent.objects.create(
        user_id=actor.person_id,
        kind=ConsentKind.RESUME_DISCLOSURE,
        scope={
            "posting_id": str(posting.id),
            "recipients": [{"id": str(key), "name": name} for key, name in recipients.items()],
        },
        text_version=policies.CONSENT_TEXT_VERSION,
        given_at=moment,
    )
    snapshot = ResumeSnapshot.objects.create(
        user_id=actor.person_id, content=raw, digest=hashlib.sha256(raw.encode()).hexdigest(), created_at=moment
    )
    application = Application.objects.create(
        posting_id=posting.id,
        applicant_id=actor.person_id,
        agency_id=posting.agency_id,
        employer_id=posting.employer_id,
        snapshot=snapshot,
        consent=consent,
        applicant_name=str(content.get("name", "")),
        title=posting.title,
        idempotency_key=idempotency_key[:64],
        submitted_at=moment,
        state_changed_at=moment,
        respond_by=moment + timedelta(days=policies.AGENCY_DAYS["submitted"]),
    )
    record(actor, application, "seeker", "submit", "", note="", detail={}, moment=moment)
    return application.id


def _already(actor: Actor, posting_id: UUID, idempotency_key: str) -> UUID:
    """What a refused insertion means: this very application, sent twice, or another that is still open."""
    mine = Application.objects.filter(applicant_id=actor.person_id)
    same = mine.filter(idempotency_key=idempotency_key[:64]).values_list("id", "posting_id").first()
    if same and same[1] == posting_id:
        return same[0]
    if mine.filter(posting_id=posting_id, state__in=OPEN).exists():
        raise Refused("您已投递过这个职位，正在处理中。可在“我的投递”里查看进展。", code="already_applied")
    raise Refused("这次投递没有成功，请刷新页面后再试一次。", code="try_again")
