"""First days at work reported differently by agency and seeker: followed up one by one."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.applications import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import FEEDBACK_DESK

TEMPLATES = "portals/operator/outcomes/templates"


class SettleForm(forms.Form):
    """The result of the follow-up."""

    note = forms.CharField(
        label="跟进结果",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
        error_messages={
            "required": "请写明核实了什么、结果怎样。",
            "max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。",
        },
    )


@access(FEEDBACK_DESK)
@require_safe
def queue(request: Request) -> HttpResponse:
    """Open cases, longest waiting first."""
    return _page(request)


def _page(request: Request, refused: UUID | None = None, form: SettleForm | None = None) -> HttpResponse:
    page = queries.disputes(request.actor, cursor=request.GET.get("cursor", ""))
    rows = [
        (one, form if form and one.application_id == refused else _form(request, one.application_id))
        for one in page.items
    ]
    context = {"page": page, "rows": rows, "refused": form}
    return render(request, f"{TEMPLATES}/queue.html", context, status=422 if form else 200)


def _form(request: Request, application_id: UUID) -> SettleForm:
    form = SettleForm(auto_id=f"id_%s_{application_id.hex}")
    return with_kept_input(request, form, action=reverse("ops_outcome_settle", args=[application_id]))


@access(FEEDBACK_DESK, once=True)
@require_POST
def settle(request: Request, application_id: UUID) -> HttpResponse:
    """Record the result; the case leaves the list."""
    form = SettleForm(request.POST, auto_id=f"id_%s_{application_id.hex}")
    if form.is_valid():
        try:
            actions.settle_dispute(request.actor, application_id=application_id, note=form.cleaned_data["note"])
        except Invalid as error:
            form.add_error("note", error.fields["note"])
        except Refused as error:
            messages.error(request, error.message)
            return redirect("ops_outcomes")
        else:
            messages.success(request, "已记录跟进结果。")
            return redirect("ops_outcomes")
    return _page(request, application_id, form)
