"""Keys, client secrets and public keys of a client."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jiuye.domains.clients import actions, queries
from jiuye.domains.clients.actions import Issued
from jiuye.domains.clients.states import CredentialKind
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import OWNER
from jiuye.portals.agency.api.forms import CredentialForm, PublicKeyForm
from jiuye.portals.kept_input import with_kept_input

_TEMPLATES = "portals/agency/api/templates"
_KINDS = {"key": CredentialKind.KEY, "secret": CredentialKind.SECRET, "public-key": CredentialKind.PUBLIC_KEY}
"""By their names in addresses."""


@access(OWNER.confirmed(), once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: Request, client_id: UUID, kind: str) -> HttpResponse:
    """GET: how long it lasts, and until when the present one does. POST: issue it; the answer shows it, only this once."""
    if kind not in _KINDS:
        raise Http404
    client = queries.client_detail(request.actor, client_id)
    live = sum(one.kind == _KINDS[kind] and one.state in ("live", "ending") for one in client.credentials)
    make = PublicKeyForm if kind == "public-key" else CredentialForm
    form = with_kept_input(request, make(request.POST or None, live=live))
    status = 422 if form.errors else 200
    if form.is_bound and form.is_valid():
        try:
            issued = _issue(request, client_id, _KINDS[kind], form)
        except Invalid as error:
            for field, message in error.fields.items():
                form.add_error(field, message)
            status = error.status
        except Refused as error:
            form.add_error(None, error.message)
            status = error.status
        else:
            if issued is None:
                messages.success(request, "公钥已登记，马上可以用来签名。")
                return redirect("agency_api_client", client_id)
            shown = {"client": client.row, "kind": _KINDS[kind], "secret": issued.secret, "site": settings.SITE_URL}
            return render(request, f"{_TEMPLATES}/issued.html", shown, status=201)
    context = {"client": client.row, "kind": _KINDS[kind], "form": form, "live": live}
    return render(request, f"{_TEMPLATES}/issue.html", context, status=status)


def _issue(request: Request, client_id: UUID, kind: CredentialKind, form: CredentialForm) -> Issued | None:
    given = form.cleaned_data
    if isinstance(form, PublicKeyForm):
        actions.register_public_key(request.actor, client_id=client_id, written=given["public_key"], **form.given())
        return None
    return actions.issue_credential(
        request.actor, client_id=client_id, kind=kind, form_id=given["form_id"], **form.given()
    )


@access(OWNER.confirmed(), once=True)
@require_POST
def revoke(request: Request, client_id: UUID, credential_id: UUID) -> HttpResponse:
    """Revoke one."""
    actions.revoke_credential(request.actor, credential_id=credential_id)
    messages.success(request, "已停用，15 秒内在所有服务器上失效。")
    return redirect("agency_api_client", client_id)
