"""Rules of a merge for every column that refers to an employer.

Rows move to the survivor (`MOVED`), some after those that collide with one of the survivor's were joined with it; or stay
as they are for a reason (`KEPT`). A test finds columns without a rule.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.merging import collisions

Join = Callable[[UUID, UUID, datetime], int]
"""Joins the rows of the second employer that collide with the first one's, at a time. Returns how many."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A column whose rows move, what they are on screen, and how collisions are joined."""

    label: str
    join: Join | None = None


MOVED: dict[str, Rule] = {
    "jobs.JobPosting.employer": Rule("职位"),
    "jobs.PostingWish.employer": Rule("修改意见"),
    "applications.Application.employer": Rule("投递"),
    "applications.EmployerOpinion.employer": Rule("企业意见"),
    "accounts.Membership.organisation_id": Rule("成员", collisions.join_members),
    "accounts.ClosedPortal.organisation_id": Rule("工作台关闭", collisions.join_closed_portals),
    "organisations.MemberInvitation.organisation_id": Rule("成员邀请", collisions.join_invitations),
    "organisations.MembershipRequest.organisation_id": Rule("加入申请", collisions.join_requests),
    "organisations.Affiliation.employer": Rule("关联", collisions.join_affiliations),
    # Before the qualification: cases refer to it.
    "qualifications.Case.organisation_id": Rule("资质审核", collisions.join_cases),
    "organisations.Qualification.organisation_id": Rule("资质", collisions.join_qualifications),
    "organisations.MergedEmployer.survivor": Rule("以前并入的登记"),
    "sanctions.Sanction.employer": Rule("处置记录"),
    "fairs.FairParticipation.employer": Rule("招聘会展位", collisions.join_places),
    "resumes.OrganisationBlock.organisation_id": Rule("求职者的屏蔽"),
    "resumes.ResumeAccess.organisation_id": Rule("简历查看记录"),
    "notifications.Notification.organisation_id": Rule("消息"),
}
"""app.Model.column → its rule, in the order in which they are applied."""

KEPT: dict[str, str] = {
    "applications.ApplicationEvent.actor_organisation_id": "who acted then; agencies only",
    "accounts.RoleChange.organisation_id": "of the platform's operators, never of an employer",
    "kernel.AuditEntry.actor_organisation_id": "the audit log is never changed; the entry of the merge joins both ids",
    "kernel.EventRecord.actor_organisation_id": "events report what happened then",
    "resumes.Employment.employer_name": "words of a resume, no reference",
}
"""app.Model.column → why the rows stay as they are."""
