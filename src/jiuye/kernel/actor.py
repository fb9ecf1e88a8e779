"""Who acts. An actor is passed explicitly to every action and query."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jiuye.kernel.errors import SignInRequired


class SecondFactor(StrEnum):
    """How it stands with an actor's second factor, on routes of staff."""

    NOT_ASKED = ""
    PASSED = "passed"
    WANTED = "wanted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, perhaps acting for an organisation in a role; or nobody; or the system itself.

    `is_confirmed`: they proved just now who they are. `second_factor_by`: until when staff without a second factor may go on.
    """

    person_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation_kind: str = ""
    role: str = ""
    ip: str = ""
    is_confirmed: bool = False
    second_factor: SecondFactor = SecondFactor.NOT_ASKED
    second_factor_by: datetime | None = None

    @classmethod
    def anonymous(cls, ip: str = "") -> "Actor":
        """A visitor who has not signed in."""
        return cls(ip=ip)

    @classmethod
    def system(cls) -> "Actor":
        """The product's own scheduled work."""
        return cls(role="system")

    @property
    def person(self) -> UUID:
        """The person who acts. Raises `SignInRequired` when nobody is signed in."""
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
        """Whether the actor acts for an organisation of this kind (and, when given, for this very one)."""
        if self.organisation_id is None or self.organisation_kind != kind:
            return False
        return organisation_id is None or self.organisation_id == organisation_id
