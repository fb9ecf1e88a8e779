"""Who calls an operation: the actor of its request, checked against what the operation requires."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.http import HttpRequest

from jiuye.api.challenges import CredentialRequired, ScopeMissing
from jiuye.domains.accounts.states import Role
from jiuye.domains.clients import actions, queries
from jiuye.domains.clients.queries import ActingMember, Caller
from jiuye.kernel import clock, worlds
from jiuye.kernel.access import Requirement
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotAdmitted, PortalClosed
from jiuye.kernel.http.request import Request
from jiuye.testmode.actions import ensure_test_data

ON_BEHALF_OF = "On-Behalf-Of"
_NOTED_AFTER = timedelta(minutes=1)
_MOST_NOTED = 10_000
_noted: dict[UUID, datetime] = {}
"""When this process noted the use of a credential."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@contextmanager
def acting(request: HttpRequest, requirement: Requirement, caller: Caller | None) -> Iterator[None]:
    """Check the caller, set `request.actor`, and run the block in the caller's world.

    Raises `CredentialRequired`, `ScopeMissing`, `Denied` (wrong network, unknown member), `Invalid` (On-Behalf-Of),
    `PortalClosed` and `NotAdmitted`. The first request of a client in test mode creates its test data.
    """
    asked = cast(Request, request)
    asked.scopes = caller.scopes if caller else frozenset()
    if not requirement.scope or (requirement.is_open and caller is None):
        asked.actor = Actor.anonymous(asked.actor.ip)
        yield
        return
    if caller is None:
        raise CredentialRequired
    if not caller.may_call_from(asked.actor.ip):
        raise Denied("这个密钥只能从登记过的地址使用，请机构管理员核对地址名单。", code="address_not_allowed")
    if requirement.scope not in caller.scopes:
        raise ScopeMissing(requirement.scope)
    member = _member(request, requirement, caller)
    note_use(caller)
    world, agency_id = worlds.of_client(caller.client_id if caller.is_test else None), caller.agency_id
    if caller.is_test:
        agency_id = queries.test_agency(caller.client_id) or ensure_test_data(caller.client_id)
    asked.actor = Actor(
        member.person_id if _names_member(request, requirement) else None,
        agency_id,
        "agency",
        member.role if _names_member(request, requirement) else Role.RECRUITER,  # what is read, the scope decides
        asked.actor.ip,
        client_id=caller.client_id,
        client_name=caller.client_name,
    )
    with world:
        yield


def note_use(caller: Caller) -> None:
    """Store that the credential is in use, at most once a minute."""
    moment = clock.real_now()
    # The caller is remembered for a while with the time of its use before.
    last = max(filter(None, (caller.last_used_at, _noted.get(caller.credential_id))), default=None)
    if last is None or last < moment - _NOTED_AFTER:
        if len(_noted) >= _MOST_NOTED:
            _noted.clear()
        _noted[caller.credential_id] = moment
        with worlds.entered(None):
            actions.note_use(credential_id=caller.credential_id)


def _names_member(request: HttpRequest, requirement: Requirement) -> bool:
    return requirement.names_member or request.method not in _SAFE


def _member(request: HttpRequest, requirement: Requirement, caller: Caller) -> ActingMember:
    """Return the member named by the request; any one for reads that need none."""
    named = request.headers.get(ON_BEHALF_OF, "").strip()
    person_id = None
    if _names_member(request, requirement):
        try:
            person_id = UUID(named)
        except ValueError:
            message = (
                "请写明代表哪位成员操作：成员的 id，见 GET /agency/members。" if not named else "这不是成员的 id。"
            )
            raise Invalid({ON_BEHALF_OF: message}) from None
    member = queries.acting_member(caller.agency_id, person_id)
    if member is None:
        raise Denied("On-Behalf-Of 写的不是本机构现在的成员。", code="not_a_member")
    if member.is_closed_out:
        raise PortalClosed("agency")
    if not member.is_admitted:
        raise NotAdmitted("agency")
    return member
