"""The search for jobs, and a job's page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.jobs import queries as jobs
from jiuye.kernel.access import PUBLIC, access
from jiuye.search import queries as search_queries

TEMPLATES = "portals/seeker/jobs/templates"


@access(PUBLIC)
@require_safe
def detail(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """One open posting with its legal elements and who publishes it; 410 with similar jobs once it has closed."""
    try:
        job = jobs.detail(posting_id)
    except jobs.Gone as gone:
        context = {"gone": gone, "similar": search_queries.similar_to(gone.title, limit=6)}
        return render(request, f"{TEMPLATES}/gone.html", context, status=410)
    context = {
        "job": job,
        "similar": search_queries.similar_jobs(posting_id, limit=6),
        "canonical": request.build_absolute_uri(f"/jobs/{posting_id}"),
    }
    response = render(request, f"{TEMPLATES}/detail.html", context)
    response.headers["Cache-Control"] = "public, max-age=30"
    return response
