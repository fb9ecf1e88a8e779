"""The consent to the disclosure of a resume, and its recipients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.states import ConsentKind
from jiuye.domains.applications import policies
from jiuye.domains.applications.models import Application
from jiuye.domains.jobs.queries import PostingForApplication


@dataclass(frozen=True)
class Recipient:
    """A receiver of the resume (个人信息保护法 art. 23)."""

    id: UUID
    name: str
    is_employer: bool


@dataclass(frozen=True)
class ConsentFacts:
    """The consent to the disclosure of the resume: which words, what for, to whom. It has no end but its withdrawal."""

    version: str
    purpose: str
    purpose_label: str
    recipients: Sequence[Recipient]
    given_at: datetime
    withdrawn_at: datetime | None


def consent_facts(application: Application) -> ConsentFacts:
    """Return the consent of an application that was loaded with it."""
    given = application.consent
    return ConsentFacts(
        version=given.text_version,
        purpose=given.kind,
        purpose_label=str(ConsentKind(given.kind).label),
        recipients=[
            Recipient(UUID(one["id"]), one["name"], UUID(one["id"]) != application.agency_id)
            for one in given.scope.get("recipients", ())
        ],
        given_at=given.given_at,
        withdrawn_at=given.withdrawn_at,
    )


def recipients(posting: PostingForApplication) -> list[Recipient]:
    """Return the receivers of the resume; each needs consent. No query."""
    named = policies.recipients_of(posting)
    return [Recipient(identifier, name, identifier != posting.agency_id) for identifier, name in named.items()]
