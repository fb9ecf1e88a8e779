"""Confirm or decline a ban, lift a sanction, decide on an appeal."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jiuye.domains.sanctions import actions
from jiuye.kernel.access import access
from jiuye.kernel.errors import Denied, Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.operator.access import AUDITOR
from jiuye.portals.operator.sanctions.forms import DecisionForm, ReasonForm
from jiuye.portals.operator.sanctions.views import page


@access(AUDITOR, once=True)
@require_POST
def confirm(request: Request, sanction_id: UUID) -> HttpResponse:
    """Confirm a proposed ban."""
    try:
        actions.confirm(request.actor, sanction_id=sanction_id)
    except (Refused, Denied) as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "已确认，处置生效，已通知对方。")
    return redirect("ops_sanction", sanction_id)


@access(AUDITOR, once=True)
@require_POST
def decline(request: Request, sanction_id: UUID) -> HttpResponse:
    """Do not confirm a proposed ban."""
    return _with_reason(request, sanction_id, "decline", actions.decline, "已记录，这项处置不生效。")


@access(AUDITOR, once=True)
@require_POST
def lift(request: Request, sanction_id: UUID) -> HttpResponse:
    """Lift a sanction."""
    return _with_reason(request, sanction_id, "lift", actions.lift, "处置已解除，已通知对方。")


@access(AUDITOR, once=True)
@require_POST
def decide(request: Request, sanction_id: UUID, appeal_id: UUID) -> HttpResponse:
    """Decide on an appeal."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return page(request, sanction_id, form, "decide")
    uphold = form.cleaned_data["verdict"] == "uphold"
    try:
        actions.decide_appeal(request.actor, appeal_id=appeal_id, uphold=uphold, answer=form.cleaned_data["answer"])
    except Invalid as error:
        form.add_error("answer", error.fields["answer"])
        return page(request, sanction_id, form, "decide")
    except (Refused, Denied) as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "申诉成立，处置已解除。" if uphold else "已答复，处置继续有效。")
    return redirect("ops_sanction", sanction_id)


def _with_reason(request: Request, sanction_id: UUID, word: str, do: Callable[..., None], done: str) -> HttpResponse:
    form = ReasonForm(request.POST, prefix=word)
    if not form.is_valid():
        return page(request, sanction_id, form, word)
    try:
        do(request.actor, sanction_id=sanction_id, reason=form.cleaned_data["reason"])
    except Invalid as error:
        form.add_error("reason", error.fields["reason"])
        return page(request, sanction_id, form, word)
    except (Refused, Denied) as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("ops_sanction", sanction_id)
