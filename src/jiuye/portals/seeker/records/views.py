"""Saved postings, browsing history, and the personal buttons of public pages."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.actions import records as actions
from jiuye.domains.jobs.queries import records
from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.paging import Page
from jiuye.portals.fragments import is_fragment, say
from jiuye.portals.seeker.records.forms import ForgetForm, KeepForm, PauseForm, SeenForm

HERE = "portals/seeker/records/templates"


def _buttons(request: Request, posting_id: UUID, is_saved: bool, *, note_view: bool) -> HttpResponse:
    actor = request.actor
    under_way = applications.open_application(actor.person_id, posting_id) if actor.person_id else None
    context = {
        "posting_id": posting_id,
        "is_saved": is_saved,
        "under_way": under_way,
        "note_view": note_view,
        "blocked": applications.blocked_among(actor, [posting_id]).get(posting_id, ""),
    }
    return render(request, f"{HERE}/buttons.html", context)


@access(ANYONE)
@require_GET
def job_actions(request: Request, posting_id: UUID) -> HttpResponse:
    """Fragment: the buttons for the visitor; for signed-in people it also records the view."""
    actor = request.actor
    return _buttons(request, posting_id, records.is_saved(actor, posting_id), note_view=actor.is_signed_in)


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def save(request: Request, posting_id: UUID) -> HttpResponse:
    """Save a posting or remove it (`keep=no`); by GET, a page that asks, and afterwards shows the state."""
    if request.method == "GET":
        context = {
            "posting_id": posting_id,
            "title": jobs.title_of(posting_id),
            "is_saved": records.is_saved(request.actor, posting_id),
        }
        return render(request, f"{HERE}/save.html", context)
    form = KeepForm(request.POST)
    if not form.is_valid():
        raise Refused("没有收到您的选择，请返回职位页再点一次“收藏”。")
    keep = form.cleaned_data["keep"] == "yes"
    if keep:
        actions.save_job(request.actor, posting_id=posting_id)
    else:
        actions.unsave_job(request.actor, posting_id=posting_id)
    text = "已收藏，可在“我的收藏”里找到" if keep else "已取消收藏"
    if form.cleaned_data["place"] == "list":
        messages.success(request, f"{text}。")
        return HttpResponseRedirect(reverse("saved_jobs"))
    if is_fragment(request):
        return say(_buttons(request, posting_id, keep, note_view=False), text)
    return HttpResponseRedirect(reverse("save_job", args=[posting_id]))


@access(ANYONE)
@require_POST
def viewed(request: Request, posting_id: UUID) -> HttpResponse:
    """Record a view; does nothing for visitors who are not signed in."""
    if request.actor.is_signed_in:
        actions.record_view(request.actor, posting_id=posting_id)
    return HttpResponse(status=204)


@access(SIGNED_IN)
@require_GET
def saved(request: Request) -> HttpResponse:
    """The saved postings, with their changes."""
    page = records.saved(request.actor, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "blocked": _blocked(request, page)}
    return render(request, f"{HERE}/saved.html", context)


def _blocked(request: Request, page: Page[records.KeptPosting]) -> Mapping[UUID, str]:
    """Return the person's blocks by posting of the page."""
    return applications.blocked_among(request.actor, [one.card.id for one in page.items])


@access(SIGNED_IN)
@require_POST
def acknowledge(request: Request) -> HttpResponse:
    """Mark a change of pay as read: later changes are compared with the present pay."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Refused("没有找到这个职位，请刷新页面后再试一次。")
    actions.acknowledge_changes(request.actor, posting_id=form.cleaned_data["posting"])
    return HttpResponseRedirect(reverse("saved_jobs"))


@access(SIGNED_IN)
@require_GET
def history(request: Request) -> HttpResponse:
    """The viewed postings."""
    page = records.browsed(request.actor, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "is_paused": records.is_history_paused(request.actor),
        "blocked": _blocked(request, page),
    }
    return render(request, f"{HERE}/history.html", context)


@access(SIGNED_IN)
@require_POST
def pause(request: Request) -> HttpResponse:
    """Pause the history, or continue (`pause=no`)."""
    form = PauseForm(request.POST)
    if not form.is_valid():
        raise Refused("没有收到您的选择，请刷新页面后再试一次。")
    if form.cleaned_data["pause"] == "yes":
        actions.pause_history(request.actor)
        messages.success(request, "已暂停。之后看过的职位不再记录。")
    else:
        actions.resume_history(request.actor)
        messages.success(request, "已恢复记录浏览过的职位。")
    return HttpResponseRedirect(reverse("browsing_history"))


@access(SIGNED_IN)
@require_POST
def forget(request: Request) -> HttpResponse:
    """Delete one posting from the history, or all if none is named."""
    form = ForgetForm(request.POST)
    if not form.is_valid():
        raise Refused("没有找到要删除的记录，请刷新页面后再试一次。")
    posting_id = form.cleaned_data["posting"]
    if posting_id:
        actions.forget_view(request.actor, posting_id=posting_id)
        messages.success(request, "已删除这条浏览记录。")
    elif form.cleaned_data["all"]:
        actions.forget_all_views(request.actor)
        messages.success(request, "浏览记录已清空。")
    return HttpResponseRedirect(reverse("browsing_history"))
