"""Access control of routes. Closed by default: a route without a declaration fails the start-up check.

Public routes get no session and no CSRF protection (their pages are the same for everyone, and caches may keep them); all
others get both and an actor. Django's `SessionMiddleware` and `MessageMiddleware` are therefore decorators here: in
`settings.MIDDLEWARE` they would run for every route, and any view could read the session and so make its answer private.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http.response import HttpResponseBase
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from jiuye.kernel.actor import Actor, SecondFactor
from jiuye.kernel.errors import (
    AccountSuspended,
    ConfirmationRequired,
    Denied,
    NotAdmitted,
    NotMember,
    PortalClosed,
    SecondFactorRequired,
    SignInRequired,
)
from jiuye.kernel.http.once import done_once
from jiuye.kernel.http.request import Request
from jiuye.kernel.networks import is_loopback, network_of
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.wiring import Implementation
from jiuye.kernel.write_guard import writes_allowed

View = Callable[..., HttpResponseBase]
AnyView = TypeVar("AnyView", bound=View)
_actor_for_request = Implementation[Callable[[Request, str], Actor]]("actor_for_request")
_with_session = decorator_from_middleware(SessionMiddleware)
_with_messages = decorator_from_middleware(MessageMiddleware)


@dataclass(frozen=True)
class Requirement:
    """What a route requires of the visitor. Without `roles`: any role in an organisation of `kind`.

    `scope`: of an API client's credential. `names_member`: a call must name the member for whom the client acts.
    `is_open`: without a client's credential it is answered, too.
    `is_export`: it hands out much at once and has a limit of its own.
    """

    name: str
    session: bool = True
    signed_in: bool = True
    kind: str = ""
    roles: frozenset[str] = frozenset()
    step_up: bool = False
    when_suspended: bool = False
    when_closed: bool = False
    is_early: bool = False
    scope: str = ""
    names_member: bool = False
    is_open: bool = False
    is_export: bool = False

    def open_when_closed(self) -> "Requirement":
        """Return the same requirement for a route that stays open while a sanction closes the portal."""
        return replace(self, name=f"{self.name}+when_closed", when_closed=True)

    def confirmed(self) -> "Requirement":
        """Return the same requirement with a recent re-authentication (step-up)."""
        return replace(self, name=f"{self.name}+confirmed", step_up=True)

    def open_when_suspended(self) -> "Requirement":
        """Return the same requirement for a route that stays open to people whose account is suspended."""
        return replace(self, name=f"{self.name}+when_suspended", when_suspended=True)

    def before_approval(self) -> "Requirement":
        """Return the same requirement for a page that is open before the organisation is approved: by default, none is."""
        return replace(self, name=f"{self.name}+early", is_early=True)

    def check(self, actor: Actor) -> None:
        """Raise if the actor does not meet it: `SignInRequired`, `AccountSuspended`, `Denied`, `SecondFactorRequired`,
        `PortalClosed`, `NotAdmitted`, `ConfirmationRequired`.
        """
        if self.signed_in and not actor.is_signed_in:
            raise SignInRequired
        if self.signed_in and actor.is_suspended and not self.when_suspended:
            raise AccountSuspended
        if self.kind and not actor.acts_for(self.kind):
            raise NotMember(self.kind)
        if self.roles and actor.role not in self.roles:
            raise Denied("您在本机构的角色不能进行这项操作，请联系机构管理员。")
        if self.kind and actor.second_factor in (SecondFactor.WANTED, SecondFactor.MISSING):
            raise SecondFactorRequired(is_missing=actor.second_factor == SecondFactor.MISSING)
        if self.kind and actor.is_closed_out and not self.when_closed:
            raise PortalClosed(self.kind)
        if self.kind and not (self.is_early or actor.is_admitted):
            raise NotAdmitted(self.kind)
        if self.step_up and not actor.is_confirmed:
            raise ConfirmationRequired


PUBLIC = Requirement("public", session=False, signed_in=False)
ANYONE = Requirement("anyone", signed_in=False)
SIGNED_IN = Requirement("signed_in")


class _Declared(Protocol):
    """A view with its declaration."""

    access: Requirement
    answers_get: bool
    once: bool
    limit: Limit | None

    def __call__(self, request: Request, /, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def declare(
    view: AnyView,
    requirement: Requirement,
    *,
    answers_get: bool = False,
    once: bool = False,
    limit: Limit | None = None,
) -> AnyView:
    """Store a view's declaration on it without wrapping it: for views that call views wrapped by `access`."""
    declared = cast(_Declared, view)
    declared.access, declared.answers_get, declared.once, declared.limit = requirement, answers_get, once, limit
    return view


def requirement_of(view: View | None) -> Requirement | None:
    """Return what a view requires; None if it declares nothing."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Requirement) else None


def _writing(view: View) -> View:
    """Wrap a view so that a GET of it may write, its session included."""

    @wraps(view)
    def permitted(*args: Any, **kwargs: Any) -> HttpResponseBase:
        with writes_allowed():
            return view(*args, **kwargs)

    return permitted


def member_of(kind: str, *roles: str) -> Requirement:
    """Return the requirement for staff of an organisation of `kind`, in one of `roles` (any if none is named)."""
    name = f"{kind}:{'|'.join(sorted(roles)) or 'member'}"
    return Requirement(name, kind=kind, roles=frozenset(roles))


def _count_visit(limit: Limit | None, request: Request) -> None:
    """Count a visit by the person, or else by the address: not of this machine, where a proxy limits its own clients and
    our programs run. Raises `RateLimited`.
    """
    if limit is None:
        return
    actor, address = request.actor, request.META.get("REMOTE_ADDR", "")
    if actor.is_signed_in:
        limit.hit(actor.person)
    elif not is_loopback(address):
        limit.hit(network_of(address))


def access(
    requirement: Requirement, *, once: bool = False, answers_get: bool = False, limit: Limit | None = None
) -> Callable[[View], View]:
    """Declare who may use a view, and wrap it in only the middleware that it needs.

    `once`: a form sent twice from one page is processed once, and the second sending gets the first one's answer (see
    `kernel.http.once`). Set it if a second sending would do something again or be refused, and on the route that
    undoes it. Leave it out if a second sending changes nothing and answers the same, if the form carries a key of the
    action (applying, feedback), or if a code is used up (signing in). The view runs in one transaction.

    `answers_get`: a GET of this view may write. Only for the callback of an identity provider: its response arrives
    by GET (OpenID Connect Core 1.0 §3.1.2.5), and a secret of the browser replaces the CSRF token.

    `limit`: how often one person, or without one a network, may use it. For reads; actions count for themselves.
    """

    def wrap(view: View) -> View:
        if not requirement.session:

            @wraps(view)
            def counted(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
                _count_visit(limit, request)
                return view(request, *args, **kwargs)

            wrapped: View = counted
        else:

            @wraps(view)
            def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
                request.actor = _actor_for_request.get()(request, requirement.kind)
                requirement.check(request.actor)
                _count_visit(limit, request)
                if once and request.actor.is_signed_in:
                    return done_once(request, lambda: view(request, *args, **kwargs))
                return view(request, *args, **kwargs)

            wrapped = never_cache(_with_session(csrf_protect(_with_messages(guarded))))
        if answers_get:
            wrapped = _writing(wrapped)
        return declare(wrapped, requirement, answers_get=answers_get, once=once, limit=limit)

    return wrap
