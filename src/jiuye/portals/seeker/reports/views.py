"""举报: report a posting, and see the result."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.reports import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.reports.forms import ReportForm

HERE = "portals/seeker/reports/templates"


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, posting_id: UUID) -> HttpResponse:
    """GET: the form, or the person's open report. POST: report it."""
    form = with_kept_input(request, ReportForm(request.POST if request.method == "POST" else None))
    error: ProductError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_posting(request.actor, posting_id=posting_id, **form.cleaned_data)
        except (Invalid, Refused, RateLimited) as refusal:
            error = refusal
            for name, message in (refusal.fields if isinstance(refusal, Invalid) else {None: refusal.message}).items():
                form.add_error(name, message)
        else:
            messages.success(request, "已收到您的举报，我们会核查，并把结果告诉您。")
            return HttpResponseRedirect(reverse("my_reports"), status=303)
    context = {
        "form": form,
        "posting_id": posting_id,
        "title": jobs.title_of(posting_id),
        "earlier": queries.open_report(request.actor, posting_id) if request.method != "POST" else None,
    }
    status = error.status if error else 422 if form.is_bound else 200
    return with_wait(render(request, f"{HERE}/report.html", context, status=status), error)


@access(SIGNED_IN)
@require_safe
def mine(request: Request) -> HttpResponse:
    """The person's reports with results. One query besides the visitor's own."""
    page = queries.mine(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{HERE}/mine.html", {"page": page})
