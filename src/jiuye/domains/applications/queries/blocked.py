"""Postings covered by a person's blocks (屏蔽): of blocked agencies and for blocked employers."""

from collections.abc import Collection, Mapping
from uuid import UUID

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.resumes.queries import blocks
from jiuye.kernel.actor import Actor


def blocked_among(actor: Actor, posting_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the name of the blocked organisation for each of the postings that has one.

    One query, two when the actor has blocks; none for anonymous actors.
    """
    if actor.person_id is None or not posting_ids:
        return {}
    out = blocks.kept_out(actor)
    if not out.keys:
        return {}
    found: dict[UUID, str] = {}
    rows = JobPosting.objects.filter(pk__in=posting_ids).select_related("agency", "employer").order_by("pk")
    for row in rows:
        parties: list[Agency | Employer] = [row.agency, *([row.employer] if row.employer else [])]
        for party in parties:
            if out.covers(party.id, party.legal_name, party.credit_code):
                found[row.id] = party.legal_name
    return found
