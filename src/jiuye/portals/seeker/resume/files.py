"""An uploaded resume: sent, read by the worker, and looked through block by block before anything of it counts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.queries import FileView
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page
from jiuye.portals.fragments import is_fragment
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.login.entry import safe_target
from jiuye.portals.seeker.resume.form_saving import attempt
from jiuye.portals.seeker.resume.forms import ENTRY_FORMS

HERE = "portals/seeker/resume/templates"
_SOME_LEFT = "读全的都已写进简历。下面这几段还缺一点，补上就行。"


class FileForm(forms.Form):
    """A resume as a file."""

    file = forms.FileField(
        label="选择简历文件",
        help_text="Word、PDF、RTF、网页格式，或者照片、截图，不超过 10 MB。",
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.pdf,.rtf,.mht,.mhtml,.html,.htm,image/*,.heic"}),
        error_messages={
            "required": "请先选择一个文件。",
            "empty": "这个文件是空的，请重新选择。",
            "missing": "请先选择一个文件。",
            "invalid": "文件没有传上来，请重新选择。",
        },
    )


def address(name: str, target: str, *args: str) -> str:
    """Return a route's address that leads back to `target` afterwards."""
    return reverse(name, args=args) + (f"?{urlencode({'next': target})}" if target else "")


def uploaded(request: Request) -> FileView | None:
    """Return the person's uploaded resume beside their resume as it is."""
    return queries.resume_file(request.actor, queries.my_resume(request.actor))


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def page(request: Request) -> HttpResponse:
    """The upload, and then the blocks. htmx sends the file from other pages and gets the state as a fragment."""
    target = safe_target(request.GET.get("next", ""))
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    form = with_kept_input(request, form)
    refusal = _refused(request, form) if request.method == "POST" else None
    if request.method == "POST" and refusal is None:
        return _state(request, target) if is_fragment(request) else HttpResponseRedirect(address("resume_file", target))
    if is_fragment(request):
        return _state(
            request, target, fault=" ".join(str(message) for found in form.errors.values() for message in found)
        )
    context = {"form": form, "file": uploaded(request), "target": target}
    return form_page(request, f"{HERE}/file.html", context, refusal)


def _refused(request: Request, form: FileForm) -> ProductError | None:
    """Keep the file. Return what was refused, as the form says it."""
    if not form.is_valid():
        return Invalid({})
    file = form.cleaned_data["file"]
    try:
        actions.upload_resume_file(request.actor, file=file, name=file.name)
    except Invalid as problem:
        form.add_error("file", problem.fields["file"])
        return problem
    except RateLimited as problem:
        form.add_error(None, problem.message)
        return problem
    return None


@access(SIGNED_IN)
@require_GET
def state(request: Request) -> HttpResponse:
    """The state of the reading, which asks again while it waits, and then has the whole page shown."""
    return _state(request, safe_target(request.GET.get("next", "")))


def _state(request: Request, target: str, fault: str = "") -> HttpResponse:
    file = None if fault else uploaded(request)
    answer = render(request, f"{HERE}/file_state.html", {"file": file, "target": target, "fault": fault})
    if file is not None and not file.is_waiting:
        answer.headers["HX-Refresh"] = "true"
    return answer


@access(SIGNED_IN, once=True)
@require_POST
def confirm(request: Request) -> HttpResponse:
    """All blocks that are complete, after they were seen."""
    target = safe_target(request.GET.get("next", ""))
    if actions.confirm_file(request.actor, attach="attach" in request.POST):
        messages.info(request, _SOME_LEFT)
        return HttpResponseRedirect(address("resume_file", target))
    messages.success(request, "已写进简历，随时可以修改")
    return HttpResponseRedirect(target or reverse("my_resume"))


@access(SIGNED_IN, once=True)
@require_POST
def discard(request: Request) -> HttpResponse:
    """Delete the file and what was read in it."""
    actions.discard_file(request.actor)
    messages.success(request, "文件和读到的内容已删除")
    return HttpResponseRedirect(safe_target(request.GET.get("next", "")) or reverse("my_resume"))


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def block(request: Request, key: str) -> HttpResponse:
    """One block: written as it was read, left out, or changed in its form first."""
    target = safe_target(request.GET.get("next", ""))
    if request.method == "POST" and "go" in request.POST:
        try:
            if request.POST["go"] == "refuse":
                actions.settle_file_block(request.actor, key=key)
            else:
                actions.confirm_file_block(request.actor, key=key)
        except (Invalid, Refused) as problem:
            messages.error(
                request, " ".join(problem.fields.values()) if isinstance(problem, Invalid) else problem.message
            )
        except NotFound as problem:
            messages.info(request, problem.message)
        return _next(request, target)
    return _form(request, key, target)


def _form(request: Request, key: str, target: str) -> HttpResponse:
    kind, values = queries.block_for_edit(request.actor, key)
    initial = values | {name: reference.full_name(values[name]) for name in ("region",) if values.get(name)}
    if initial.get("occupation"):
        initial["occupation"] = reference.occupation(initial["occupation"]).name
    form = ENTRY_FORMS[kind](request.POST if request.method == "POST" else None, initial=initial)
    form = with_kept_input(request, form)
    if request.method == "POST" and attempt(
        form, lambda: actions.confirm_file_block(request.actor, key=key, entry=form.entry())
    ):
        return _next(request, target)
    context: dict[str, Any] = {"form": form, "title": kind.label, "target": target, "key": key}
    return render(request, f"{HERE}/file_block.html", context, status=422 if form.errors else 200)


def _next(request: Request, target: str) -> HttpResponse:
    """Go on with the next block, or to where the person came from when none is left."""
    if uploaded(request) is not None:
        return HttpResponseRedirect(address("resume_file", target))
    messages.success(request, "简历文件核对完了，写进去的随时可以修改")
    return HttpResponseRedirect(target or reverse("my_resume"))
