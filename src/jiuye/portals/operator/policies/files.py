"""A policy's attachments: add, read, delete."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.policies import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.portals.editing import blame
from jiuye.portals.operator.access import EDITOR
from jiuye.portals.operator.policies.forms import FileForm
from jiuye.portals.operator.policies.views import policy_page
from jiuye.portals.reading_limits import OWN_FILES


@access(EDITOR, once=True)
@require_POST
def add(request: Request, policy_id: UUID) -> HttpResponse:
    """Add one."""
    form = FileForm(request.POST, request.FILES)
    refusal: ProductError = Invalid({})
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.add_file(request.actor, policy_id=policy_id, file=file, name=file.name)
        except (Invalid, Unavailable) as error:
            blame(form, error)
            refusal = error
        else:
            messages.success(request, "附件已添加。")
            return redirect("ops_policy", policy_id)
    return policy_page(request, policy_id, form, refusal)


@access(EDITOR, once=True)
@require_POST
def delete(request: Request, policy_id: UUID, file_id: UUID) -> HttpResponse:
    """Delete it."""
    if not actions.delete_file(request.actor, policy_id=policy_id, file_id=file_id):
        raise NotFound
    messages.success(request, "附件已删除。")
    return redirect("ops_policy", policy_id)


@access(EDITOR, limit=OWN_FILES)
@require_safe
def read(request: Request, policy_id: UUID, file_id: UUID) -> HttpResponse:
    """Download it, published or not."""
    name, content_type, content = queries.draft_file(request.actor, policy_id, file_id)
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
