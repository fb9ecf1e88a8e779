"""Edit a posting: create, edit, copy. A draft can be saved at any time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.jobs import actions, queries
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, ProductError, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.agency.jobs.forms import OWN, PostingForm
from jiuye.portals.agency.jobs.initial import initial_of
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/agency/jobs/templates"


def _employer(actor: Actor, form: PostingForm) -> UUID | None:
    """Return the form's employer, recording it if it is new."""
    if form.cleaned_data["hiring_for"] == OWN:
        return organisations.own_employer(actor)
    basics = form.employer()
    return organisations.name_employer(actor, basics=basics) if basics else None


def _keep_label(actor: Actor, form: PostingForm, posting_id: UUID) -> None:
    """Keep what the title means to the person who wrote an occupation beside it."""
    if form.data.get("occupation", "").strip() and "occupation" in form.changed_data:
        actions.keep_label(actor, posting_id=posting_id)


def _form_page(
    request: Request, form: PostingForm, posting: queries.PortalPosting | None, error: ProductError | None = None
) -> HttpResponse:
    region = form["region"].value() or ""
    context = {
        "form": form,
        "posting": posting,
        "region_name": reference.full_name(region) if reference.has_region(region) else region,
    }
    status = error.status if error else 422 if form.errors else 200
    return render(request, f"{TEMPLATES}/form.html", context, status=status)


def _after(request: Request, posting_id: UUID) -> HttpResponse:
    """Return the next page after saving: publication, or the posting's own page."""
    if request.POST.get("then") == "publish":
        return redirect(f"{_address(posting_id)}#publish")
    messages.success(request, "已保存。")
    return redirect("agency_job", posting_id)


def _address(posting_id: UUID) -> str:
    return f"/agency/jobs/{posting_id}"


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Create a draft."""
    actor: Actor = request.actor
    form = PostingForm(request.POST or None, initial={"pay_unit": "month", "employment_type": "full_time"})
    form = with_kept_input(request, form)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, None)
    try:
        posting_id = actions.create_posting(actor, content=form.content(_employer(actor, form)))
        _keep_label(actor, form, posting_id)
    except Invalid as error:
        form.show(error.fields)
        return _form_page(request, form, None, error)
    return _after(request, posting_id)


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, posting_id: UUID) -> HttpResponse:
    """Edit an existing posting; the form carries the version its author saw."""
    actor: Actor = request.actor
    posting = queries.get_for(actor, posting_id)
    form = with_kept_input(request, PostingForm(request.POST or None, initial=initial_of(posting)))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, posting)
    try:
        actions.edit_posting(
            actor,
            posting_id=posting_id,
            version=form.cleaned_data["version"] or 0,
            content=form.content(_employer(actor, form)),
        )
        _keep_label(actor, form, posting_id)
    except Invalid as error:
        form.show(error.fields)
        return _form_page(request, form, posting, error)
    except Refused as error:
        form.add_error(None, error.message)
        return _form_page(request, form, posting, error)
    return _after(request, posting_id)


@access(RECRUITER, once=True)
@require_POST
def copy(request: Request, posting_id: UUID) -> HttpResponse:
    """Create a draft like this one."""
    copied = actions.copy_posting(request.actor, posting_id=posting_id)
    messages.success(request, "已复制为新草稿。请修改不同的地方，并填写新的截止日期。")
    return redirect("agency_job_edit", copied)
