"""Choose whom, and impose a sanction."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jiuye.domains.clients import queries as clients
from jiuye.domains.reports import queries as reports
from jiuye.domains.sanctions import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Denied, Invalid, NotFound, ProductError, RateLimited, Refused, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import form_page, with_wait
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import AUDITOR
from jiuye.portals.operator.sanctions.forms import PersonForm, SanctionForm
from jiuye.portals.operator.sanctions.views import TEMPLATES

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(AUDITOR)
@_FORM
def choose(request: Request) -> HttpResponse:
    """GET: find an organisation (`?q=`). POST: find a person by the complete number."""
    form = with_kept_input(request, PersonForm(request.POST or None))
    error: ProductError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.find_person(request.actor, phone=form.cleaned_data["phone"])
        except Invalid as refusal:
            form.add_error("phone", refusal.fields["phone"])
        except RateLimited as refusal:
            form.add_error(None, refusal.message)
            error = refusal
        else:
            if found:
                return redirect("ops_sanction_new", "person", found)
            form.add_error("phone", "没有用这个手机号的账号，请核对号码。")
    text = request.GET.get("q", "").strip()[:60]
    context = {"form": form, "text": text, "parties": queries.find_parties(request.actor, text)}
    status = error.status if error else 422 if form.errors else 200
    return with_wait(render(request, f"{TEMPLATES}/choose.html", context, status=status), error)


@access(AUDITOR, once=True)
@_FORM
def impose(request: Request, kind: str, subject_id: UUID) -> HttpResponse:
    """The form of a new sanction. `?posting=` names the reported posting that gave rise to it: kept, and said in the evidence."""
    standing = queries.standing_of(request.actor, kind, subject_id)
    posting_id, about = _posting(request, request.GET.get("posting", ""))
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = with_kept_input(request, SanctionForm(standing, *given, evidence=about))
    error: ProductError | None = None
    if form.is_bound:
        error = Invalid({})
        if form.is_valid():
            files = [(one.name, one) for one in form.cleaned_data["attachments"]]
            try:
                sanction_id = actions.impose(
                    request.actor,
                    kind=kind,
                    subject_id=subject_id,
                    proposal=form.proposal(posting_id),
                    files=files,
                )
            except Invalid as refusal:
                for name, message in refusal.fields.items():
                    form.add_error(name, message)
            except (Refused, Denied, Unavailable) as refusal:
                form.add_error(None, refusal.message)
                error = refusal
            else:
                is_ban = form.cleaned_data["level"] == "ban"
                done = "已提出，等另一位审核员确认后生效。" if is_ban else "处置已生效，已通知对方。"
                messages.success(request, done)
                return HttpResponseRedirect(reverse("ops_sanction", args=[sanction_id]), status=303)
    api_clients = clients.clients_of_agency(request.actor, subject_id) if kind == "agency" else []
    context = {"standing": standing, "form": form, "posting_id": posting_id, "api_clients": api_clients}
    return form_page(request, f"{TEMPLATES}/impose.html", context, error)


def _posting(request: Request, text: str) -> tuple[UUID | None, str]:
    """Return the id of the reported posting named in the URL, and what to say of it; nothing for any other."""
    try:
        posting_id = UUID(text)
        dossier = reports.dossier(request.actor, posting_id)
    except (ValueError, NotFound):
        return None, ""
    posting = dossier.posting
    employer = f"，用人单位：{posting.employer.legal_name}" if posting.employer else ""
    return (
        posting_id,
        f"职位“{posting.title}”（编号 {posting_id}，{posting.agency.name} 发布{employer}），被举报 {len(dossier.statements)} 次。",
    )
