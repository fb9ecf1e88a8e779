"""Notes among the agency's members about an application."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jiuye.domains.applications import actions
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.applications.forms import NoteForm
from jiuye.portals.agency.applications.views import page


@access(RECRUITER, once=True)
@require_POST
def add(request: Request, application_id: UUID) -> HttpResponse:
    """Add a note."""
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            actions.add_note(request.actor, application_id=application_id, text=form.cleaned_data["text"])
        except Invalid as error:
            for field, message in error.fields.items():
                form.add_error(field, message)
        except Refused as error:
            messages.error(request, error.message)
            return redirect("agency_application", application_id)
        else:
            messages.success(request, "备注已保存，只有本机构的成员看得到。")
            return redirect("agency_application", application_id)
    return page(request, application_id, note=form, status=422)


@access(RECRUITER, once=True)
@require_POST
def delete(request: Request, application_id: UUID, note_id: UUID) -> HttpResponse:
    """Delete one's own note."""
    actions.delete_note(request.actor, application_id=application_id, note_id=note_id)
    messages.success(request, "备注已删除。")
    return redirect("agency_application", application_id)
