"""Publish, cancel and copy a fair, delete a draft."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.fairs import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.fairs.editor import TEMPLATES
from jiuye.portals.agency.fairs.forms import CancelForm
from jiuye.portals.editing import blame, version_of
from jiuye.portals.kept_input import with_kept_input

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(RECRUITER, once=True)
@_FORM
def publish(request: Request, fair_id: UUID) -> HttpResponse:
    """GET: explain the consequences and ask. POST: publish it as it was shown."""
    form, status = forms.Form(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_fair(request.actor, fair_id=fair_id, version=version_of(request))
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            messages.success(request, "已发布，求职者可以看到并登记了。关注本店的人会收到消息。")
            return redirect("agency_fair", fair_id)
    return _asked(request, fair_id, "publish", form, status)


@access(RECRUITER, once=True)
@_FORM
def cancel(request: Request, fair_id: UUID) -> HttpResponse:
    """Ask for the reason, then cancel it and notify everybody concerned."""
    form, status = with_kept_input(request, CancelForm(request.POST if request.method == "POST" else None)), 200
    if request.method == "POST" and form.is_valid():
        try:
            told = actions.cancel_fair(request.actor, fair_id=fair_id, reason=form.cleaned_data["reason"])
        except Invalid as error:
            blame(form, error)
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            messages.success(request, f"已取消，正在通知已登记的 {told} 人和参会单位。")
            return redirect("agency_fair", fair_id)
    return _asked(request, fair_id, "cancel", form, status)


def _asked(request: Request, fair_id: UUID, verb: str, form: forms.Form, status: int) -> HttpResponse:
    context: dict[str, Any] = {"fair": queries.desk(request.actor, fair_id), "form": form, "verb": verb}
    if form.errors and status == 200:
        status = 422
    return render(request, f"{TEMPLATES}/decide.html", context, status=status)


@access(RECRUITER, once=True)
@require_POST
def copy(request: Request, fair_id: UUID) -> HttpResponse:
    """Create a draft like it."""
    made = actions.copy_fair(request.actor, fair_id=fair_id)
    messages.success(request, "已复制为新的草稿，时间顺延到之后的同一个星期几，请核对。")
    return redirect("agency_fair_edit", made)


@access(RECRUITER, once=True)
@require_POST
def delete(request: Request, fair_id: UUID) -> HttpResponse:
    """Delete a draft."""
    try:
        actions.delete_draft(request.actor, fair_id=fair_id)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("agency_fair", fair_id)
    messages.success(request, "草稿已删除。")
    return redirect("agency_fairs")
