"""The signed-in seeker's home, and the header fragment of public pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jiuye.alerts import queries as alerts
from jiuye.domains.accounts import queries as accounts
from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs.queries import records
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes import queries as resumes
from jiuye.erasure import queries as erasure
from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.http.request import Request
from jiuye.notifications import queries as notifications

HERE = "portals/seeker/me/templates"
PORTALS = {"agency": "/agency", "employer": "/employer", "platform": "/ops"}


@access(SIGNED_IN)
@require_GET
def home(request: Request) -> HttpResponse:
    """Open answers, status, and links. At most 12 queries."""
    actor = request.actor
    places = organisations.memberships_of(actor.person_id) if actor.person_id else []
    context = {
        "resume": resumes.overview(actor),
        "erasure": erasure.standing(actor),
        "to_answer": applications.to_answer(actor),
        "applications": applications.my_counts(actor),
        "groups": applications.MINE_GROUPS,
        "real_name": accounts.real_name(actor),
        "has_card": accounts.has_card(actor),
        "kept": records.kept_counts(actor),
        "searches": alerts.saved_search_count(actor),
        "messages_waiting": notifications.latest(actor, limit=3),
        "work": [(place, PORTALS[place.kind]) for place in places],
    }
    return render(request, f"{HERE}/home.html", context)


@access(ANYONE)
@require_GET
def header(request: Request) -> HttpResponse:
    """Fragment: name and unread messages of the signed-in person; 204 for others, so that the sign-in link stays."""
    greeting = notifications.greeting(request.actor)
    if greeting is None:
        return HttpResponse(status=204)
    return render(request, f"{HERE}/header.html", {"name": greeting.name or "我的", "unread": greeting.unread})
