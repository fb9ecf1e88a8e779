"""Who may see and change endpoints, and what an endpoint may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from jiuye.domains.accounts.states import Role
from jiuye.domains.clients.models import ApiClient
from jiuye.domains.clients.states import Mode
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, Denied, NotFound
from jiuye.kernel.text.tidying import tidy_line
from jiuye.ports import webhooks as port
from jiuye.webhooks import catalogue
from jiuye.webhooks.states import URL_FAULTS

MOST_ENDPOINTS = 10
"""Endpoints of an agency in one mode."""
DESCRIPTION_LIMIT = 100
SECRET_OVERLAP = timedelta(days=1)
LONGEST_OVERLAP = timedelta(days=30)
"""How long a replaced secret signs beside the new one: unless said otherwise, and at most."""
_EDITORS = frozenset({Role.OWNER, Role.RECRUITER})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose endpoints: the agency's (the real one in test mode too), and of which client and mode if a client asks."""

    agency_id: UUID
    client_id: UUID | None = None
    mode: Mode | None = None


def may_see(actor: Actor) -> Owner:
    """Return whose endpoints the actor sees: a client its own and those of the agency in its mode, an owner all.

    Raises `NotFound` for people of no agency, `Denied` for members who are no owner.
    """
    if not actor.acts_for("agency") or actor.organisation_id is None:
        raise NotFound
    if actor.client_id:
        client = ApiClient.objects.only("agency_id", "mode").get(pk=actor.client_id)
        return Owner(client.agency_id, client.id, Mode(client.mode))
    if actor.role != Role.OWNER:
        raise Denied("只有管理员能管理推送。如需调整，请联系本机构的管理员。")
    return Owner(actor.organisation_id)


def may_manage(actor: Actor) -> Owner:
    """Return whose endpoints the actor may change. A client acts for a member who may edit. Raises as `may_see`."""
    owner = may_see(actor)
    if actor.client_id and actor.role not in _EDITORS:
        raise Denied("只读成员不能管理推送，请在 On-Behalf-Of 写另一位成员。")
    return owner


def require_confirmed(actor: Actor) -> None:
    """Raise `ConfirmationRequired` for a person without a recent re-authentication. Clients have proven themselves."""
    if not actor.client_id and not actor.is_confirmed:
        raise ConfirmationRequired


def faults_of(url: str, types: Sequence[str], description: str) -> dict[str, str]:
    """Return what is wrong, by field."""
    faults = {}
    if fault := port.get().fault_of(url):
        faults["url"] = URL_FAULTS[fault]
    if unknown := [one for one in types if not catalogue.is_choice(one)]:
        faults["types"] = f"没有这种事件：{'、'.join(unknown[:3])[:100]}。请对照事件类型表。"
    if len(tidy_line(description)) > DESCRIPTION_LIMIT:
        faults["description"] = f"说明最多 {DESCRIPTION_LIMIT} 个字。"
    return faults
