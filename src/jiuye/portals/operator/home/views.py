"""The operators' first page: the platform's size, overdue work, and the state of the audit log."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.accounts import queries as accounts
from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reports import queries as reports
from jiuye.domains.reviews import queries as reviews
from jiuye.kernel import audit_check
from jiuye.kernel.access import access
from jiuye.kernel.http.request import Request
from jiuye.portals.fragments import is_fragment
from jiuye.portals.operator.access import OPERATOR

TEMPLATES = "portals/operator/home/templates"


@access(OPERATOR)
@require_safe
def home(request: Request) -> HttpResponse:
    """The platform's current figures."""
    context = {
        "people": accounts.account_count(),
        "shops": organisations.shop_count(),
        "postings": jobs.open_count(),
        "held_back": jobs.review_count(),
        "reported": reports.waiting_count() + reviews.reported_count(),
        "applications": applications.platform_numbers(),
    }
    return render(request, f"{TEMPLATES}/home.html", context)


@access(OPERATOR)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Applications by state, and the agencies that are late. Two queries besides the desk's own."""
    context = {
        "states": applications.numbers_by_state(request.actor),
        "agencies": applications.late_agencies(request.actor),
    }
    return render(request, f"{TEMPLATES}/applications.html", context)


@access(OPERATOR)
@require_safe
def audit_chain(request: Request) -> HttpResponse:
    """Check the audit log's hash chain from its beginning, and with the anchors; as a page, or as a fragment of the first page."""
    context = {"report": audit_check.check()}
    template = "chain.html" if is_fragment(request) else "audit.html"
    return render(request, f"{TEMPLATES}/{template}", context)
