"""The seeker's resume: one page of parts, each edited in place, or on its own page without scripts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.documents import unprintable
from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.checkable import CHECKS
from jiuye.domains.resumes.merge import seen_of
from jiuye.domains.resumes.states import SectionKind
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import NotFound, Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.ids import id_in
from jiuye.portals.fragments import is_fragment, say
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.resume import removed
from jiuye.portals.seeker.resume.form_saving import attempt, warning_of
from jiuye.portals.seeker.resume.forms import ENTRY_FORMS, BasicsForm, EntryForm, SelfForm
from jiuye.portals.seeker.resume.parts import PARTS, Editing

HERE = "portals/seeker/resume/templates"


def _context(request: Request, **more: Any) -> dict[str, Any]:
    view = queries.my_resume(request.actor)
    return {
        "resume": view,
        "parts": PARTS,
        "hints": queries.completeness_hints(view),
        "most": queries.MOST_ENTRIES,
        "checks": queries.checks(request.actor, view),
        "undo": removed.kept(request),
        "editing": None,
        **more,
    }


def _part(request: Request, key: str, editing: Editing | None = None, status: int = 200) -> HttpResponse:
    """Render one part: a fragment for htmx with the form open; else the form's own page, or the whole page at that part."""
    if is_fragment(request):
        return render(
            request,
            f"{HERE}/part.html",
            _context(request, part=PARTS[key], editing=editing, quiet="quiet" in request.GET),
            status=status,
        )
    if editing is None:
        return HttpResponseRedirect(f"{reverse('my_resume')}#{key}")
    return render(request, f"{HERE}/edit.html", {"part": PARTS[key], "editing": editing}, status=status)


def _saved(request: Request, key: str, text: str) -> HttpResponse:
    """Answer a change: the part, or a redirect to it, with a message."""
    if is_fragment(request):
        return say(_part(request, key), text)
    messages.success(request, text)
    return HttpResponseRedirect(f"{reverse('my_resume')}#{key}")


@access(SIGNED_IN)
@require_GET
def page(request: Request) -> HttpResponse:
    """The whole page, with what to add next, and the visibility."""
    seen = {"now": queries.visibility(request.actor), "present": queries.blocks.present_employers(request.actor)}
    context = _context(request)
    letters = unprintable(context["resume"])
    return render(request, f"{HERE}/resume.html", {**context, **seen, "unprintable": letters})


@access(SIGNED_IN)
@require_GET
def preview(request: Request) -> HttpResponse:
    """The resume as a recruiter opens it; `?contacts=1` as after unmasking."""
    view = queries.my_resume(request.actor)
    masked = request.GET.get("contacts") != "1"
    context = {
        "resume": queries.mask(view) if masked else view,
        "masked": masked,
        "hints": queries.completeness_hints(view),
        "unprintable": unprintable(view),
    }
    return render(request, f"{HERE}/preview.html", context)


@access(SIGNED_IN)
@require_GET
def occupations(request: Request) -> HttpResponse:
    """Occupations that match the typed text, as options."""
    found = reference.search_occupations(request.GET.get("occupation", "")[:40])
    return render(request, f"{HERE}/occupations.html", {"found": found})


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def basics(request: Request) -> HttpResponse:
    """The head."""
    if request.method == "GET" and "cancel" in request.GET:
        return _part(request, "basics")
    view = queries.my_resume(request.actor)
    form = with_kept_input(request, BasicsForm(request.POST or None, initial=BasicsForm.initial_of(view)))
    seen = request.POST.get("seen", "") or seen_of(queries.head_for_edit(request.actor))
    if request.method == "POST" and attempt(
        form, lambda: actions.save_basics(request.actor, basics=form.basics(), seen=request.POST.get("seen", ""))
    ):
        return _saved(request, "basics", "基本信息已保存")
    warning = warning_of(request.actor.person, CheckKind.IDENTITY)
    editing = Editing(form, reverse("resume_basics"), warning=warning, seen=seen)
    return _part(request, "basics", editing, 422 if form.errors else 200)


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def self_description(request: Request) -> HttpResponse:
    """The self description."""
    if request.method == "GET" and "cancel" in request.GET:
        return _part(request, "self")
    view = queries.my_resume(request.actor)
    # An empty text is valid, so the form is bound by the method and not by its data.
    form = SelfForm(request.POST if request.method == "POST" else None, initial=SelfForm.initial_of(view))
    form = with_kept_input(request, form)
    seen = request.POST.get("seen", "") or seen_of(queries.self_description_for_edit(request.actor))
    if request.method == "POST" and attempt(
        form,
        lambda: actions.save_self_description(
            request.actor, text=form.cleaned_data["self_description"], seen=request.POST.get("seen", "")
        ),
    ):
        return _saved(request, "self", "自我描述已保存")
    return _part(request, "self", Editing(form, reverse("resume_self"), seen=seen), 422 if form.errors else 200)


