"""Reports of postings and reviews in one queue: read all reports of a subject, then decide on them together."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import AUDITOR
from jiuye.portals.operator.reports.forms import DecisionForm
from jiuye.portals.operator.reports.subjects import POSTING, REVIEW, SUBJECTS, TEMPLATES, Subject


def _place(subject: Subject) -> str:
    """Return the queue's URL for this kind."""
    return reverse("ops_reports") + ("" if subject is POSTING else f"?about={subject.key}")


@access(AUDITOR)
@require_safe
def queue(request: Request) -> HttpResponse:
    """Open reports of one kind (`?about=`), longest waiting first. Four queries besides the desk's own."""
    asked = request.GET.get("about", "")
    shown = next((one for one in SUBJECTS if one.key == asked), POSTING)
    context = {
        "shown": shown,
        "page": shown.waiting(request.actor, request.GET.get("cursor", "")),
        "tabs": [(one.label, _place(one), one is shown, one.number_waiting()) for one in SUBJECTS],
    }
    return render(request, f"{TEMPLATES}/queue.html", context)


def _page(request: Request, subject: Subject, subject_id: UUID, form: DecisionForm | None) -> HttpResponse:
    dossier = subject.dossier(request.actor, subject_id)
    status = 422 if form else 200
    decision = reverse(subject.decision, args=[subject_id])
    if form is None and dossier.open:
        form = DecisionForm(subject, initial={"through": dossier.open[0].id})
        form = with_kept_input(request, form, action=decision)
    context = {
        "dossier": dossier,
        "form": form,
        "subject": subject,
        "back": _place(subject),
        "decision": decision,
    }
    return render(request, subject.template, context, status=status)


@access(AUDITOR)
@require_safe
def detail(request: Request, subject_id: UUID, subject: Subject) -> HttpResponse:
    """One subject with all its reports."""
    return _page(request, subject, subject_id, None)


@access(AUDITOR, once=True)
@require_POST
def decide(request: Request, subject_id: UUID, subject: Subject) -> HttpResponse:
    """Decide on the open reports and notify everybody who reported."""
    form = DecisionForm(subject, request.POST)
    if not form.is_valid():
        return _page(request, subject, subject_id, form)
    given = form.cleaned_data
    try:
        number = subject.decide(request.actor, subject_id, given["through"], given["verdict"], given["answer"])
    except Invalid as error:
        form.add_error("answer", error.fields["answer"])
        return _page(request, subject, subject_id, form)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"已处理 {number} 条举报，结果已通知举报人。")
    return redirect(_place(subject))


@access(AUDITOR)
@require_safe
def moved(request: Request, subject_id: UUID | None = None) -> HttpResponse:
    """Redirect the former addresses of reported reviews."""
    place = reverse(REVIEW.page, args=[subject_id]) if subject_id else _place(REVIEW)
    return HttpResponsePermanentRedirect(place)
