"""A person's account as pages show it."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.domains.accounts.models import LoginCode, Membership, User
from jiuye.domains.accounts.states import CodeDelivery, OrganisationKind, Role
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's own account; `phone` in 11 digits, to be masked on screen."""

    id: UUID
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation the person works for; its name comes from the organisations domain."""

    organisation_id: UUID
    kind: OrganisationKind
    role: Role


def profile(actor: Actor) -> Profile:
    """Return the actor's own account. Raises `NotFound` if nobody is signed in or the account was erased."""
    if actor.person_id is None:
        raise NotFound
    user = User.objects.filter(pk=actor.person_id, erased_at=None).only("id", "name", "phone").first()
    if user is None:
        raise NotFound
    return Profile(user.id, user.name, user.phone)


def places(actor: Actor) -> list[Place]:
    """Return where the actor works, longest first; empty for job seekers."""
    if actor.person_id is None:
        return []
    rows = (
        Membership.objects.filter(user_id=actor.person_id, user__erased_at=None, ended_at=None)
        .order_by("created_at", "id")
        .values_list("organisation_id", "organisation_kind", "role")
    )
    return [Place(organisation, OrganisationKind(kind), Role(role)) for organisation, kind, role in rows]


def code_delivery(*, code_id: UUID, binding: str) -> CodeDelivery | None:
    """Return the delivery status of a code's message, only to the browser that requested it; None for all others."""
    state = LoginCode.objects.filter(pk=code_id, binding=binding).values_list("delivery", flat=True).first()
    return CodeDelivery(state) if state else None


def account_count() -> int:
    """Return the number of accounts. One query."""
    return User.objects.filter(erased_at=None).count()
