"""Import step by step: upload, mapping, preview, progress, result."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.actions import imports as actions
from jiuye.domains.jobs.queries import imports as queries
from jiuye.domains.jobs.states import POSTING_LABELS, ImportState
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.spreadsheets import CONTENT_TYPE
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.imports.forms import SUGGESTED, MappingForm, UploadForm
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.reading_limits import DRAWN

TEMPLATES = "portals/agency/imports/templates"
_RESULT_ORDER = sorted(POSTING_LABELS, key=lambda state: state != "published")
_BEFORE_RUN = (ImportState.UPLOADED, ImportState.MAPPED)


@access(RECRUITER, once=True)
@require_http_methods(["GET", "POST"])
def imports(request: Request) -> HttpResponse:
    """The upload form and the imports so far."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch_id = actions.upload_sheet(request.actor, filename=file.name, content=file)
        except Invalid as error:
            form.add_error("file", error.fields.get("file", error.message))
        else:
            return redirect("agency_import", batch_id)
    page = queries.batches(request.actor, cursor=request.GET.get("cursor", ""))
    status = 422 if form.errors else 200
    return render(request, f"{TEMPLATES}/list.html", {"form": form, "page": page}, status=status)


@access(RECRUITER, limit=DRAWN)
@require_GET
def template(request: Request) -> HttpResponse:
    """Download our template workbook."""
    return _download(*queries.template())


@access(RECRUITER)
@require_http_methods(["GET", "POST"])
def mapping(request: Request, batch_id: UUID) -> HttpResponse:
    """Column mapping and defaults."""
    view = queries.get_for(request.actor, batch_id)
    if view.state not in _BEFORE_RUN:
        return redirect("agency_import", batch_id)
    if view.question:
        return redirect("agency_import_worksheets", batch_id)
    columns = queries.columns(request.actor, batch_id)
    standing = queries.standing(request.actor)
    is_new = view.state == ImportState.UPLOADED
    form = MappingForm(
        request.POST if request.method == "POST" else None,
        columns=columns,
        defaults=(_suggested(view) | view.defaults) if is_new else view.defaults,
        publish=standing.may_publish if is_new else view.publish,
        choices=view.choices,
        remembered=view.remembered,
    )
    form = with_kept_input(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_mapping(
                request.actor,
                batch_id,
                mapping=form.mapping(),
                defaults=form.defaults(),
                publish=form.cleaned_data["publish"],
                choices=form.choices(),
            )
        except Invalid as error:
            form.take_faults(error.fields)
        except Refused as error:
            messages.error(request, error.message)
            return redirect("agency_import", batch_id)
        else:
            return redirect("agency_import", batch_id)
    lacking, again, provided = form.default_names()
    context = {
        "batch": view,
        "form": form,
        "columns": columns,
        "standing": standing,
        "lacking": lacking,
        "again": again,
        "provided": provided,
        "remarks": queries.remarks(view),
    }
    return render(request, f"{TEMPLATES}/mapping.html", context, status=422 if form.errors else 200)


def _suggested(view: queries.ImportView) -> dict[str, str]:
    """Return usual texts for what the sheet has no column for. Blank cells of a column are never filled unasked."""
    return {code: text for code, text in SUGGESTED.items() if code not in view.mapping}


@access(RECRUITER)
@require_GET
def detail(request: Request, batch_id: UUID) -> HttpResponse:
    """An import at its step: preview, progress or result."""
    view = queries.get_for(request.actor, batch_id)
    if view.state == ImportState.READING:
        return render(request, f"{TEMPLATES}/reading.html", {"batch": view})
    if view.state == ImportState.UPLOADED:
        return redirect("agency_import_mapping", batch_id)
    if view.state == ImportState.MAPPED:
        foreseen = queries.preview(request.actor, batch_id)
        context = {
            "batch": view,
            "rows": foreseen.rows,
            "rows_read": len({(one.worksheet, one.number) for one in foreseen.rows}),
            "several_worksheets": len({one.worksheet for one in foreseen.rows}) > 1,
            "outcomes": foreseen.outcomes(),
            "obstacle": foreseen.obstacle,
            "lacking": queries.unmapped_legal_labels(view),
        }
        return render(request, f"{TEMPLATES}/preview.html", context)
    counts = jobs.counts(request.actor, jobs.ListFilter(batch=batch_id))
    states = [(state, POSTING_LABELS[state], counts[state]) for state in _RESULT_ORDER if counts[state]]
    context = {"batch": view, "states": states, "postings": counts["all"]}
    return render(request, f"{TEMPLATES}/detail.html", context)


@access(RECRUITER)
@require_POST
def start(request: Request, batch_id: UUID) -> HttpResponse:
    """Hand the import to the worker."""
    try:
        actions.start_import(request.actor, batch_id)
    except Refused as error:
        messages.error(request, error.message)
    return redirect("agency_import", batch_id)


@access(RECRUITER)
@require_GET
def progress(request: Request, batch_id: UUID) -> HttpResponse:
    """The progress of reading or importing, polled each second; at its end the page reloads with the result."""
    view = queries.get_for(request.actor, batch_id)
    response = render(request, f"{TEMPLATES}/progress.html", {"batch": view})
    if view.state not in (ImportState.READING, ImportState.RUNNING):
        response["HX-Refresh"] = "true"
    return response


@access(RECRUITER)
@require_GET
def rejected(request: Request, batch_id: UUID) -> HttpResponse:
    """The rows of which nothing was stored, with the reasons."""
    view = queries.get_for(request.actor, batch_id)
    page = queries.rejections(request.actor, batch_id, cursor=request.GET.get("cursor", ""), size=30)
    context = {
        "batch": view,
        "page": page,
        "mapping": view.mapping,
        "several_worksheets": len({one.worksheet for one in page.items}) > 1,
    }
    return render(request, f"{TEMPLATES}/rejected.html", context)


@access(RECRUITER, limit=DRAWN)
@require_GET
def errors(request: Request, batch_id: UUID) -> HttpResponse:
    """The rejected rows, to be corrected and imported again."""
    return _download(*queries.error_workbook(request.actor, batch_id))


def _download(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
