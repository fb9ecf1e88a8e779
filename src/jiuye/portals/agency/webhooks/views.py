"""Endpoints: the list, one with its health, create, edit, pause, delete."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import OWNER
from jiuye.portals.agency.webhooks.forms import EndpointForm, NewEndpointForm, TestForm
from jiuye.portals.kept_input import with_kept_input
from jiuye.webhooks import actions, catalogue, queries

TEMPLATES = "portals/agency/webhooks/templates"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(OWNER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """All endpoints with their health."""
    return render(request, f"{TEMPLATES}/list.html", {"endpoints": queries.endpoints(request.actor)})


@access(OWNER)
@require_safe
def detail(request: Request, endpoint_id: UUID) -> HttpResponse:
    """One with its health, newest deliveries and replays."""
    found = queries.overview(request.actor, endpoint_id)
    context = {
        "endpoint": found.endpoint,
        "health": found.health,
        "newest": found.newest,
        "replay": found.replay,
        "labels": catalogue.LABELS,
        "form": TestForm(),
    }
    return render(request, f"{TEMPLATES}/detail.html", context)


@access(OWNER.confirmed(), once=True)
@FORM
def create(request: Request) -> HttpResponse:
    """Create one."""
    clients = queries.clients_to_choose(request.actor)
    form = with_kept_input(request, NewEndpointForm(request.POST or None, clients=clients, initial={"source": "live"}))
    status = 422 if form.errors else 200
    if form.is_bound and form.is_valid():
        try:
            made = actions.create_endpoint(request.actor, **form.given())
        except (Invalid, Refused) as error:
            add_errors(form, error)
            status = error.status
        else:
            messages.success(request, "已创建。下一步：查看签名密钥，放进您的系统，然后试推送一条。")
            return redirect("agency_webhook", made.id)
    return render(request, f"{TEMPLATES}/new.html", {"form": form}, status=status)


@access(OWNER.confirmed(), once=True)
@FORM
def edit(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Change URL, types and description."""
    endpoint = queries.endpoint(request.actor, endpoint_id)
    initial = {"url": endpoint.url, "types": list(endpoint.types), "description": endpoint.description}
    form = with_kept_input(request, EndpointForm(request.POST or None, initial=initial))
    single = [one for one in endpoint.types if not one.endswith(".*")]
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_endpoint(
                request.actor,
                endpoint_id=endpoint_id,
                url=given["url"],
                types=[*given["types"], *single],
                description=given["description"],
            )
        except Invalid as error:
            add_errors(form, error)
        else:
            messages.success(request, "已保存，从下一条推送起生效。")
            return redirect("agency_webhook", endpoint_id)
    context = {"form": form, "endpoint": endpoint, "single": single}
    return render(request, f"{TEMPLATES}/edit.html", context, status=422 if form.errors else 200)


@access(OWNER, once=True)
@require_POST
def pause(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Send nothing for now."""
    return _told(request, endpoint_id, actions.pause_endpoint, "已暂停。这期间的事件会保留，恢复后补发。")


@access(OWNER, once=True)
@require_POST
def resume(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Send again."""
    return _told(request, endpoint_id, actions.resume_endpoint, "已恢复，错过的事件正在补发。")


@access(OWNER.confirmed(), once=True)
@FORM
def delete(request: Request, endpoint_id: UUID) -> HttpResponse:
    """GET: what it means. POST: delete."""
    endpoint = queries.endpoint(request.actor, endpoint_id)
    if request.method == "POST":
        actions.delete_endpoint(request.actor, endpoint_id=endpoint_id)
        messages.success(request, "推送地址已删除。")
        return redirect("agency_webhooks")
    return render(request, f"{TEMPLATES}/delete.html", {"endpoint": endpoint})


def add_errors(form: forms.Form, error: Invalid | Refused) -> None:
    """Add the errors of an action to the form."""
    if isinstance(error, Refused):
        form.add_error(None, error.message)
        return
    for field, message in error.fields.items():
        form.add_error(field if field in form.fields else None, message)


def _told(request: Request, endpoint_id: UUID, action: Callable[..., None], text: str) -> HttpResponse:
    try:
        action(request.actor, endpoint_id=endpoint_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, text)
    return redirect("agency_webhook", endpoint_id)
