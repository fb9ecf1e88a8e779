"""Partner apps: the list, one with its figures, register, edit, switch on and off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.accounts import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import OPERATOR, SECURITY_ADMIN
from jiuye.portals.operator.channels.forms import ChannelForm, NewChannelForm, ReasonForm
from jiuye.portals.operator.channels.history import told
from jiuye.portals.staff_components.day_chart import chart

TEMPLATES = "portals/operator/channels/templates"
STATES = {"": "全部", "enabled": "已启用", "disabled": "已停用"}
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(OPERATOR)
@require_safe
def listing(request: Request) -> HttpResponse:
    """All partner apps, or the matching ones."""
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    page = queries.channel_rows(request.actor, text=text, state=state, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "text": text, "state": state if state in STATES else "", "states": STATES}
    return render(request, f"{TEMPLATES}/list.html", context | {"may_edit": _may_edit(request)})


@access(OPERATOR)
@require_safe
def detail(request: Request, channel_id: UUID) -> HttpResponse:
    """One with its figures, keys and history."""
    return channel_page(request, channel_id)


def channel_page(request: Request, channel_id: UUID, *, new_key: str = "", status: int = 200) -> HttpResponse:
    """Render a channel's page; `new_key` is shown this once."""
    found = queries.channel_detail(request.actor, channel_id)
    context = {
        "channel": found,
        "chart": chart([(one.day, one.sign_ins, one.new_accounts) for one in found.days]),
        "history": [told(change) for change in found.history],
        "sign_in_url": f"{settings.SITE_URL}/sso/essc?channel={found.code}",
        "live_keys": sum(key.revoked_at is None for key in found.keys),
        "new_key": new_key,
        "may_edit": _may_edit(request),
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=status)


@access(SECURITY_ADMIN, once=True)
@_FORM
def register(request: Request) -> HttpResponse:
    """Register one, switched off."""
    form = with_kept_input(request, NewChannelForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register_channel(request.actor, **form.cleaned_data)
        except Invalid as error:
            _add_errors(form, error)
        else:
            messages.success(request, "已登记，目前是停用状态。联调完成后请启用。")
            return redirect("ops_channel", made)
    return render(request, f"{TEMPLATES}/new.html", {"form": form}, status=422 if form.errors else 200)


@access(SECURITY_ADMIN)
@_FORM
def edit(request: Request, channel_id: UUID) -> HttpResponse:
    """Edit name and origin."""
    found = queries.channel_detail(request.actor, channel_id)
    form = ChannelForm(request.POST or None, initial={"name": found.name, "origin": found.origin})
    form = with_kept_input(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_channel(request.actor, channel_id=channel_id, **form.cleaned_data)
        except Invalid as error:
            _add_errors(form, error)
        else:
            messages.success(request, "已保存。来源的改动在 30 秒内生效。")
            return redirect("ops_channel", channel_id)
    context = {"form": form, "channel": found}
    return render(request, f"{TEMPLATES}/edit.html", context, status=422 if form.errors else 200)


@access(SECURITY_ADMIN, once=True)
@_FORM
def enable(request: Request, channel_id: UUID) -> HttpResponse:
    """Ask for the reason, then switch it on."""
    return _switch(request, channel_id, actions.enable_channel, on=True)


@access(SECURITY_ADMIN, once=True)
@_FORM
def disable(request: Request, channel_id: UUID) -> HttpResponse:
    """Explain the consequences, ask for the reason, then switch it off."""
    return _switch(request, channel_id, actions.disable_channel, on=False)


def _switch(request: Request, channel_id: UUID, change: Callable[..., None], *, on: bool) -> HttpResponse:
    form = with_kept_input(request, ReasonForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            change(request.actor, channel_id=channel_id, reason=form.cleaned_data["reason"])
        except Invalid as error:
            _add_errors(form, error)
        except Refused as error:
            messages.info(request, error.message)
            return redirect("ops_channel", channel_id)
        else:
            messages.success(
                request, "已启用，现在可以从这个渠道登录。" if on else "已停用，从现在起不能再从这个渠道登录。"
            )
            return redirect("ops_channel", channel_id)
    context: dict[str, Any] = {
        "form": form,
        "channel": queries.channel_detail(request.actor, channel_id),
        "turning_on": on,
        "back": reverse("ops_channel", args=[channel_id]),
    }
    return render(request, f"{TEMPLATES}/switch.html", context, status=422 if form.errors else 200)


def _add_errors(form: forms.Form, error: Invalid) -> None:
    for field, message in error.fields.items():
        form.add_error(field, message)


def _may_edit(request: Request) -> bool:
    return request.actor.role in SECURITY_ADMIN.roles
