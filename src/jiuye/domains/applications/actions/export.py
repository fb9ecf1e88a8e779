"""Exports of an agency's inbox and of an employer's list: without contacts, audited."""

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.queries.employers import (
    EmployerApplication,
    EmployerFilter,
    employer_applications,
)
from jiuye.domains.applications.queries.inbox import InboxFilter, InboxRow, all_of_inbox
from jiuye.kernel import audit, rate_limits
from jiuye.kernel.actor import Actor

MOST_ROWS = 5000
EXPORTS_AN_HOUR = 20


def export_inbox(actor: Actor, *, chosen: InboxFilter) -> list[InboxRow]:
    """Return the rows of the agency's inbox, at most 5,000, newest first, and audit the export.

    Raises `Denied` for read-only members, `RateLimited` after 20 exports within the hour.
    """
    policies.may_write(actor, "agency")
    _count(actor)
    with transaction.atomic():
        rows = all_of_inbox(actor, chosen=chosen, limit=MOST_ROWS)
        audit.record(actor, "application.export", actor.organisation_id, rows=len(rows))
    return rows


def export_employer_list(actor: Actor, *, chosen: EmployerFilter) -> list[EmployerApplication]:
    """Return the rows of the employer's list, at most 5,000, and audit the export.

    Raises `Denied` for read-only members, `RateLimited` after 20 exports within the hour.
    """
    policies.may_judge(actor)
    _count(actor)
    with transaction.atomic():
        rows = list(employer_applications(actor, chosen=chosen, size=MOST_ROWS).page.items)
        audit.record(actor, "application.export", actor.organisation_id, rows=len(rows))
    return rows


def _count(actor: Actor) -> None:
    rate_limits.hit(
        f"export:{actor.person}",
        limit=EXPORTS_AN_HOUR,
        seconds=3600,
        message=f"每小时最多导出 {EXPORTS_AN_HOUR} 次，请稍后再试。",
    )
