"""Postings that people reported: read all that was said of one, then decide on it together."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.reports import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.operator.access import AUDITOR
from jiuye.portals.operator.decisions import ReportDecisionForm

TEMPLATES = "portals/operator/reports/templates"


class DecisionForm(ReportDecisionForm):
    """What was found, for who reported it; `through` names the latest report on the page."""

    verdict = forms.ChoiceField(
        label="核查结果",
        choices=[("upheld", "举报属实"), ("banned", "举报属实，立即封禁这个职位"), ("dismissed", "举报不属实")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择核查结果。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].help_text = "举报人会看到；属实的，机构也会看到。不要写举报人的信息。"


@access(AUDITOR)
@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits, longest first."""
    page = queries.waiting(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/queue.html", {"page": page})


def _page(request: Request, posting_id: UUID, form: DecisionForm | None) -> HttpResponse:
    dossier = queries.dossier(request.actor, posting_id)
    status = 422 if form else 200
    if form is None and dossier.open:
        form = DecisionForm(initial={"through": dossier.open[0].id})
    return render(request, f"{TEMPLATES}/detail.html", {"dossier": dossier, "form": form}, status=status)


@access(AUDITOR)
@require_safe
def detail(request: Request, posting_id: UUID) -> HttpResponse:
    """One posting with everything that was reported of it."""
    return _page(request, posting_id, None)


@access(AUDITOR)
@require_POST
def decide(request: Request, posting_id: UUID) -> HttpResponse:
    """Uphold or dismiss the open reports; all who reported are told."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, posting_id, form)
    verdict = form.cleaned_data["verdict"]
    try:
        number = actions.decide(
            request.actor,
            posting_id=posting_id,
            through=form.cleaned_data["through"],
            uphold=verdict != "dismissed",
            answer=form.cleaned_data["answer"],
            ban=verdict == "banned",
        )
    except Invalid as error:
        form.add_error("answer", error.fields["answer"])
        return _page(request, posting_id, form)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("ops_reports")
    messages.success(request, f"已处理 {number} 条举报，结果已通知举报人。")
    return redirect("ops_reports")
