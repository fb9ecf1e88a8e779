"""Sanctions as their subject reads them: list, notice with the appeal, own files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.sanctions import actions, queries
from jiuye.kernel.access import Requirement, access
from jiuye.kernel.errors import Denied, Invalid, ProductError, RateLimited, Refused, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.kernel.rate_limits import Limit
from jiuye.portals.downloads import as_download
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.reading_limits import OWN_FILES
from jiuye.portals.sanctions.forms import AppealForm

_HERE = "portals/sanctions/templates"
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Sanctions:
    """The pages of one portal. `name` is the prefix of the route names, `path` the address, `layout` the template.

    `requirement` must stay open while the portal is closed or the account suspended: here people read why, and appeal.
    """

    name: str
    path: str
    layout: str
    requirement: Requirement

    def routes(self) -> list[URLPattern]:
        """Return the routes: `{name}_sanctions`, `{name}_sanction`, `{name}_sanction_file`."""
        one = f"{self.path}/<uuid:sanction_id>"
        return [
            self._route("sanctions", self.path, require_safe, listing),
            self._route("sanction", one, _FORM, notice, once=True),
            self._route("sanction_file", f"{one}/files/<uuid:file_id>", require_safe, file, limit=OWN_FILES),
        ]

    def page(self, request: Request, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Return a page in the portal's layout."""
        given = {"layout": self.layout, "here": f"{self.name}_sanction", "is_desk": self.name != "my", **context}
        return render(request, f"{_HERE}/{template}", given, status=status)

    def _route(
        self,
        word: str,
        address: str,
        methods: Callable[..., Any],
        view: Callable[..., HttpResponseBase],
        *,
        once: bool = False,
        limit: Limit | None = None,
    ) -> URLPattern:
        bound = partial(view, self)
        return path(
            address, access(self.requirement, once=once, limit=limit)(methods(bound)), name=f"{self.name}_{word}"
        )


def listing(portal: Sanctions, request: Request) -> HttpResponse:
    """All sanctions, newest first. One query besides the frame's."""
    return portal.page(request, "list.html", sanctions=queries.my_sanctions(request.actor))


def notice(portal: Sanctions, request: Request, sanction_id: UUID) -> HttpResponse:
    """GET: the notice with the appeals. POST: appeal."""
    form = AppealForm(request.POST, request.FILES) if request.method == "POST" else AppealForm()
    form = with_kept_input(request, form)
    error: ProductError | None = None
    if form.is_bound:
        error = Invalid({})
        if form.is_valid():
            try:
                files = [(one.name, one) for one in form.cleaned_data["attachments"]]
                actions.submit_appeal(
                    request.actor, sanction_id=sanction_id, text=form.cleaned_data["text"], files=files
                )
            except Invalid as refusal:
                for name, message in refusal.fields.items():
                    form.add_error(name, message)
            except (Refused, Denied, RateLimited, Unavailable) as refusal:
                form.add_error(None, refusal.message)
                error = refusal
            else:
                messages.success(request, f"申诉已提交，{queries.ANSWER_DAYS} 天内答复，结果会通知您。")
                return HttpResponseRedirect(reverse(f"{portal.name}_sanction", args=[sanction_id]), status=303)
    sanction = queries.my_sanction(request.actor, sanction_id)
    is_organisation = sanction.row.kind != "person"
    context = {
        "sanction": sanction,
        "form": form,
        "may_appeal": not is_organisation or request.actor.role == "owner",
        "answer_days": queries.ANSWER_DAYS,
        "appeal_days": queries.APPEAL_DAYS,
    }
    return with_wait(portal.page(request, "notice.html", status=error.status if error else 200, **context), error)


def file(portal: Sanctions, request: Request, sanction_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of an own appeal."""
    name, content_type, content = queries.my_file(request.actor, sanction_id, file_id)
    return as_download(content, name=name, content_type=content_type)
