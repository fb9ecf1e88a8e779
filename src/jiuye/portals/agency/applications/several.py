"""Several applications at once: reject them with one reason, or export them as a table."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from jiuye.domains.applications import actions, queries
from jiuye.kernel import clock
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid
from jiuye.kernel.http.request import Request
from jiuye.kernel.ids import id_in
from jiuye.kernel.spreadsheets import CONTENT_TYPE, table
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.applications.filters import chosen_in
from jiuye.portals.agency.applications.forms import RejectForm

TEMPLATES = "portals/agency/applications/templates"
_COLUMNS = (
    ("求职者", 14),
    ("职位", 30),
    ("用人单位", 30),
    ("状态", 14),
    ("企业意见", 12),
    ("下一步", 36),
    ("截止", 18),
    ("投递时间", 18),
)


@access(RECRUITER, once=True)
@require_POST
def reject_several(request: Request) -> HttpResponse:
    """Ask for the reason, then reject the chosen applications with it."""
    chosen = chosen_ids(request)
    if not chosen:
        messages.warning(request, "请先勾选投递，再选择要做的操作。")
        return redirect("agency_inbox")
    form = RejectForm(request.POST if "confirmed" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            ended = actions.reject_several(
                request.actor,
                application_ids=chosen,
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
            )
        except Invalid as error:
            for field, message in error.fields.items():
                form.add_error(field, message)
        else:
            _tell(request, ended)
            return redirect("agency_inbox")
    context = {"form": form, "chosen": chosen}
    return render(request, f"{TEMPLATES}/reject_several.html", context, status=422 if form.errors else 200)


def chosen_ids(request: Request) -> list[UUID]:
    """Return the ticked applications, each once."""
    found = map(id_in, request.POST.getlist("application"))
    return list(dict.fromkeys(one for one in found if one))


def _tell(request: Request, ended: actions.Ended) -> None:
    if ended.done:
        messages.success(request, f"已结束 {ended.done} 份投递，原因已告知求职者。")
    if ended.refused:
        shown = "；".join(ended.refused[:5])
        messages.warning(request, f"{len(ended.refused)} 份没有处理。{shown}")


@access(RECRUITER)
@require_POST
def export(request: Request) -> HttpResponse:
    """Export the list as a table, filtered like the page, without contacts."""
    rows = actions.export_inbox(request.actor, chosen=chosen_in(request.POST))
    name = f"applications-{clock.today():%Y%m%d}.xlsx"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(_workbook(rows), content_type=CONTENT_TYPE, headers=headers)


def _workbook(rows: list[queries.InboxRow]) -> bytes:
    return table("投递", _COLUMNS, map(_line, rows))


def _line(row: queries.InboxRow) -> tuple[str, ...]:
    step = row.next_step
    return (
        row.applicant_name or "求职者",
        row.title,
        row.employer_name,
        row.state_label,
        row.verdict_label,
        step.text if step else "",
        f"{clock.local(step.respond_by):%Y-%m-%d %H:%M}" if step and step.respond_by else "",
        f"{clock.local(row.submitted_at):%Y-%m-%d %H:%M}",
    )