@access(SIGNED_IN)
@require_GET
def section(request: Request, kind: str) -> HttpResponse:
    """A section: the target of cancelling."""
    return _part(request, kind)


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def add(request: Request, kind: str) -> HttpResponse:
    """A new entry; or, if it was autosaved meanwhile, that one."""
    saved = id_in(request.POST.get("section_id", ""))
    if saved:
        return _change(request, kind, saved)
    form = with_kept_input(request, ENTRY_FORMS[SectionKind(kind)](request.POST if request.method == "POST" else None))
    if request.method == "POST" and attempt(form, lambda: actions.save_section(request.actor, entry=form.entry())):
        removed.forget(request)
        return _saved(request, kind, f"{PARTS[kind].title}已添加")
    return _part(request, kind, Editing(form, reverse("resume_add", args=[kind])), 422 if form.errors else 200)


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def change(request: Request, kind: str, section_id: UUID) -> HttpResponse:
    """An existing entry."""
    return _change(request, kind, section_id)


def _change(request: Request, kind: str, section_id: UUID) -> HttpResponse:
    entry = queries.entry_for_edit(request.actor, kind=kind, section_id=section_id)
    form_class: type[EntryForm] = ENTRY_FORMS[SectionKind(kind)]
    form = form_class(request.POST if request.method == "POST" else None, initial=form_class.initial_of(entry))
    form = with_kept_input(request, form)
    if request.method == "POST" and attempt(
        form,
        lambda: actions.save_section(
            request.actor, entry=form.entry(), section_id=section_id, seen=request.POST.get("seen", "")
        ),
    ):
        return _saved(request, kind, f"{PARTS[kind].title}已保存")
    action = reverse("resume_entry", args=[kind, section_id])
    seen = request.POST.get("seen", "") or seen_of(entry)
    editing = Editing(form, action, section_id, warning_of(section_id, CHECKS.get(SectionKind(kind))), seen)
    return _part(request, kind, editing, 422 if form.errors else 200)


@access(SIGNED_IN, once=True)
@require_POST
def move(request: Request, kind: str, section_id: UUID) -> HttpResponse:
    """Move it up or down."""
    up = request.POST.get("direction") == "up"
    actions.move_section(request.actor, kind=SectionKind(kind), section_id=section_id, up=up)
    return _saved(request, kind, "顺序已调整")


@access(SIGNED_IN, once=True)
@require_POST
def remove(request: Request, kind: str, section_id: UUID) -> HttpResponse:
    """Delete an entry; undo for ten minutes. A second click finds it done."""
    try:
        gone = actions.remove_section(request.actor, kind=SectionKind(kind), section_id=section_id)
    except NotFound:
        kept = removed.kept(request)
        if kept is None or kept.section_id != section_id:
            raise
    else:
        removed.keep(request, gone, section_id)
    return _part(request, kind)


@access(SIGNED_IN, once=True)
@require_POST
def undo(request: Request) -> HttpResponse:
    """Restore the last removed entry."""
    kept = removed.kept(request)
    if kept is None:
        messages.info(request, "这一条已经恢复，或删除已超过 10 分钟。需要时请重新添加。")
        return HttpResponseRedirect(reverse("my_resume"))
    form = ENTRY_FORMS[kept.kind](kept.values)
    if not attempt(form, lambda: actions.save_section(request.actor, entry=form.entry(), position=kept.position)):
        raise Refused("没有恢复成功，请重新添加这一条。", code="not_restored")
    removed.forget(request)
    return _saved(request, kept.kind, "已恢复")
