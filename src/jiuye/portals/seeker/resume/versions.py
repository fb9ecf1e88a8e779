"""Resume versions: what changed, a preview, restore."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jiuye.domains.resumes import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request

HERE = "portals/seeker/resume/templates"


@access(SIGNED_IN)
@require_GET
def listing(request: Request) -> HttpResponse:
    """All versions, newest first."""
    return render(request, f"{HERE}/versions.html", {"versions": queries.versions(request.actor)})


@access(SIGNED_IN)
@require_GET
def one(request: Request, version_id: UUID) -> HttpResponse:
    """One version, and its differences from the present resume."""
    return render(request, f"{HERE}/version.html", {"version": queries.version(request.actor, version_id=version_id)})


@access(SIGNED_IN, once=True)
@require_POST
def restore(request: Request, version_id: UUID) -> HttpResponse:
    """Restore it."""
    then = queries.version(request.actor, version_id=version_id)
    actions.restore_version(request.actor, version_id=version_id)
    if then.changes:
        messages.success(request, "已恢复。恢复之前的简历也存成了一个版本，可以在“历史版本”里找回。")
    else:
        messages.info(request, "现在的简历与这个版本相同，不需要恢复。")
    return HttpResponseRedirect(reverse("my_resume"))
