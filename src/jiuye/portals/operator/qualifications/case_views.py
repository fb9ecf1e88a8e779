"""One audit case: everything beside each other, the verdicts, notes, complaint and reversal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.qualifications import actions, queries
from jiuye.domains.qualifications.states import DecisionStep
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import AUDITOR
from jiuye.portals.operator.qualifications.evidence import evidence
from jiuye.portals.operator.qualifications.forms import ComplaintForm, NoteForm, ReverseForm, VerdictForm

TEMPLATES = "portals/operator/qualifications/templates"
_DONE = {
    DecisionStep.FIRST: "初审通过。接下来由另一位审核员复核，机构会看到“正在复核”。",
    DecisionStep.SECOND: "复核通过，机构的资质已生效，已通知机构。",
    DecisionStep.SINGLE: "审核通过，已通知机构。",
}


def case_page(
    request: Request,
    case_id: UUID,
    *,
    form: VerdictForm | None = None,
    note: NoteForm | None = None,
    complaint: ComplaintForm | None = None,
    is_open: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Render a case; with its materials if `is_open` (the caller has recorded the look)."""
    file = queries.case_file(request.actor, case_id)
    decide_at = reverse("ops_qualification_decide", args=[case_id])
    note_at = reverse("ops_qualification_note", args=[case_id])
    if form is None and file.may_decide:
        form = with_kept_input(request, verdict_form(file), action=decide_at)
    context = {
        "case": file,
        "form": form,
        "note": note or with_kept_input(request, NoteForm(), action=note_at),
        "complaint": complaint or ComplaintForm(auto_id="id_complaint_%s"),
        "evidence": evidence(request.actor, file) if is_open else None,
        "is_chief": request.actor.role == "owner",
    }
    return render(request, f"{TEMPLATES}/case.html", context, status=status)


def verdict_form(file: queries.CaseFile, *args: object) -> VerdictForm:
    """Return the form of a case. The second person begins with an empty one; what stood before is kept at a first look."""
    return VerdictForm(file.items, *args, keeps_accepted=file.state == "submitted", initial={"version": file.version})


@access(AUDITOR)
@require_safe
def detail(request: Request, case_id: UUID) -> HttpResponse:
    """One case, its materials closed: opening them is a POST, because every look is recorded."""
    return case_page(request, case_id)


@access(AUDITOR, once=True)
@require_POST
def claim(request: Request, case_id: UUID) -> HttpResponse:
    """Claim it."""
    try:
        actions.claim(request.actor, case_id=case_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("ops_qualification", case_id)


@access(AUDITOR, once=True)
@require_POST
def release(request: Request, case_id: UUID) -> HttpResponse:
    """Give it up."""
    try:
        actions.release(request.actor, case_id=case_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("ops_qualification", case_id)
    messages.success(request, "已释放，同事可以领取。")
    return redirect("ops_qualifications")


@access(AUDITOR, once=True)
@require_POST
def decide(request: Request, case_id: UUID) -> HttpResponse:
    """Pass or return it, as the pressed button says; then open the next case if it was asked for."""
    file = queries.case_file(request.actor, case_id)
    form = verdict_form(file, request.POST)
    if not form.is_valid():
        return _again(request, case_id, form, 422)
    given = form.cleaned_data
    try:
        if request.POST.get("decision") == "return":
            actions.return_case(
                request.actor, case_id=case_id, version=given["version"], stated=form.stated(), reason=given["reason"]
            )
            messages.success(request, f"已退回“{file.name}”补正，原因已告知机构。")
        else:
            step = actions.pass_case(request.actor, case_id=case_id, version=given["version"], stated=form.stated())
            messages.success(request, f"“{file.name}”{_DONE[step]}")
    except Invalid as error:
        form.add_faults(error.fields)
        return _again(request, case_id, form, 422)
    except Refused as refusal:
        if refusal.code in ("unsettled", "expired", "claimed", "credit_code_taken", "banned", "complaint"):
            form.add_error(None, refusal.message)
            return _again(request, case_id, form, refusal.status)
        messages.error(request, refusal.message)
        return case_page(request, case_id, status=refusal.status)
    if "next" in request.POST and (found := actions.claim_next(request.actor)):
        return redirect("ops_qualification", found)
    return redirect("ops_qualifications")


def _again(request: Request, case_id: UUID, form: VerdictForm, status: int) -> HttpResponse:
    """Show the refused form again, with the materials if they were open."""
    is_open = request.POST.get("open") == "1"
    if is_open:
        actions.open_materials(request.actor, case_id=case_id)
    return case_page(request, case_id, form=form, is_open=is_open, status=status)


@access(AUDITOR, once=True)
@require_POST
def add_note(request: Request, case_id: UUID) -> HttpResponse:
    """Add a private note."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return case_page(request, case_id, note=form, status=422)
    actions.add_note(request.actor, case_id=case_id, text=form.cleaned_data["text"])
    messages.success(request, "备注已保存。")
    return redirect("ops_qualification", case_id)


@access(AUDITOR, once=True)
@require_POST
def open_complaint(request: Request, case_id: UUID) -> HttpResponse:
    """Open a case of its own because of a complaint; this one stays as it is."""
    form = ComplaintForm(request.POST, auto_id="id_complaint_%s")
    if not form.is_valid():
        return case_page(request, case_id, complaint=form, status=422)
    try:
        found = actions.open_complaint(request.actor, case_id=case_id, text=form.cleaned_data["text"])
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("ops_qualification", case_id)
    messages.success(request, "已立案核查。原来的审核结果不变，核查有结论再处理。")
    return redirect("ops_qualification", found)


@access(AUDITOR.confirmed(), once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def reverse_case(request: Request, case_id: UUID) -> HttpResponse:
    """Take an approval back, after a recent confirmation of who is at the desk."""
    file = queries.case_file(request.actor, case_id)
    form = ReverseForm(request.POST or None, initial={"version": file.version})
    form = with_kept_input(request, form, action=reverse("ops_qualification_reverse", args=[case_id]))
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.reverse_case(request.actor, case_id=case_id, version=given["version"], reason=given["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, f"已撤销“{file.name}”的审核通过，已通知机构。")
            return redirect("ops_qualification", case_id)
    return render(request, f"{TEMPLATES}/reverse.html", {"case": file, "form": form}, status=status)
