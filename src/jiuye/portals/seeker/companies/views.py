"""The public page of a certified employer. Employers that agencies only named have none: nobody has checked what it would say."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import NotFound
from jiuye.portals.reading_limits import LISTS

MOST_JOBS = 20


@access(PUBLIC, limit=LISTS)
@require_safe
@cache_control(public=True, max_age=30)
def detail(request: HttpRequest, employer_id: UUID) -> HttpResponse:
    """Facts, agencies, and the newest open jobs. The address of a merged record leads to its survivor. Four queries."""
    try:
        company = queries.company(employer_id)
    except NotFound:
        survivor = queries.merged_into(employer_id)
        if survivor is None:
            raise
        return redirect("company", survivor, permanent=True)
    context = {
        "company": company,
        "agencies": queries.agencies_working_for(company.id),
        "jobs": jobs.newest(employer_id=company.id, limit=MOST_JOBS),
        "total": jobs.open_count(employer_id=company.id),
    }
    return render(request, "portals/seeker/companies/templates/detail.html", context)
