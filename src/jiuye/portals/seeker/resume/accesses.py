"""`/me/resume/accesses`: who saw my resume, by organisation and one by one."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes.queries import accesses, lookers
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel import clock
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request
from jiuye.kernel.ids import id_in

PERIODS = {"": "全部时间", "7": "近 7 天", "30": "近 30 天", "90": "近 90 天", "365": "近一年"}


@access(SIGNED_IN.open_when_suspended())
@require_safe
def listing(request: Request) -> HttpResponse:
    """Who saw the resume, when, how and why. Six queries at most."""
    given = request.GET
    days = given.get("days", "") if given.get("days", "") in PERIODS else ""
    kind = given.get("kind", "") if given.get("kind", "") in AccessKind.values else ""
    organisation = id_in(given.get("by", ""))
    since = clock.now() - timedelta(days=int(days)) if days else None
    page = accesses(request.actor, organisation_id=organisation, kind=kind, since=since, cursor=given.get("cursor", ""))
    # On the first page only: readers of further pages have seen it.
    found = lookers(request.actor, since=since) if organisation or not given.get("cursor") else []
    agencies = organisations.agency_cards(
        {one.organisation_id for one in page.items} | {one.organisation_id for one in found}
    )
    context = {
        "page": page,
        "lookers": found,
        "chosen": next((one for one in found if one.organisation_id == organisation), None),
        "titles": jobs.titles_of({one.posting_id for one in page.items if one.posting_id}),
        "agencies": set(agencies),
        "listed": {one for one, card in agencies.items() if card.is_listed},
        "kind": kind,
        "kinds": [("", "全部方式"), *AccessKind.choices],
        "days": days,
        "periods": list(PERIODS.items()),
        "kept": {k: v for k, v in (("by", organisation and str(organisation)), ("kind", kind), ("days", days)) if v},
    }
    return render(request, "portals/seeker/resume/templates/accesses.html", context)
