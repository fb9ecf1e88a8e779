"""Who is signed in on this browser, for which organisation they act, and what they have confirmed.

A session holds the person's id and, for staff, the chosen organisation. Roles are read on every request, so that an
ended membership loses access at once. Limits: `policies.SESSION` and, for the portals, `policies.PORTAL_SESSION`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, Expression, OuterRef
from django.db.models.expressions import Combinable
from django.http import HttpRequest

from jiuye.domains.accounts import policies
from jiuye.domains.accounts.devices import device_label
from jiuye.domains.accounts.models import Authenticator, ClosedPortal, Membership, Passkey
from jiuye.domains.accounts.session_store import PERSON, SessionStore
from jiuye.domains.accounts.states import OrganisationKind, SignInMethod
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor, SecondFactor
from jiuye.kernel.errors import SessionEnded
from jiuye.kernel.http.request import Request
from jiuye.kernel.wiring import Implementation

ORGANISATIONS = "organisations"
CONFIRMED = "confirmed_at"
"""When the person last re-authenticated with what they have: their phone, or their second factor if they have one."""

SECOND_FACTOR = "second_factor_at"
"""When the person last passed their second factor in this session."""

_KEPT = ("draft",)

_admission = Implementation[Callable[[OrganisationKind], Expression | Combinable]]("admission")


def store_of(request: HttpRequest) -> SessionStore:
    """Return this browser's session store."""
    return cast(SessionStore, request.session)


def sign_in(
    request: HttpRequest, user_id: UUID, *, method: SignInMethod, channel: str = "", is_confirmed: bool = False
) -> None:
    """Sign this browser in under a new session id (GB/T 22239-2019 §8.1.4.1; no session fixation).

    `is_confirmed`: the sign-in also counts as re-authentication (see `CONFIRMED`).
    """
    session = store_of(request)
    # What a visitor has begun stays with the person; another person's data does not.
    kept = {} if PERSON in session else {key: value for key, value in session.items() if key in _KEPT}
    session.flush()
    session.update(kept)
    session[PERSON] = str(user_id)
    if is_confirmed:
        session[CONFIRMED] = clock.now().isoformat()
    session.about = {
        "method": method,
        "channel_code": channel,
        "device": device_label(request.headers.get("User-Agent", "")),
        "ip": cast(Request, request).actor.ip,
    }
    session.cycle_key()


def sign_out(request: HttpRequest) -> None:
    """Sign out and delete everything in the session."""
    request.session.flush()


def choose_organisation(request: HttpRequest, kind: str, organisation_id: UUID) -> None:
    """Set the organisation of `kind` the person acts for; membership is checked on every request."""
    chosen = dict(request.session.get(ORGANISATIONS, {}))
    chosen[kind] = str(organisation_id)
    request.session[ORGANISATIONS] = chosen


def note_confirmation(request: HttpRequest) -> None:
    """Record a re-authentication."""
    request.session[CONFIRMED] = clock.now().isoformat()


def note_second_factor(request: HttpRequest) -> None:
    """Record that the second factor was passed; the session can do more now, so it gets a new id."""
    note_confirmation(request)
    request.session[SECOND_FACTOR] = clock.now().isoformat()
    store_of(request).renew_key()


def has_passed_second_factor(request: HttpRequest) -> bool:
    """Return whether this session has passed a second factor."""
    return SECOND_FACTOR in request.session


def actor_for_request(request: HttpRequest, kind: str) -> Actor:
    """Return the actor of a request to a staff route of `kind` (empty: a route for the person as such).

    The session store returns only sessions of existing people and knows who is suspended, so this costs no query of its
    own. A suspended person acts for no organisation. Raises
    `SessionEnded` if the session is too old, or idle too long, for that portal.
    """
    ip = cast(Request, request).actor.ip
    person = request.session.get(PERSON)
    if not person:
        return Actor.anonymous(ip)
    if kind:
        _refuse_old(store_of(request), OrganisationKind(kind))
    store_of(request).touch()
    is_confirmed = _is_recent(request.session.get(CONFIRMED))
    if store_of(request).is_suspended:
        return Actor(person_id=UUID(person), ip=ip, is_confirmed=is_confirmed, is_suspended=True)
    if not kind:
        return Actor(person_id=UUID(person), ip=ip, is_confirmed=is_confirmed)
    return _staff(request, UUID(person), OrganisationKind(kind), is_confirmed)


def _refuse_old(session: SessionStore, kind: OrganisationKind) -> None:
    limits, moment = policies.PORTAL_SESSION[kind], clock.now()
    if session.last_seen_at and moment - session.last_seen_at > limits.idle:
        raise SessionEnded("您有一段时间没有操作，为保护他人信息已自动退出，请重新登录。")
    if session.signed_in_at and moment - session.signed_in_at > limits.whole:
        raise SessionEnded("本次登录已满 12 小时，为保护他人信息已自动退出，请重新登录。")


def _is_recent(confirmed: Any) -> bool:
    return bool(confirmed) and clock.now() - datetime.fromisoformat(confirmed) <= policies.CONFIRMATION_LASTS


def _staff(request: HttpRequest, person: UUID, kind: OrganisationKind, is_confirmed: bool) -> Actor:
    ip, chosen = cast(Request, request).actor.ip, request.session.get(ORGANISATIONS, {}).get(kind)
    memberships = list(
        Membership.objects.filter(user_id=person, user__erased_at=None, organisation_kind=kind, ended_at=None)
        .order_by("created_at")
        .values_list(
            "organisation_id",
            "role",
            "created_at",
            Exists(Authenticator.objects.filter(user_id=OuterRef("user_id"), confirmed_at__isnull=False)),
            Exists(Passkey.objects.filter(user_id=OuterRef("user_id"))),
            Exists(ClosedPortal.objects.filter(organisation_id=OuterRef("organisation_id"))),
            _admission.get()(kind),
        )
    )
    if not memberships:
        return Actor(person_id=person, ip=ip, is_confirmed=is_confirmed)
    found = next((row for row in memberships if str(row[0]) == chosen), memberships[0])
    organisation, role, joined_at, has_app, has_passkey, is_closed, is_admitted = found
    has_passed = has_passed_second_factor(request)
    factor, by = _second_factor(joined_at, kind, has_app or has_passkey, has_passed)
    return Actor(
        person, organisation, kind, role, ip, is_confirmed, factor, by, is_closed_out=is_closed, is_admitted=is_admitted
    )


def _second_factor(
    joined_at: datetime, kind: OrganisationKind, has_one: bool, has_passed: bool
) -> tuple[SecondFactor, datetime | None]:
    """Return its status, and the deadline for staff without one."""
    if has_one:
        return (SecondFactor.PASSED if has_passed else SecondFactor.WANTED), None
    grace: timedelta = policies.SECOND_FACTOR_GRACE[kind]
    by = joined_at + grace
    return (SecondFactor.NOT_ASKED, by) if clock.now() < by else (SecondFactor.MISSING, None)
