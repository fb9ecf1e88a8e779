"""Template context of every staff page: the organisation, the greeting, and what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest

from jiuye.domains.applications import queries as applications
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.queries import MembershipView
from jiuye.domains.qualifications import queries as qualifications
from jiuye.kernel.actor import Actor
from jiuye.notifications import queries as notifications


@dataclass(frozen=True)
class Desk:
    """Properties are read on first use, so that a page pays only for what it shows."""

    actor: Actor

    @cached_property
    def places(self) -> list[MembershipView]:
        """The organisations of this portal's kind in which the person works. Two queries."""
        if self.actor.person_id is None:
            return []
        mine = organisations.memberships_of(self.actor.person_id)
        return [place for place in mine if place.kind == self.actor.organisation_kind]

    @property
    def place(self) -> MembershipView | None:
        """The organisation for which the person acts now."""
        return next((one for one in self.places if one.organisation_id == self.actor.organisation_id), None)

    @cached_property
    def greeting(self) -> notifications.Greeting:
        """The person's name and number of unread messages. One query."""
        return notifications.greeting(self.actor) or notifications.Greeting("", 0)

    @cached_property
    def waiting(self) -> Mapping[str, int]:
        """Applications to the agency by group (see `applications.states.APPLICATION_GROUPS`). One query."""
        return applications.counts_for(self.actor) if self.actor.acts_for("agency") else {}

    @property
    def affiliation_requests(self) -> int:
        """Employers that wait for the agency's answer."""
        return self.place.requests if self.place else 0

    @cached_property
    def audits(self) -> int:
        """How many audit cases wait; 0 for those who do not decide on them. One query for those who do."""
        if not self.actor.acts_for("platform") or self.actor.role not in ("auditor", "owner"):
            return 0
        return qualifications.queue_counts(self.actor).waiting

    @property
    def second_factor_by(self) -> datetime | None:
        """Until when the person may work without a second factor; None if they have one."""
        return self.actor.second_factor_by

    @property
    def is_open(self) -> bool:
        """Whether the portal is open: before approval only the qualification, members and messages are."""
        return self.actor.is_admitted

    @property
    def may_edit(self) -> bool:
        """Whether the person's role may change things."""
        return self.actor.role in ("owner", "recruiter")


def desk(request: HttpRequest) -> dict[str, Desk]:
    """Template context: `desk` in every page (`TEMPLATES` in the settings names this function)."""
    return {"desk": Desk(getattr(request, "actor", Actor.anonymous()))}
