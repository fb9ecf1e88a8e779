"""Exports of an agency's inbox and of an employer's list: without contacts, audited."""

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.queries.employers import (
    EmployerApplication,
    EmployerFilter,
    employer_applications,
)
from jiuye.domains.applications.queries.inbox import InboxFilter, InboxRow, all_of_inbox
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.rate_limits import Limit

MOST_ROWS = 5000
EXPORTS = Limit(
    "application-exports", "导出投递列表", "每位工作人员", 20, 3600, "每小时最多导出 {most} 次，请 {wait}后再试。"
)


def export_inbox(actor: Actor, *, chosen: InboxFilter) -> list[InboxRow]:
    """Return the rows of the agency's inbox, at most 5,000, newest first, and audit the export.

    Raises `Denied` for read-only members, `RateLimited` after 20 exports within the hour.
    """
    policies.may_write(actor, "agency")
    EXPORTS.hit(actor.person)
    with transaction.atomic():
        rows = all_of_inbox(actor, chosen=chosen, limit=MOST_ROWS)
        audit.record(actor, "application.export", actor.organisation_id, rows=len(rows))
    return rows


def export_employer_list(actor: Actor, *, chosen: EmployerFilter) -> list[EmployerApplication]:
    """Return the rows of the employer's list, at most 5,000, and audit the export.

    Raises `Denied` for read-only members, `RateLimited` after 20 exports within the hour.
    """
    policies.may_judge(actor)
    EXPORTS.hit(actor.person)
    with transaction.atomic():
        rows = list(employer_applications(actor, chosen=chosen, size=MOST_ROWS).page.items)
        audit.record(actor, "application.export", actor.organisation_id, rows=len(rows))
    return rows
