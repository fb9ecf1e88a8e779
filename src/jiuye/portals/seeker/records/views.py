"""What a seeker keeps of postings: saving, the browsing history, and the buttons that a public page gets for its visitor."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.domains.applications import queries as applications
from jiuye.domains.applications.queries.blocked import blocked_among
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
        "blocked": blocked_among(actor, [posting_id]).get(posting_id, ""),
    }
    return render(request, f"{HERE}/buttons.html", context)


@access(ANYONE)
@require_GET
def job_actions(request: Request, posting_id: UUID) -> HttpResponse:
    """The buttons for whoever looks at the page; for someone signed in they also note that the posting was looked at."""
    actor = request.actor
    return _buttons(request, posting_id, records.is_saved(actor, posting_id), note_view=actor.is_signed_in)


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def save(request: Request, posting_id: UUID) -> HttpResponse:
    """Keep a posting or keep it no longer (`keep=no`); by GET, a page that asks, and afterwards says how it stands."""
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
    """Note that a posting was looked at; for a visitor who is not signed in nothing is noted."""
    if request.actor.is_signed_in:
        actions.record_view(request.actor, posting_id=posting_id)
    return HttpResponse(status=204)


@access(SIGNED_IN)
@require_GET
def saved(request: Request) -> HttpResponse:
    """The saved postings, with what changed of them."""
    page = records.saved(request.actor, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "blocked": _blocked(request, page)}
    return render(request, f"{HERE}/saved.html", context)


def _blocked(request: Request, page: Page[records.KeptPosting]) -> Mapping[UUID, str]:
    """Whom the person keeps out, by posting of the page."""
    return blocked_among(request.actor, [one.card.id for one in page.items])


@access(SIGNED_IN)
@require_POST
def acknowledge(request: Request) -> HttpResponse:
    """The person has read that the pay changed: compare with the present one from now on."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Refused("没有找到这个职位，请刷新页面后再试一次。")
    actions.acknowledge_changes(request.actor, posting_id=form.cleaned_data["posting"])
    return HttpResponseRedirect(reverse("saved_jobs"))


@access(SIGNED_IN)
@require_GET
def history(request: Request) -> HttpResponse:
    """The postings looked at."""
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
    """Stop noting what the person looks at, or go on (`pause=no`)."""
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
    """Remove one posting from the history, or all when none is named."""
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
