"""The checks that every public posting must pass, however it is published."""

from uuid import UUID

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.faults import fault_of, missing_faults
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.screening import Finding, Screening, screen_posting
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused


class Screened(Invalid):
    """Screening stops the posting; `findings` hold the words and the law, `fields` the messages for the author."""

    code = "screening_stopped"

    def __init__(self, screening: Screening) -> None:
        self.findings = screening.stopping
        faults = [fault_of(one) for one in self.findings]
        super().__init__(screening.messages(), "有内容不能发布，请看标出的词语和依据。", faults=faults)


def lock(actor: Actor, posting_id: UUID) -> JobPosting:
    """Lock and return the posting. Raises `NotFound` (also for other agencies' postings) and `Denied` (viewers)."""
    policies.may_edit(actor)
    posting = JobPosting.objects.select_for_update(of=("self",)).filter(pk=posting_id).first()
    if posting is None:
        raise NotFound
    policies.may_edit(actor, posting)
    return posting


def same_version(posting: JobPosting, version: int | None) -> None:
    """Raises `Refused` if the posting has changed since the actor saw `version`; None skips the check."""
    if version is not None and posting.version != version:
        raise Refused(
            "这个职位在您打开之后被修改过，这次操作没有生效。请打开最新内容，核对后再操作。",
            code="edited_meanwhile",
        )


def require_standing(actor: Actor) -> None:
    """Raises `Refused` if the actor's agency may not publish now."""
    if actor.organisation_id is None:
        raise NotFound
    standing = organisations.standing(actor.organisation_id)
    if not standing.may_publish:
        raise Refused(standing.reason, code="agency_may_not_publish")


def require_restrictions_allow(posting: JobPosting) -> None:
    """Raises `Refused` if a sanction on the posting's employer forbids publishing for it. One query."""
    if posting.employer_id and (obstacle := organisations.employer_obstacles([posting.employer_id])):
        raise Refused(obstacle[posting.employer_id], code="employer_restricted")


def require_elements(posting: JobPosting) -> None:
    """Raises `Invalid` if a legal element is missing: field → how to give it and which law requires it."""
    missing = policies.missing_elements(posting)
    if missing:
        faults = missing_faults(posting)
        raise Invalid(
            {fault.field: fault.message for fault in faults},
            "还缺少" + "、".join(element.label for element in missing) + "，补充后才能发布。",
            faults=faults,
        )


def require_clean(posting: JobPosting, *, already: tuple[Finding, ...] = ()) -> Screening:
    """Screen a posting whose findings `already` were accepted. Raises `Screened` if it is stopped."""
    known = {(finding.field, finding.rule, finding.words) for finding in already}
    screening = screen_posting(posting)
    fresh = Screening(tuple(f for f in screening.findings if (f.field, f.rule, f.words) not in known))
    if fresh.verdict == "stop":
        raise Screened(fresh)
    return fresh
