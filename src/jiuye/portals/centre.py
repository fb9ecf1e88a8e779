"""The notification centre of every portal: list, read, delete with undo, and the person's preferences.

A portal creates its routes with `Centre(…).routes()` and draws the two pages with the macros of
`components/notifications.html`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.design.formats import query
from jiuye.kernel.access import Requirement, access
from jiuye.kernel.errors import Invalid
from jiuye.kernel.http.request import Request
from jiuye.notifications import centre, preferences, read_marks
from jiuye.portals.centre_form import WishesForm
from jiuye.portals.kept_input import with_kept_input

KEPT = ("group", "unread", "cursor")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Centre:
    """The centre of one portal: `name` is the prefix of its route names; `inbox` and `wishes` are its two templates."""

    name: str
    path: str
    requirement: Requirement
    inbox: str
    wishes: str

    def routes(self) -> list[URLPattern]:
        """Return the routes. The list is `{name}_notifications`; the others have a suffix."""
        one = f"{self.path}/<uuid:notification_id>"
        return [
            self._route("", self.path, require_safe(self.listing)),
            self._route("_read", f"{self.path}/read", require_POST(self.read_all), once=True),
            self._route("_undo", f"{self.path}/undo", require_POST(self.undo), once=True),
            self._route(
                "_choose",
                f"{self.path}/preferences",
                require_http_methods(["GET", "HEAD", "POST"])(self.choose),
                once=True,
            ),
            self._route("_open", one, require_POST(self.open_one)),
            self._route("_mark", f"{one}/read", require_POST(self.mark), once=True),
            self._route("_delete", f"{one}/delete", require_POST(self.delete), once=True),
        ]

    def listing(self, request: Request) -> HttpResponse:
        """Show the messages: of a group (`?group=`), the unread ones (`?unread=1`), or all. At most six queries, the
        session's included.
        """
        actor = request.actor
        group = centre.group_named(actor, request.GET.get("group", ""))
        unread_only = request.GET.get("unread") == "1"
        cursor = request.GET.get("cursor", "")
        page = centre.inbox(actor, group=group, unread_only=unread_only, cursor=cursor)
        if cursor and not page.items:
            return HttpResponseRedirect(self._address(request.GET, cursor=None))
        counts = centre.counts(actor)
        done = _moment(request.GET.get("done", ""))
        context = {
            "centre": self,
            "page": page,
            "sections": [(name, list(threads)) for name, threads in groupby(page.items, lambda one: one.section)],
            "counts": [one for one in counts if one.count or one.group is group],
            "unread": sum(one.unread for one in counts),
            "may_mark": any(one.unread for one in counts if group in (None, one.group)),
            "group": group,
            "unread_only": unread_only,
            "kept": {name: request.GET[name] for name in KEPT if request.GET.get(name)},
            "done": centre.just_done(actor, at=done) if done else (0, 0),
        }
        return render(request, self.inbox, context)

    def open_one(self, request: Request, notification_id: UUID) -> HttpResponse:
        """Mark a message read and go to its link."""
        link = read_marks.open_message(request.actor, notification_id=notification_id)
        return HttpResponseRedirect(link or self._address({}))

    def mark(self, request: Request, notification_id: UUID) -> HttpResponse:
        """Mark one message read."""
        return self._done(request, read_marks.mark_read(request.actor, notification_id=notification_id))

    def read_all(self, request: Request) -> HttpResponse:
        """Mark all messages read, or all of a group."""
        group = centre.group_named(request.actor, request.POST.get("group", ""))
        return self._done(request, read_marks.mark_all_read(request.actor, group=group))

    def delete(self, request: Request, notification_id: UUID) -> HttpResponse:
        """Delete a message."""
        return self._done(request, read_marks.delete_message(request.actor, notification_id=notification_id))

    def undo(self, request: Request) -> HttpResponse:
        """Undo the last read or delete."""
        moment = _moment(request.POST.get("done", ""))
        if moment and read_marks.take_back(request.actor, at=moment):
            messages.success(request, "已撤销。")
        return HttpResponseRedirect(self._address(_kept(request)))

    def choose(self, request: Request) -> HttpResponse:
        """Edit which messages the person wants in this portal, and their quiet hours."""
        of_staff = request.actor.organisation_id is not None
        given = request.POST if request.method == "POST" else None
        form = WishesForm(given, wishes=preferences.my_wishes(request.actor), of_staff=of_staff)
        form = with_kept_input(request, form)
        if form.is_valid():
            try:
                preferences.choose(request.actor, on=form.on(), quiet=form.quiet_hours())
            except Invalid as refusal:
                for name, message in refusal.fields.items():
                    form.add_error(name, message)
            else:
                messages.success(request, "已保存，对还没发出的消息也生效。")
                return HttpResponseRedirect(reverse(f"{self.name}_notifications_choose"), status=303)
        context = {"centre": self, "form": form}
        return render(request, self.wishes, context, status=422 if form.errors else 200)

    def _route(self, word: str, address: str, view: Callable[..., HttpResponse], *, once: bool = False) -> URLPattern:
        return path(address, access(self.requirement, once=once)(view), name=f"{self.name}_notifications{word}")

    def _done(self, request: Request, moment: datetime) -> HttpResponse:
        return HttpResponseRedirect(self._address(_kept(request), done=(moment - _EPOCH) // _MICROSECOND))

    def _address(self, parameters: Any, **changes: object) -> str:
        asked = query(parameters, **changes)
        return reverse(f"{self.name}_notifications") + ("" if asked == "?" else asked)


def _kept(request: Request) -> dict[str, str]:
    """Return the filter of the list from which the form was sent."""
    return {name: request.POST[name] for name in KEPT if request.POST.get(name)}


def _moment(text: str) -> datetime | None:
    """Parse the time of the last change from the address; None if it is invalid."""
    if not text.isdecimal() or len(text) > 17:
        return None
    return _EPOCH + int(text) * _MICROSECOND
