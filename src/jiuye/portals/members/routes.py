"""The routes of one portal's members page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.kernel.access import Requirement, access
from jiuye.portals.members import invitations, phones, requests, team
from jiuye.portals.members.desk import Desk

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Members:
    """The page of one portal. `name` is the prefix of its route names, `path` its address, `layout` the portal's template.

    `viewer` may look, `owner` may change.
    """

    name: str
    path: str
    layout: str
    viewer: Requirement
    owner: Requirement

    def routes(self) -> list[URLPattern]:
        """Return the routes. The list is `{name}_members`; the others have a suffix."""
        person, invitation, request = (
            f"{self.path}/<uuid:person_id>",
            f"{self.path}/invitations/<uuid:invitation_id>",
            f"{self.path}/requests/<uuid:request_id>",
        )
        own = self.owner
        return [
            self._route("", self.path, require_safe, team.listing, self.viewer),
            self._route("_leave", f"{self.path}/leave", _FORM, team.leave, self.viewer, once=True),
            self._route("_invite", f"{self.path}/invite", _FORM, invitations.invite, own, once=True),
            self._route("_resend", f"{invitation}/resend", require_POST, invitations.resend, own, once=True),
            self._route("_cancel", f"{invitation}/cancel", require_POST, invitations.cancel, own, once=True),
            self._route("_invited_phone", f"{invitation}/phone", _FORM, phones.of_invitation, own),
            self._route("_phone", f"{person}/phone", _FORM, phones.of_member, own),
            self._route("_member", person, _FORM, team.member, own, once=True),
            self._route("_transfer", f"{person}/transfer", _FORM, team.transfer, own.confirmed(), once=True),
            self._route("_end", f"{person}/end", _FORM, team.end, own, once=True),
            self._route("_request", request, require_safe, requests.show, own),
            self._route("_accept", f"{request}/accept", require_POST, requests.accept, own, once=True),
            self._route("_refuse", f"{request}/refuse", require_POST, requests.refuse, own, once=True),
        ]

    def _route(
        self,
        word: str,
        address: str,
        methods: Callable[..., Any],
        view: Callable[..., HttpResponse],
        requirement: Requirement,
        *,
        once: bool = False,
    ) -> URLPattern:
        bound = partial(view, Desk(f"{self.name}_members", self.layout))
        return path(address, access(requirement, once=once)(methods(bound)), name=f"{self.name}_members{word}")
