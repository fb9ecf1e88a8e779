"""Autosave: store valid fields, answer with the errors of the others.

For the forms' script (`autosave.js`). The browser's draft keeps what is not stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from jiuye.domains.resumes import actions, queries
from jiuye.domains.resumes.checkable import CHECKS
from jiuye.domains.resumes.merge import ChangedElsewhere, seen_after, seen_of, touched
from jiuye.domains.resumes.states import SectionKind
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel import clock
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.ids import id_in
from jiuye.portals.seeker.resume.fields import ResumeForm
from jiuye.portals.seeker.resume.form_saving import warning_of
from jiuye.portals.seeker.resume.forms import ENTRY_FORMS, BasicsForm, EntryForm, SelfForm
from jiuye.portals.seeker.resume.parts import PARTS

HERE = "portals/seeker/resume/templates"


@access(SIGNED_IN)
@require_POST
def save(request: Request, key: str) -> HttpResponse:
    """Save the valid fields of a part's form.

    JSON: `state` saved | unsaved | torn; `words` for the status line; `errors` {field: what is wrong}; `seen` and
    `section_id` to send from now on; for torn, `elsewhere`: the choice as HTML.
    """
    seen = request.POST.get("seen", "")
    if key == "basics":
        return _basics(request, BasicsForm(request.POST), seen)
    if key == "self":
        return _self_description(request, SelfForm(request.POST), seen)
    section_id = id_in(request.POST.get("section_id", ""))
    form = ENTRY_FORMS[SectionKind(key)](request.POST)
    return _change(request, form, section_id, seen) if section_id else _add(request, form)


def _basics(request: Request, form: BasicsForm, seen: str) -> HttpResponse:
    if warning_of(request.actor.person, CheckKind.IDENTITY):
        return _by_hand()
    form.is_valid()
    return _store(
        request,
        "basics",
        form,
        touched(form.cleaned_data, seen),
        lambda changes: actions.change_basics(request.actor, changes=changes, seen=seen),
        lambda names: {"seen": seen_after(seen, queries.head_for_edit(request.actor), names)},
    )


def _self_description(request: Request, form: SelfForm, seen: str) -> HttpResponse:
    form.is_valid()
    return _store(
        request,
        "self",
        form,
        touched(form.cleaned_data, seen),
        lambda changes: actions.save_self_description(request.actor, text=changes["self_description"], seen=seen),
        lambda names: {"seen": seen_of(queries.self_description_for_edit(request.actor))},
    )


def _change(request: Request, form: EntryForm, section_id: UUID, seen: str) -> HttpResponse:
    kind = form.entry_class.kind
    if warning_of(section_id, CHECKS.get(kind)):
        return _by_hand()
    form.is_valid()
    try:
        stored = queries.entry_for_edit(request.actor, kind=kind, section_id=section_id)
    except NotFound:
        return _gone()

    def store(changes: Mapping[str, Any]) -> None:
        entry = replace(cast(Any, stored), **changes)
        actions.save_section(request.actor, entry=entry, section_id=section_id, seen=seen)

    return _store(
        request,
        kind,
        form,
        touched(form.cleaned_data, seen),
        store,
        lambda names: {
            "seen": seen_after(seen, queries.entry_for_edit(request.actor, kind=kind, section_id=section_id), names)
        },
    )


def _add(request: Request, form: EntryForm) -> HttpResponse:
    """Create a new entry as soon as it is valid."""
    kind = form.entry_class.kind
    if not form.is_valid():
        return _unsaved(form)
    made: list[UUID] = []
    return _store(
        request,
        kind,
        form,
        form.cleaned_data,
        lambda changes: made.append(actions.save_section(request.actor, entry=form.entry())),
        lambda names: {
            "section_id": str(made[0]),
            "seen": seen_of(queries.entry_for_edit(request.actor, kind=kind, section_id=made[0])),
        },
        whole=True,
    )


def _store(
    request: Request,
    key: str,
    form: ResumeForm,
    changes: Mapping[str, Any],
    store: Callable[[Mapping[str, Any]], object],
    afterwards: Callable[[list[str]], dict[str, str]],
    *,
    whole: bool = False,
) -> HttpResponse:
    """Store the changes, without those that the domain refuses (`whole`: all or nothing), and answer."""
    left = dict(changes)
    while left:
        try:
            store(left)
        except Invalid as problem:
            for name, message in problem.fields.items():
                form.add_error(name if name in form.fields else None, message)
            faulty = set(problem.fields) & set(left)
            left = {name: value for name, value in left.items() if name not in faulty} if faulty and not whole else {}
        except ChangedElsewhere as problem:
            form.elsewhere = problem
            return _torn(request, key, form)
        except NotFound:
            return _gone()
        except Refused as problem:
            return JsonResponse({"state": "unsaved", "words": problem.message, "errors": {}})
        else:
            return _saved(form, afterwards(list(left)))
    return _unsaved(form) if form.errors else _saved(form, {})


def _saved(form: ResumeForm, more: dict[str, str]) -> HttpResponse:
    words = f"已保存 {clock.local(clock.now()):%H:%M}"
    if form.errors:
        words += f"，还有 {len(form.errors)} 处没有保存"
    return JsonResponse({"state": "saved", "words": words, "errors": _errors(form), **more})


def _unsaved(form: ResumeForm) -> HttpResponse:
    needed = [str(form.fields[name].label) for name in form.errors if name in form.fields]
    words = f"填好{'、'.join(needed)}后自动保存" if needed else "还没有保存"
    return JsonResponse({"state": "unsaved", "words": words, "errors": _errors(form)})


def _torn(request: Request, key: str, form: ResumeForm) -> HttpResponse:
    section_id = request.POST.get("section_id", "")
    action = reverse("resume_entry", args=[key, section_id]) if section_id else reverse(f"resume_{key}")
    context = {"part": PARTS[key], "form": form, "action": action}
    choice = render(request, f"{HERE}/elsewhere.html", context).content.decode()
    return JsonResponse({"state": "torn", "words": "没有保存：别处刚改过", "errors": {}, "elsewhere": choice})


def _by_hand() -> HttpResponse:
    """Refuse to autosave a verified item: dropping its result must be the person's decision, by the button."""
    return JsonResponse({"state": "unsaved", "words": "这部分已核验，请改好后点“保存”。", "errors": {}})


def _gone() -> HttpResponse:
    return JsonResponse(
        {"state": "unsaved", "words": "没有保存：这一条已在别处删除。内容记在这台设备上。", "errors": {}}
    )


def _errors(form: ResumeForm) -> dict[str, str]:
    return {name: " ".join(map(str, messages)) for name, messages in form.errors.items()}
