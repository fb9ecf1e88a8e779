"""Who may decide on a case. Every door asks `check_decider`; no view decides for itself.

GB/T 22239-2019 §8.1.5 (separated duties). Two people for a first approval, and nobody in their own matter: practice of
licensing authorities (行政许可法 art. 34: two or more people check the facts of an application).
"""

from datetime import datetime, timedelta
from uuid import UUID

from jiuye.domains.accounts.models import Membership
from jiuye.domains.qualifications.models import Case, Submission
from jiuye.domains.qualifications.states import CasePurpose, CaseState
from jiuye.kernel.errors import Refused

CLAIM_LASTS = timedelta(minutes=30)
"""How long a claim holds without activity."""

WAITING = ("submitted", "second_look")
"""The states in which a case waits for an auditor."""

SECOND_PERSON = "second_person"
OWN_ORGANISATION = "own_organisation"
LOGGED = frozenset({SECOND_PERSON, OWN_ORGANISATION})
"""Codes of refusals that are written to the audit log."""


def has_live_claim(case: Case, now: datetime) -> bool:
    """Return whether somebody has claimed the case and was active since."""
    return bool(case.claimed_by_id and case.claimed_at and case.claimed_at > now - CLAIM_LASTS)


def own_organisations(person_id: UUID) -> set[UUID]:
    """Return the organisations that a person belongs or belonged to. One query."""
    return set(Membership.objects.filter(user_id=person_id).values_list("organisation_id", flat=True))


def cases_submitted_by(person_id: UUID) -> set[UUID]:
    """Return the cases that a person submitted. One query."""
    return set(Submission.objects.filter(submitted_by_id=person_id).values_list("case_id", flat=True))


def obstacle_of(case: Case, person_id: UUID, own: set[UUID]) -> str:
    """Return the code of what keeps a person from giving a verdict on the case; "" if nothing does. No query.

    `own`: see `own_organisations`.
    """
    if case.organisation_id in own or (case.opened_by_id == person_id and case.purpose != CasePurpose.COMPLAINT):
        return OWN_ORGANISATION
    if case.state == CaseState.SECOND_LOOK and case.first_by_id == person_id:
        return SECOND_PERSON
    return ""


def check_outsider(case: Case, person_id: UUID) -> None:
    """Raise `Refused` (code own_organisation) if the case is about an organisation of this person's, now or formerly."""
    if obstacle_of(case, person_id, own_organisations(person_id)) == OWN_ORGANISATION:
        raise Refused(OBSTACLES[OWN_ORGANISATION], code=OWN_ORGANISATION)


def check_decider(case: Case, person_id: UUID) -> None:
    """Raise `Refused` (codes second_person, own_organisation) if this person may not give a verdict on the case now."""
    own = own_organisations(person_id)
    if case.id in cases_submitted_by(person_id):
        own = own | {case.organisation_id}
    if code := obstacle_of(case, person_id, own):
        raise Refused(OBSTACLES[code], code=code)


OBSTACLES = {
    OWN_ORGANISATION: "您是或曾是这家机构的人员，不能参与它的审核，请交给同事处理。",
    SECOND_PERSON: "这件由您初审通过，复核须由另一位审核员作出（首次审核由两人先后审核）。有新发现的，请写成内部备注留给复核人。",
}

SHORT_OBSTACLES = {OWN_ORGANISATION: "您是或曾是该机构人员", SECOND_PERSON: "您已初审，须由他人复核"}


def takes_two(case: Case, last_decided: str, *, identity_changes: bool) -> bool:
    """Return whether approving this case takes two people: a first approval, one after a reversal, or one that changes who
    the organisation is (name or credit code). `last_decided`: the state of its case decided last.
    """
    if case.purpose == CasePurpose.COMPLAINT:
        return False
    return case.purpose == CasePurpose.FIRST or last_decided == CaseState.REVERSED or identity_changes
