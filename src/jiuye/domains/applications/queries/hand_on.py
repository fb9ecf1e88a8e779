"""Whether the employer sees an application that an agency received for it: by their affiliation, there is no separate step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.applications import policies
from jiuye.domains.applications.models import Application
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.visibility import Sight

OBSTACLES = {
    "own_posting": "这是贵机构自己招聘的职位，没有需要转交的企业。",
    "consent_withdrawn": "求职者已撤回这次投递或同意，企业不能再看到。",
    "kept_from_employer": "求职者屏蔽了这家企业，请勿转交。",
    "not_affiliated": "这家企业没有与贵机构关联。请企业登录平台申请关联，贵机构同意后就能看到。",
    "affiliation_requested": "这家企业申请了关联，请先在“关联企业”里答复。",
    "affiliation_ended": "与这家企业的关联已结束，企业不再看到投递。",
    "not_certified": "这家企业的认证还没有完成，完成后就能看到。",
    "restricted": "这家企业正被平台限制，暂时看不到投递。",
}


@dataclass(frozen=True, slots=True)
class HandOn:
    """Whether the employer sees the application; since when, or why not: a key of `OBSTACLES` and its text."""

    employer_id: UUID
    employer_name: str
    is_seen: bool
    seen_since: datetime | None
    obstacle: str
    obstacle_text: str


def hand_on(
    application: Application, stored: Mapping[str, str] | None, *, is_kept_from_employer: bool, is_for_employer: bool
) -> HandOn:
    """Return whether the employer sees an application, loaded with agency, employer and consent. `stored`: the annotation
    `organisations.latest_affiliation`.
    """
    obstacle, since = "", None
    if not is_for_employer:
        obstacle = "own_posting"
    elif policies.is_closed_to_receivers(application):
        obstacle = "consent_withdrawn"
    elif is_kept_from_employer:
        obstacle = "kept_from_employer"
    else:
        sight = organisations.employer_sight(stored, application.employer, Sight.APPLICATIONS)
        obstacle, since = sight.obstacle, sight.since
    return HandOn(
        employer_id=application.employer_id,
        employer_name=application.employer.legal_name,
        is_seen=not obstacle,
        seen_since=None if obstacle else max(application.submitted_at, since or application.submitted_at),
        obstacle=obstacle,
        obstacle_text=OBSTACLES.get(obstacle, ""),
    )
