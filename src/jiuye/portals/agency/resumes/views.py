"""Resumes visible to agencies of the region: search, open (logged), invite to apply."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.applications import queries as applications
from jiuye.domains.applications.actions import invite_to_apply
from jiuye.domains.reference import queries as reference
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.queries import findable
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.resumes.forms import OPTIONS, InviteForm, chosen_in, kept
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/agency/resumes/templates"


@access(RECRUITER)
@require_safe
def list_found(request: Request) -> HttpResponse:
    """The resumes, last changed first, filtered. At most 12 queries with the desk's own."""
    try:
        resumes.check_approved(request.actor)
    except Refused as refusal:
        return render(request, f"{TEMPLATES}/closed.html", {"reason": refusal.message})
    chosen = chosen_in(request.GET)
    page = findable.found(request.actor, chosen, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "invited": applications.invited_among(request.actor, [row.id for row in page.items]),
        "chosen": chosen,
        "kept": kept(chosen),
        "region_name": reference.full_name(chosen.region) if chosen.region else "",
        "options": OPTIONS,
        "provinces": [(one.code, one.name) for one in reference.provinces()],
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(RECRUITER)
@require_safe
def detail(request: Request, resume_id: UUID) -> HttpResponse:
    """One masked resume. The resume itself is opened by a POST, because opening it is logged for its owner."""
    return _page(request, resume_id)


@access(RECRUITER)
@require_POST
def open_one(request: Request, resume_id: UUID) -> HttpResponse:
    """Open the resume: logged for its owner."""
    try:
        resumes.open_found_resume(request.actor, resume_id=resume_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("agency_resumes")
    return _page(request, resume_id, is_open=True)


@access(RECRUITER, once=True)
@require_POST
def invite(request: Request, resume_id: UUID) -> HttpResponse:
    """Invite the owner to apply to one of the agency's open postings."""
    form = InviteForm(request.POST, offered=applications.on_offer(request.actor))
    if not form.is_valid():
        return _page(request, resume_id, form=form, status=422)
    try:
        invite_to_apply(
            request.actor,
            resume_id=resume_id,
            posting_id=UUID(form.cleaned_data["posting"]),
            note=form.cleaned_data["note"],
        )
    except Invalid as error:
        for field, message in error.fields.items():
            form.add_error(field, message)
        return _page(request, resume_id, form=form, status=422)
    except (Refused, RateLimited) as error:
        form.add_error(None, error.message)
        return with_wait(_page(request, resume_id, form=form, status=error.status), error)
    messages.success(request, "邀请已发出，求职者会收到站内消息。对方投递后，简历会出现在“投递”里。")
    return redirect("agency_resume", resume_id)


def _page(
    request: Request, resume_id: UUID, *, is_open: bool = False, form: InviteForm | None = None, status: int = 200
) -> HttpResponse:
    found = findable.found_one(request.actor, resume_id, is_open=is_open)
    if form is None:
        form = InviteForm(offered=applications.on_offer(request.actor))
        form = with_kept_input(request, form, action=reverse("agency_resume_invite", args=[resume_id]))
    context = {
        "found": found,
        "row": found.row,
        "form": form,
        "sent": applications.invitations_to(request.actor, found.owner_id),
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=status)
