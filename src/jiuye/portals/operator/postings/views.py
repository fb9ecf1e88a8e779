"""Postings held by screening: review, then approve or reject with a reason."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.jobs import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import AUDITOR

TEMPLATES = "portals/operator/postings/templates"


class RejectForm(forms.Form):
    """The reason, for the agency."""

    reason = forms.CharField(
        label="驳回原因",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text="机构会看到：哪里不行，怎样修改。",
        error_messages={"required": "请写明原因和怎样修改。"},
    )


@access(AUDITOR)
@require_safe
def queue(request: Request) -> HttpResponse:
    """Held postings, longest waiting first."""
    page = queries.held_back(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/queue.html", {"page": page})


def _page(request: Request, posting_id: UUID, form: RejectForm) -> HttpResponse:
    job, findings = queries.to_review(request.actor, posting_id)
    context = {"job": job, "findings": findings, "form": form}
    return render(request, f"{TEMPLATES}/detail.html", context, status=422 if form.errors else 200)


@access(AUDITOR)
@require_safe
def detail(request: Request, posting_id: UUID) -> HttpResponse:
    """One posting with the words found in it."""
    form = with_kept_input(request, RejectForm(), action=reverse("ops_posting_reject", args=[posting_id]))
    return _page(request, posting_id, form)


@access(AUDITOR, once=True)
@require_POST
def approve(request: Request, posting_id: UUID) -> HttpResponse:
    """Publish it."""
    try:
        actions.approve_posting(request.actor, posting_id=posting_id)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("ops_postings")
    messages.success(request, "已通过，职位已发布。")
    return redirect("ops_postings")


@access(AUDITOR, once=True)
@require_POST
def reject(request: Request, posting_id: UUID) -> HttpResponse:
    """Return it with a reason."""
    form = RejectForm(request.POST)
    if not form.is_valid():
        return _page(request, posting_id, form)
    try:
        actions.reject_posting(request.actor, posting_id=posting_id, reason=form.cleaned_data["reason"])
    except Invalid as error:
        form.add_error("reason", error.fields["reason"])
        return _page(request, posting_id, form)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("ops_postings")
    messages.success(request, "已驳回，机构会看到原因。")
    return redirect("ops_postings")
