"""评价: review an agency, see one's reviews, report somebody else's."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reviews import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.reviews.forms import ReviewForm, ReviewReportForm

TEMPLATES = "portals/seeker/reviews/templates"


def _note(form: forms.Form, refusal: ProductError) -> None:
    """Show the refusal on the form."""
    for name, message in (refusal.fields if isinstance(refusal, Invalid) else {None: refusal.message}).items():
        form.add_error(name, message)


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Request, agency_id: UUID) -> HttpResponse:
    """GET: the form with the person's review, or why they may not review. POST: save it. At most five queries."""
    agency = organisations.shop(agency_id).agency
    earlier = queries.my_review(request.actor, agency_id)
    initial = {"stars": earlier.review.stars, "text": earlier.review.text, "tags": earlier.tag_codes} if earlier else {}
    form = with_kept_input(request, ReviewForm(request.POST if request.method == "POST" else None, initial=initial))
    error: ProductError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_shop(request.actor, agency_id=agency_id, **form.cleaned_data)
        except (Invalid, Refused) as refusal:
            error = refusal
            _note(form, refusal)
        else:
            messages.success(request, "评价已修改。" if earlier else "谢谢您的评价，其他求职者可以看到了。")
            return HttpResponseRedirect(reverse("my_reviews"), status=303)
    context = {
        "agency": agency,
        "earlier": earlier,
        "form": form,
        "obstacle": queries.obstacle(request.actor, agency_id),
    }
    status = error.status if error else 422 if form.is_bound else 200
    return render(request, f"{TEMPLATES}/review.html", context, status=status)


@access(SIGNED_IN, once=True)
@require_POST
def delete(request: Request, agency_id: UUID) -> HttpResponse:
    """Delete the person's review."""
    actions.delete_review(request.actor, agency_id=agency_id)
    messages.success(request, "评价已删除。")
    return HttpResponseRedirect(reverse("my_reviews"), status=303)


@access(SIGNED_IN)
@require_safe
def mine(request: Request) -> HttpResponse:
    """The person's reviews, and agencies they may review. Three queries."""
    page = queries.mine(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/mine.html", {"page": page, "waiting": queries.to_review(request.actor)})


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, review_id: UUID) -> HttpResponse:
    """Report a review to the platform."""
    found = queries.public(review_id)
    back = reverse("agency", args=[found.agency_id]) + "?view=reviews"
    form = with_kept_input(request, ReviewReportForm(request.POST if request.method == "POST" else None))
    error: ProductError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_review(request.actor, review_id=review_id, **form.cleaned_data)
        except (Invalid, Refused, RateLimited) as refusal:
            error = refusal
            _note(form, refusal)
        else:
            messages.success(request, "已收到，审核员会核查，并把结果告诉您。")
            return HttpResponseRedirect(reverse("my_reviews"), status=303)
    context = {"found": found, "form": form, "back": back}
    status = error.status if error else 422 if form.is_bound else 200
    return with_wait(render(request, f"{TEMPLATES}/report.html", context, status=status), error)
