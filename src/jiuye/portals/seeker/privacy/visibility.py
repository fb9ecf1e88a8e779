"""`/me/privacy/visibility`: who may find the resume, and blocked organisations."""

from datetime import datetime, timedelta
from uuid import UUID

import orjson
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.applications import queries as applications
from jiuye.domains.resumes import actions
from jiuye.domains.resumes.queries import MOST_BLOCKS, MOST_PLACES, blocks, visibility
from jiuye.kernel import clock
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.crypto import encrypt, opened
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.login.entry import safe_target
from jiuye.portals.seeker.privacy.forms import NameForm, VisibilityForm

HERE = "portals/seeker/privacy/templates"
UNBLOCKED = "unblocked_organisation"
OFFERED_FOR = timedelta(minutes=10)
KINDS = ("agency", "employer")
DONE = {
    "applied_only": "已保存：只有您投递的机构看得到您的简历。",
    "agencies": "已保存：所选地区的职介现在可以找到您的简历。对方每次打开，都会记在“谁看过我的简历”里。",
    "hidden": "已保存：您的简历已隐藏，不会再有新的机构看到。",
}


@access(SIGNED_IN.open_when_suspended(), once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """The current choice, the three choices, and the blocks; `?q=` searches for an organisation to block. At most 12 queries."""
    if request.method != "POST":
        form = with_kept_input(request, VisibilityForm(view=visibility(request.actor)))
        return _page(request, form)
    form = VisibilityForm(request.POST, view=visibility(request.actor))
    if not form.is_valid():
        return _page(request, form, status=422)
    if request.POST.get("do") == "add":
        if form.cleaned_data["add"]:
            return _page(request, form.with_added(), is_unsaved=True)
        form.add_error("add", "请先选择一个省或市，再点“添加”。")
        return _page(request, form, status=422)
    try:
        changed = actions.choose_visibility(
            request.actor,
            level=form.cleaned_data["level"],
            places=form.chosen(),
            consented=form.cleaned_data["consent"],
            version=form.cleaned_data["version"],
        )
    except Invalid as error:
        again = form.with_added()
        again.is_valid()
        for field, message in error.fields.items():
            again.add_error(field, message)
        return _page(request, again, status=422)
    except Refused as error:
        messages.error(request, error.message)
        return _back()
    messages.success(request, DONE[form.cleaned_data["level"]] if changed else "没有改动，还是原来的设置。")
    return _back()


def _page(request: Request, form: VisibilityForm, *, status: int = 200, is_unsaved: bool = False) -> HttpResponse:
    actor, text = request.actor, request.GET.get("q", "").strip()[:60]
    context = {
        "form": form,
        "now": visibility(actor),
        "is_unsaved": is_unsaved,
        "most_places": MOST_PLACES,
        "most_blocks": MOST_BLOCKS,
        "under_way": applications.my_counts(actor)["open"],
        "blocks": blocks.my_blocks(actor),
        "present": blocks.present_employers(actor),
        "unblocked": _unblocked(request),
        "q": text,
        "found": blocks.candidates(actor, text) if text else [],
    }
    return render(request, f"{HERE}/visibility.html", context, status=status)


@access(SIGNED_IN.open_when_suspended(), once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: Request, kind: str, organisation_id: UUID) -> HttpResponse:
    """Ask whether to block an organisation, and block it; `next` is the page the person came from."""
    if kind not in KINDS:
        raise NotFound
    if request.method != "POST":
        found = blocks.candidate(request.actor, kind, organisation_id)
        context = {"found": found, "next": _next(request, request.GET.get("next", ""))}
        return render(request, f"{HERE}/block.html", context)
    try:
        actions.block(request.actor, kind=kind, organisation_id=organisation_id)
    except Refused as error:
        messages.error(request, error.message)
        return _back("#blocks")
    return _blocked(request)


@access(SIGNED_IN.open_when_suspended(), once=True)
@require_POST
def block_by_name(request: Request) -> HttpResponse:
    """Block the present employer named in the resume."""
    form = NameForm(request.POST)
    try:
        actions.block_by_name(request.actor, name=form.cleaned_data["name"] if form.is_valid() else "")
    except Invalid as error:
        messages.error(request, error.fields["name"])
    except Refused as error:
        messages.error(request, error.message)
    else:
        return _blocked(request)
    return _back("#blocks")


def _blocked(request: Request) -> HttpResponse:
    request.session.pop(UNBLOCKED, None)
    messages.success(request, "已屏蔽。对方找不到您的简历，您的投递也不会给它看。在“屏蔽的单位和机构”里随时可以解除。")
    return HttpResponseRedirect(_next(request, request.POST.get("next", "")), status=303)


@access(SIGNED_IN.open_when_suspended(), once=True)
@require_POST
def unblock(request: Request, block_id: UUID) -> HttpResponse:
    """Unblock an organisation; this can be undone at once."""
    name = actions.unblock(request.actor, block_id=block_id)
    request.session[UNBLOCKED] = encrypt(orjson.dumps([name, clock.now()]).decode())
    return _back("#blocks")


def _unblocked(request: Request) -> str:
    """Return the name of an organisation unblocked within the last minutes, for undo."""
    if not (text := opened(request.session.get(UNBLOCKED, ""))):
        return ""
    name, moment = orjson.loads(text)
    return str(name) if clock.now() - datetime.fromisoformat(moment) < OFFERED_FOR else ""


def _back(anchor: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse("my_privacy:visibility") + anchor, status=303)


def _next(request: Request, address: str) -> str:
    """Return the next page: a page of this site, else the list of blocks."""
    return safe_target(address) or reverse("my_privacy:visibility") + "#blocks"
