"""Access to operations of API clients."""

from dataclasses import replace
from typing import cast

from django.http import HttpRequest

from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import Requirement
from jiuye.kernel.actor import Actor
from jiuye.kernel.http.request import Request


def client(scope: Scope, *, names_member: bool = False, is_export: bool = False) -> Requirement:
    """Return the requirement for clients with `scope`.

    Every unsafe call names the member for whom it acts (`On-Behalf-Of`); `names_member` asks it of reads too, for what is
    logged with a person: resumes. `is_export`: it hands out much at once, so the limit of exports counts.
    """
    return Requirement(
        f"client:{scope}",
        session=False,
        signed_in=False,
        scope=scope,
        names_member=names_member,
        is_export=is_export,
    )


def anybody_or_client(scope: Scope, *, is_export: bool = False) -> Requirement:
    """Return the requirement for operations that anybody may read; a client needs `scope`, and finds its agency's part there,
    or its test data. `is_export`: see `client`.
    """
    return replace(client(scope, is_export=is_export), name=f"anybody|client:{scope}", is_open=True)


def scopes_of(request: HttpRequest) -> frozenset[str]:
    """Return the scopes of the client that calls; none for anybody else."""
    return cast(Request, request).scopes


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of an operation's request; see `callers.acting`."""
    return cast(Request, request).actor
