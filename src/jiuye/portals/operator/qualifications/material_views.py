"""Opening materials: every look is recorded, pages are shown by short-lived links and watermarked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.qualifications import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.fragments import is_fragment
from jiuye.portals.operator.access import AUDITOR
from jiuye.portals.operator.qualifications.case_views import TEMPLATES, case_page
from jiuye.portals.operator.qualifications.evidence import PURPOSE, evidence, read
from jiuye.portals.reading_limits import OWN_FILES
from jiuye.portals.shown_pages import page_picture


@access(AUDITOR)
@require_POST
def opened(request: Request, case_id: UUID) -> HttpResponse:
    """Open the materials: recorded. Answers the whole page, or the viewer as a fragment."""
    try:
        actions.open_materials(request.actor, case_id=case_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("ops_qualification", case_id)
    if not is_fragment(request):
        return case_page(request, case_id, is_open=True)
    file = queries.case_file(request.actor, case_id)
    context = {"case": file, "evidence": evidence(request.actor, file)}
    return render(request, f"{TEMPLATES}/evidence.html", context)


@access(AUDITOR, limit=OWN_FILES)
@require_safe
def page(request: Request, token: str) -> HttpResponse:
    """One page of a material as a picture with the viewer's watermark."""
    return page_picture(request, purpose=PURPOSE, token=token, read=read, again=reverse("ops_qualifications"))


@access(AUDITOR, limit=OWN_FILES)
@require_POST
def download(request: Request, case_id: UUID, material_id: UUID) -> HttpResponse:
    """A PDF or OFD as it was sent, for a check of its seals: recorded."""
    name, format_, content = queries.original(request.actor, case_id, material_id)
    actions.record_download(request.actor, case_id=case_id, material_id=material_id)
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=f"application/{format_}", headers=headers)
