"""The resumes of several applications in one archive."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jiuye.documents import resume_bundle
from jiuye.domains.applications import actions
from jiuye.kernel import clock
from jiuye.kernel.access import access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.applications.document import agency_name
from jiuye.portals.agency.applications.several import chosen_ids
from jiuye.portals.downloads import as_download


@access(RECRUITER)
@require_POST
def resumes(request: Request) -> HttpResponseBase:
    """Download an archive of the chosen applications' resumes, without contacts, each logged for its owner."""
    chosen = chosen_ids(request)
    if not chosen:
        messages.warning(request, "请先勾选投递，再选择要做的操作。")
        return redirect("agency_inbox")
    try:
        taken = actions.take_resumes(request.actor, application_ids=chosen)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("agency_inbox")
    why = "".join(taken.refused[:3])
    if not taken.ids:
        messages.warning(request, f"没有可以下载的简历。{why}")
        return redirect("agency_inbox")
    if taken.refused:
        messages.warning(request, f"有 {len(chosen) - len(taken.ids)} 份简历没有放进压缩包。{why}")
    pieces = resume_bundle(request.actor, taken.ids, taken_by=agency_name(request.actor))
    return as_download(pieces, name=f"简历-{clock.today():%Y%m%d}.zip", content_type="application/zip")
