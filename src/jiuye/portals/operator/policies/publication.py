"""Publish, withdraw and repeal: each explains the consequences and asks for confirmation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.policies import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.editing import blame, version_of
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import EDITOR
from jiuye.portals.operator.policies.forms import AbolishForm, ReasonForm
from jiuye.portals.operator.policies.views import TEMPLATES

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(EDITOR, once=True)
@_FORM
def publish(request: Request, policy_id: UUID) -> HttpResponse:
    """GET: the public page, and the question. POST: publish it."""
    version = version_of(request)
    return _decide(
        request,
        policy_id,
        forms.Form(_sent(request)),
        "publish",
        lambda _: actions.publish_policy(request.actor, policy_id=policy_id, version=version),
        "已发布，公众现在可以看到。",
    )


@access(EDITOR, once=True)
@_FORM
def withdraw(request: Request, policy_id: UUID) -> HttpResponse:
    """Ask for the reason, then withdraw it."""
    return _decide(
        request,
        policy_id,
        ReasonForm(_sent(request)),
        "withdraw",
        lambda given: actions.withdraw_policy(request.actor, policy_id=policy_id, reason=given["reason"]),
        "已撤下。修改后可以重新发布。",
    )


@access(EDITOR, once=True)
@_FORM
def abolish(request: Request, policy_id: UUID) -> HttpResponse:
    """Ask for the day, then mark it as repealed."""
    return _decide(
        request,
        policy_id,
        AbolishForm(_sent(request)),
        "abolish",
        lambda given: actions.abolish_policy(request.actor, policy_id=policy_id, on=given["on"]),
        "已标注废止日期。",
    )


@access(EDITOR, once=True)
@require_POST
def reinstate(request: Request, policy_id: UUID) -> HttpResponse:
    """Undo the repeal."""
    try:
        actions.abolish_policy(request.actor, policy_id=policy_id, on=None)
        messages.success(request, "已取消废止。")
    except Refused as error:
        messages.error(request, error.message)
    return redirect("ops_policy", policy_id)


def _sent(request: Request) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" else None


def _decide(
    request: Request,
    policy_id: UUID,
    form: forms.Form,
    verb: str,
    act: Callable[[dict[str, Any]], None],
    done: str,
) -> HttpResponse:
    form = with_kept_input(request, form)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as error:
            blame(form, error)
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            messages.success(request, done)
            return redirect("ops_policy", policy_id)
    if form.errors and status == 200:
        status = 422
    context = {
        "form": form,
        "verb": verb,
        "policy": queries.desk(request.actor, policy_id),
        "shown": queries.preview(request.actor, policy_id),
    }
    return render(request, f"{TEMPLATES}/decide.html", context, status=status)
