"""`/me/searches`: saved searches; `/alerts/stop/…`: unsubscribe by one click in a text message, without signing in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.alerts import actions, queries
from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.jobs.conditions import in_words
from jiuye.portals.seeker.jobs.links import list_address
from jiuye.portals.seeker.searches.forms import SavedSearchForm
from jiuye.search import criteria
from jiuye.search.remembered import remembered

HERE = "portals/seeker/searches/templates"


@access(SIGNED_IN)
@require_safe
def listing(request: Request) -> HttpResponse:
    """The saved searches with their new postings."""
    context = {
        "searches": [(one, in_words(one.query)) for one in queries.saved_searches(request.actor)],
        "most": actions.MOST_A_PERSON,
        "texts_are_off": queries.texts_are_off(request.actor),
        "leaves_out": bool(remembered(request.actor)),
    }
    return render(request, f"{HERE}/list.html", context)


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """GET: the form for the search in the URL. POST to the same URL: save it."""
    query = criteria.read(request.GET).known_query
    conditions = in_words(query)
    if not conditions:
        raise Refused("请先在职位列表里填搜索词或选条件，再点“保存搜索”。")
    start = {"name": " ".join(conditions)[: actions.LONGEST_NAME], "frequency": "daily"}
    form = SavedSearchForm(request.POST if request.method == "POST" else None, initial=start)
    form = with_kept_input(request, form)
    error: ProductError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_search(request.actor, query=query, **form.cleaned_data)
        except (Invalid, Refused) as refusal:
            error = refusal
            _blame(form, refusal)
        else:
            messages.success(request, "已保存搜索。有新职位时，会按您选的方式告诉您。")
            return HttpResponseRedirect(reverse("saved_searches"), status=303)
    context = {"form": form, "conditions": conditions, "back": list_address(query)}
    return render(request, f"{HERE}/new.html", context, status=_status(form, error))


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, saved_search_id: UUID) -> HttpResponse:
    """Rename a saved search, or change its frequency."""
    saved = queries.get_for(request.actor, saved_search_id)
    start = {"name": saved.name, "frequency": saved.frequency, "by_sms": saved.by_sms}
    form = SavedSearchForm(request.POST if request.method == "POST" else None, initial=start)
    form = with_kept_input(request, form)
    error: ProductError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_search(request.actor, saved_search_id=saved_search_id, **form.cleaned_data)
        except Invalid as refusal:
            error = refusal
            _blame(form, refusal)
        else:
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("saved_searches"), status=303)
    context = {"form": form, "saved": saved, "conditions": in_words(saved.query)}
    return render(request, f"{HERE}/change.html", context, status=_status(form, error))


@access(SIGNED_IN)
@require_POST
def go_there(request: Request, saved_search_id: UUID) -> HttpResponse:
    """Open the job list of a saved search and mark its new postings as seen."""
    query = actions.open_search(request.actor, saved_search_id=saved_search_id)
    return HttpResponseRedirect(list_address(query), status=303)


@access(SIGNED_IN, once=True)
@require_POST
def delete(request: Request, saved_search_id: UUID) -> HttpResponse:
    """Delete a saved search."""
    if not actions.delete_search(request.actor, saved_search_id=saved_search_id):
        raise NotFound
    messages.success(request, "已删除这个搜索，不再提醒。")
    return HttpResponseRedirect(reverse("saved_searches"), status=303)


@access(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """GET: one button (mail and message scanners open links, so a link alone must not unsubscribe). POST: unsubscribe."""
    actions.person_of(token)
    done = request.method == "POST"
    if done:
        actions.stop_all(request.actor, token=token)
    return render(request, f"{HERE}/stop.html", {"token": token, "done": done})


def _blame(form: SavedSearchForm, error: ProductError) -> None:
    fields = error.fields if isinstance(error, Invalid) else {None: error.message}
    for name, message in fields.items():
        form.add_error(name, message)


def _status(form: SavedSearchForm, error: ProductError | None) -> int:
    if error:
        return error.status
    return 422 if form.is_bound and form.errors else 200
