"""What a person does not want to see (不看), remembered: in their searches, and the page where they change it."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.actor import Actor
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.jobs.conditions import conditions_of
from jiuye.portals.seeker.jobs.links import list_address
from jiuye.ports.search import SearchQuery
from jiuye.search import criteria
from jiuye.search.criteria import LEAVES_OUT
from jiuye.search.remembered import Wishes, remember, remembered, with_wishes, without_applied

MORE = "more"
"""`leave_out=more`: what the URL names is left out beside what is remembered, not in place of it."""
REMEMBERED = "已记住。以后的搜索、订阅提醒和推荐都不再出现这些职位。"
FORGOTTEN = "已不再记住，所有职位都会显示。"


@dataclass(frozen=True, slots=True)
class OwnSearch:
    """A search as it is run for somebody. `keeps`: they have something remembered; `is_from_memory`: that is what is left out."""

    query: SearchQuery
    is_signed_in: bool = False
    keeps: bool = False
    is_from_memory: bool = False


def own_search(actor: Actor | None, parameters: QueryDict, query: SearchQuery) -> OwnSearch:
    """Return the search for this person: with what they asked to remember, unless the URL names what is left out.

    No query for visitors; otherwise one, and one more for the postings they applied to.
    """
    if actor is None or not actor.is_signed_in:
        return OwnSearch(replace(query, without_applied=False) if query.without_applied else query)
    wishes = remembered(actor)
    is_from_memory = bool(wishes) and not LEAVES_OUT & parameters.keys()
    query = _merged(query, wishes, parameters)
    if wishes and not query.leaves_out:
        query = replace(query, with_all=True)
    return OwnSearch(without_applied(actor, query), True, bool(wishes), is_from_memory)


def _merged(query: SearchQuery, wishes: Wishes, parameters: QueryDict) -> SearchQuery:
    named = LEAVES_OUT & parameters.keys()
    return with_wishes(query, wishes) if not named or parameters.get("leave_out") == MORE else query


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """GET: what is remembered; with a search in the URL, also what would be remembered. POST to the same URL: remember that;
    without anything to leave out, forget. Then the search itself."""
    wishes, is_asked = remembered(request.actor), bool(LEAVES_OUT & request.GET.keys())
    asked = _merged(criteria.read(request.GET).known_query, wishes, request.GET)
    wanted = asked if is_asked else SearchQuery()
    if request.method == "POST":
        remember(request.actor, query=wanted)
        messages.success(request, REMEMBERED if wanted.leaves_out else FORGOTTEN)
        return HttpResponseRedirect(list_address(asked, without=LEAVES_OUT).removesuffix("?"), status=303)
    context = {
        "kept": conditions_of(with_wishes(SearchQuery(), wishes)),
        "asked": [one.label for one in conditions_of(wanted) if one.name in LEAVES_OUT],
        "is_asked": is_asked,
        "here": request.get_full_path(),
        "back": list_address(asked),
    }
    return render(request, "portals/seeker/jobs/templates/remember.html", context)
