"""The policy editor: the list, one policy, its content, its conditions, and a preview."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.policies import actions, queries
from jiuye.domains.policies.states import POLICY_LABELS
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, ProductError, Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.text.tidying import tidy_line
from jiuye.portals.editing import blame, refuse_incomplete, version_of
from jiuye.portals.errors import form_page
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import EDITOR
from jiuye.portals.operator.policies.forms import ConditionSet, FileForm, PolicyForm, condition_set

TEMPLATES = "portals/operator/policies/templates"
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(EDITOR)
@require_safe
def listing(request: Request) -> HttpResponse:
    """All policies, or those of a state that match the words."""
    text, state = tidy_line(request.GET.get("q", ""))[:40], request.GET.get("state", "")
    state = state if state in POLICY_LABELS else ""
    context = {
        "page": queries.listing(request.actor, state=state, text=text, cursor=request.GET.get("cursor", "")),
        "counts": queries.counts(request.actor),
        "states": POLICY_LABELS,
        "state": state,
        "text": text,
        "kept": {k: v for k, v in (("q", text), ("state", state)) if v},
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(EDITOR, once=True)
@_FORM
def new(request: Request) -> HttpResponse:
    """Create a draft."""
    form = with_kept_input(request, PolicyForm(request.POST if request.method == "POST" else None))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_policy(request.actor, content=form.content())
        except Invalid as error:
            blame(form, error)
        else:
            messages.success(request, "草稿已保存。补全后可以预览和发布。")
            return redirect("ops_policy", made)
    context = {"form": form, "policy": None, "version": 0, "region_name": _region_name(form)}
    return render(request, f"{TEMPLATES}/edit.html", context, status=422 if form.errors else 200)


@access(EDITOR)
@require_safe
def detail(request: Request, policy_id: UUID) -> HttpResponse:
    """One policy: its status, what is missing, its attachments, its history."""
    return policy_page(request, policy_id, FileForm())


def policy_page(
    request: Request, policy_id: UUID, file_form: FileForm, refusal: ProductError | None = None
) -> HttpResponse:
    """Render the page of a policy, with the submitted form for another file."""
    context = {
        "policy": queries.desk(request.actor, policy_id),
        "history": queries.history(request.actor, policy_id),
        "file_form": file_form,
        "most_files": actions.MOST_FILES,
    }
    return form_page(request, f"{TEMPLATES}/detail.html", context, refusal)


@access(EDITOR, once=True)
@_FORM
def edit(request: Request, policy_id: UUID) -> HttpResponse:
    """Edit its content. A concurrent edit is refused."""
    found = queries.desk(request.actor, policy_id)
    form = PolicyForm(request.POST if request.method == "POST" else None, initial=PolicyForm.initial_of(found))
    form = with_kept_input(request, form)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_policy(request.actor, policy_id=policy_id, content=form.content(), version=version_of(request))
        except Invalid as error:
            blame(form, error)
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            messages.success(request, "已保存，公众看到的已经更新。" if found.state == "published" else "草稿已保存。")
            return redirect("ops_policy", policy_id)
    if form.errors and status == 200:
        status = 422
    context = {"form": form, "policy": found, "version": found.version, "region_name": _region_name(form)}
    return render(request, f"{TEMPLATES}/edit.html", context, status=status)


@access(EDITOR)
@_FORM
def conditions(request: Request, policy_id: UUID) -> HttpResponse:
    """Edit the conditions, with two blank ones to add."""
    found = queries.desk(request.actor, policy_id)
    rows = condition_set(request.POST if request.method == "POST" else None, found.conditions)
    refuse_incomplete(rows)
    rows = with_kept_input(request, rows)
    refused, status = "", 200
    if request.method == "POST" and not rows.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            actions.edit_conditions(
                request.actor, policy_id=policy_id, conditions=rows.conditions(), version=version_of(request)
            )
        except Invalid as error:
            refused, status = _note(rows, error), error.status
        except Refused as error:
            refused, status = error.message, error.status
        else:
            messages.success(request, "申请条件已保存。")
            again = "more" in request.POST
            return redirect("ops_policy_conditions" if again else "ops_policy", policy_id)
    context: dict[str, Any] = {"policy": found, "rows": rows, "refused": refused, "most": queries.MOST_CONDITIONS}
    return render(request, f"{TEMPLATES}/conditions.html", context, status=status)


@access(EDITOR)
@require_safe
def preview(request: Request, policy_id: UUID) -> HttpResponse:
    """Preview the public page."""
    context = {
        "policy": queries.desk(request.actor, policy_id),
        "shown": queries.preview(request.actor, policy_id),
    }
    return render(request, f"{TEMPLATES}/preview.html", context)


def _note(rows: ConditionSet, error: Invalid) -> str:
    """Attach each error to its field; return the others."""
    kept = rows.kept()
    for name, message in error.fields.items():
        index, _, column = name.partition(".")
        if column:
            kept[int(index)].add_error(column, message)
    return error.fields.get("conditions", "")


def _region_name(form: forms.Form) -> str:
    code = str(form["region"].value() or "")
    return reference.display_name(code) if reference.has_region(code) else code
