"""Reviews that people reported: hide them or leave them shown."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.reviews import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.operator.access import AUDITOR
from jiuye.portals.operator.decisions import ReportDecisionForm

TEMPLATES = "portals/operator/reviews/templates"


class DecisionForm(ReportDecisionForm):
    """What was found; `through` names the latest report on the page."""

    verdict = forms.ChoiceField(
        label="决定",
        choices=[("hide", "隐藏这条评价"), ("keep", "保留，继续显示")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择隐藏还是保留。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].help_text = "举报人会看到；隐藏的，作者也会看到。"


@access(AUDITOR)
@require_safe
def queue(request: Request) -> HttpResponse:
    """What waits, longest first."""
    page = queries.waiting(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/queue.html", {"page": page})


def _page(request: Request, review_id: UUID, form: DecisionForm | None) -> HttpResponse:
    dossier = queries.dossier(request.actor, review_id)
    status = 422 if form else 200
    if form is None and dossier.open:
        form = DecisionForm(initial={"through": dossier.open[0].id})
    return render(request, f"{TEMPLATES}/detail.html", {"dossier": dossier, "form": form}, status=status)


@access(AUDITOR)
@require_safe
def detail(request: Request, review_id: UUID) -> HttpResponse:
    """One review with everything that was reported of it."""
    return _page(request, review_id, None)


@access(AUDITOR)
@require_POST
def decide(request: Request, review_id: UUID) -> HttpResponse:
    """Hide or keep; all who reported are told."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, review_id, form)
    given = form.cleaned_data
    hide = given["verdict"] == "hide"
    try:
        number = actions.decide_on_review(
            request.actor, review_id=review_id, through=given["through"], hide=hide, answer=given["answer"]
        )
    except Invalid as error:
        form.add_error("answer", error.fields["answer"])
        return _page(request, review_id, form)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"已{'隐藏' if hide else '保留'}，{number} 位举报人会收到结果。")
    return redirect("ops_reviews")
