"""API clients of the agency: the list, one with its credentials, create, edit, revoke."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.clients import actions, queries
from jiuye.domains.clients.states import Mode, Scope
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import OWNER
from jiuye.portals.agency.api.forms import ClientForm, NewClientForm, scope_rows
from jiuye.portals.agency.api.history import told
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/agency/api/templates"
_FORM = require_http_methods(["GET", "HEAD", "POST"])
# What a first program needs: its own jobs, and the members for whom it acts.
_FIRST_SCOPES = [Scope.JOBS_READ, Scope.JOBS_WRITE, Scope.MEMBERS_READ]


@access(OWNER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """All clients."""
    page = queries.clients_of(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/list.html", {"page": page})


@access(OWNER)
@require_safe
def detail(request: Request, client_id: UUID) -> HttpResponse:
    """One with its credentials and history."""
    found = queries.client_detail(request.actor, client_id)
    context = {
        "client": found.row,
        "credentials": found.credentials,
        "history": [told(one) for one in found.history],
        "is_prepared": found.is_prepared,
        "labels": dict(Scope.choices),
    }
    return render(request, f"{TEMPLATES}/detail.html", context)


@access(OWNER.confirmed(), once=True)
@_FORM
def create(request: Request) -> HttpResponse:
    """Create one."""
    initial = {"mode": Mode.TEST, "scopes": _FIRST_SCOPES}
    form = with_kept_input(request, NewClientForm(request.POST or None, initial=initial))
    status = 422 if form.errors else 200
    if form.is_bound and form.is_valid():
        try:
            made = actions.create_client(request.actor, **form.cleaned_data)
        except Invalid as error:
            _add_errors(form, error)
            status = error.status
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            messages.success(request, "已创建。下一步：生成密钥。")
            return redirect("agency_api_client", made)
    return render(request, f"{TEMPLATES}/new.html", {"form": form, "scopes": scope_rows(form)}, status=status)


@access(OWNER.confirmed(), once=True)
@_FORM
def edit(request: Request, client_id: UUID) -> HttpResponse:
    """Change name, scopes and networks."""
    client = queries.client_of(request.actor, client_id)
    initial = {"name": client.name, "scopes": list(client.scopes), "networks": list(client.networks)}
    form = with_kept_input(request, ClientForm(request.POST or None, initial=initial))
    if form.is_bound and form.is_valid():
        try:
            actions.change_client(request.actor, client_id=client_id, **form.cleaned_data)
        except Invalid as error:
            _add_errors(form, error)
        else:
            messages.success(request, "已保存，15 秒内在所有服务器上生效。")
            return redirect("agency_api_client", client_id)
    context = {"form": form, "scopes": scope_rows(form), "client": client}
    return render(request, f"{TEMPLATES}/edit.html", context, status=422 if form.errors else 200)


@access(OWNER.confirmed(), once=True)
@_FORM
def revoke(request: Request, client_id: UUID) -> HttpResponse:
    """GET: what revoking means. POST: revoke."""
    client = queries.client_of(request.actor, client_id)
    if request.method == "POST":
        actions.revoke_client(request.actor, client_id=client_id)
        messages.success(request, f"“{client.name}”已停用，它的密钥 15 秒内在所有服务器上失效。")
        return redirect("agency_api")
    return render(request, f"{TEMPLATES}/revoke.html", {"client": client})


def _add_errors(form: forms.Form, error: Invalid) -> None:
    for field, message in error.fields.items():
        form.add_error(field, message)
