"""The secret of an endpoint, and checking signatures."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import OWNER
from jiuye.portals.agency.webhooks.forms import ReplaceForm, VerifyForm
from jiuye.portals.agency.webhooks.views import FORM, TEMPLATES, add_errors
from jiuye.portals.kept_input import with_kept_input
from jiuye.webhooks import actions, queries


@access(OWNER.confirmed())
@FORM
def secret(request: Request, endpoint_id: UUID) -> HttpResponse:
    """GET: what it is for. POST: show it; that is recorded."""
    context = {"endpoint": queries.endpoint(request.actor, endpoint_id), "secret": ""}
    if request.method == "POST":
        context["secret"] = actions.reveal_secret(request.actor, endpoint_id=endpoint_id)
    return render(request, f"{TEMPLATES}/secret.html", context)


@access(OWNER.confirmed(), once=True)
@FORM
def replace(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Replace the secret."""
    form = with_kept_input(request, ReplaceForm(request.POST or None))
    if form.is_bound and form.is_valid():
        actions.replace_secret(request.actor, endpoint_id=endpoint_id, overlap=form.overlap())
        messages.success(request, "已更换。请查看新的密钥，放进您的系统。")
        return redirect("agency_webhook_secret", endpoint_id)
    context = {"endpoint": queries.endpoint(request.actor, endpoint_id), "form": form}
    return render(request, f"{TEMPLATES}/replace.html", context, status=422 if form.errors else 200)


@access(OWNER)
@FORM
def verify(request: Request) -> HttpResponse:
    """Say which signature of a delivery fits which secret. Nothing is stored."""
    endpoints = [(str(one.id), one.description or one.url) for one in queries.endpoints(request.actor)]
    form = with_kept_input(request, VerifyForm(request.POST or None, endpoints=endpoints))
    checked = None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            checked = queries.check_signature(
                request.actor,
                headers=form.header_lines(),
                body=given["body"].replace("\r\n", "\n").encode(),
                endpoint_id=UUID(given["endpoint"]) if given["endpoint"] else None,
                secret=given["secret"],
            )
        except Invalid as error:
            add_errors(form, error)
    context = {"form": form, "checked": checked}
    return render(request, f"{TEMPLATES}/verify.html", context, status=422 if form.errors else 200)
