"""The actor: who performs an action or reads. Passed explicitly to every action and query."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jiuye.kernel.errors import SignInRequired


class SecondFactor(StrEnum):
    """The state of an actor's second factor on staff routes."""

    NOT_ASKED = ""
    PASSED = "passed"
    WANTED = "wanted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, possibly acting for an organisation in a role; or an anonymous visitor; or the system.

    `is_confirmed`: re-authenticated within the last minutes. `second_factor_by`: deadline for staff to set up a
    second factor. `is_suspended`: a sanction has suspended the account. `is_closed_out`: one has closed the portal of
    the organisation. `is_admitted`: the organisation is approved and its profile complete, so its portal is open.
    `client_id`, `client_name`: the API client through which the person acts (经接口).
    """

    person_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation_kind: str = ""
    role: str = ""
    ip: str = ""
    is_confirmed: bool = False
    second_factor: SecondFactor = SecondFactor.NOT_ASKED
    second_factor_by: datetime | None = None
    is_suspended: bool = False
    is_closed_out: bool = False
    is_admitted: bool = True
    client_id: UUID | None = None
    client_name: str = ""

    @classmethod
    def anonymous(cls, ip: str = "") -> "Actor":
        """Return a visitor who is not signed in."""
        return cls(ip=ip)

    @classmethod
    def system(cls) -> "Actor":
        """Return the actor of scheduled work."""
        return cls(role="system")

    @property
    def person(self) -> UUID:
        """Return the person's id. Raise `SignInRequired` if nobody is signed in."""
        if self.person_id is None:
            raise SignInRequired
        return self.person_id

    @property
    def is_system(self) -> bool:
        return self.role == "system" and self.person_id is None

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    def acts_for(self, kind: str, organisation_id: UUID | None = None) -> bool:
        """Return whether the actor acts for an organisation of this kind, or for this organisation if an id is given."""
        if self.organisation_id is None or self.organisation_kind != kind:
            return False
        return organisation_id is None or self.organisation_id == organisation_id
