"""Employers' records: find them, compare two, and merge them."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.organisations import queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.http.request import Request
from jiuye.merging.actions import REASON_LIMIT, Moved, merge_employers, preview_merge
from jiuye.portals.editing import blame
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import AUDITOR

TEMPLATES = "portals/operator/employers/templates"


class MergeForm(forms.Form):
    """Why two records are one employer."""

    reason = forms.CharField(
        label="依据",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": REASON_LIMIT}),
        help_text="写明核对了什么，如：营业执照变更通知书、两处登记的信用代码和地址一致。",
        error_messages={
            "required": "请写明依据，例如核对了哪份材料。",
            "max_length": f"最多 {REASON_LIMIT} 个字，请写短一些。",
        },
    )


@access(AUDITOR)
@require_safe
def listing(request: Request) -> HttpResponse:
    """The records by name or credit code, former codes included."""
    text = request.GET.get("q", "").strip()[:60]
    page = queries.registry(request.actor, text=text, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/list.html", {"page": page, "text": text, "kept": {"q": text} if text else {}})


@access(AUDITOR)
@require_safe
def detail(request: Request, employer_id: UUID) -> HttpResponse:
    """One record with those that look alike; the address of a merged one leads to its survivor."""
    try:
        row = queries.registry_entry(request.actor, employer_id)
    except NotFound:
        survivor = queries.merged_into(employer_id)
        if survivor is None:
            raise
        return redirect("ops_employer", survivor, permanent=True)
    context = {"row": row, "alike": queries.records_alike(request.actor, employer_id)}
    return render(request, f"{TEMPLATES}/detail.html", context)


@access(AUDITOR, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: Request, employer_id: UUID, other_id: UUID) -> HttpResponse:
    """Compare two records, preview the merge of the second into the first, then confirm it."""
    form = with_kept_input(request, MergeForm(request.POST if request.method == "POST" else None))
    moved: list[Moved] = []
    if request.method == "POST" and form.is_valid():
        ids = {"survivor_id": employer_id, "merged_id": other_id}
        try:
            if "confirmed" in request.POST:
                merge_employers(request.actor, reason=form.cleaned_data["reason"], **ids)
                messages.success(request, "已合并。原来的地址和信用代码都指向这一条登记。")
                return redirect("ops_employer", employer_id)
            moved = preview_merge(request.actor, **ids)
        except Invalid as error:
            blame(form, error)
        except Refused as error:
            form.add_error(None, error.message)
    context = {
        "survivor": queries.registry_entry(request.actor, employer_id),
        "merged": queries.registry_entry(request.actor, other_id),
        "moved": [one for one in moved if one.rows],
        "is_previewed": bool(moved),
        "form": form,
    }
    return render(request, f"{TEMPLATES}/merge.html", context, status=422 if form.errors else 200)
