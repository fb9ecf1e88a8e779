"""Suggestions while typing in the form: occupations and employers, as datalist options."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import access
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER

TEMPLATE = "portals/agency/jobs/templates/options.html"


@access(RECRUITER)
@require_safe
def occupations(request: Request) -> HttpResponse:
    """Occupations that match the typed text, with the class above each; those that the title may mean while nothing is typed."""
    typed = request.GET.get("occupation", "")[:40].strip()
    found = (
        reference.search_occupations(typed) if typed else reference.suggest_occupations(request.GET.get("title", ""))
    )
    options = [(one.name, reference.occupation(one.parent).name if one.parent else "") for one in found]
    return render(request, TEMPLATE, {"options": options})


@access(RECRUITER)
@require_safe
def employers(request: Request) -> HttpResponse:
    """Employers that the agency has named before."""
    found = organisations.employers_named_by(request.actor, text=request.GET.get("employer_name", "")[:100])
    return render(request, TEMPLATE, {"options": [(one.legal_name, one.credit_code) for one in found]})
