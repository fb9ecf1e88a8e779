"""Sanctions for operators: the list with the queue of appeals, and one sanction."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiuye.design.formats import query
from jiuye.domains.sanctions import queries
from jiuye.domains.sanctions.states import Level, Subject
from jiuye.kernel.access import access
from jiuye.kernel.http.request import Request
from jiuye.portals.downloads import as_download
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import AUDITOR
from jiuye.portals.operator.sanctions.forms import DecisionForm, ReasonForm
from jiuye.portals.reading_limits import OWN_FILES

TEMPLATES = "portals/operator/sanctions/templates"


@access(AUDITOR)
@require_safe
def listing(request: Request) -> HttpResponse:
    """Sanctions with filters. Two queries besides the desk's own."""
    given = request.GET
    tab = given.get("tab", "") if given.get("tab", "") in queries.TABS else "active"
    kind = given.get("kind", "") if given.get("kind", "") in Subject.values else ""
    level = given.get("level", "") if given.get("level", "") in Level.values else ""
    text = given.get("q", "").strip()[:60]
    wanted = queries.Filter(tab=tab, kind=kind, level=level, text=text)
    kept = {name: value for name, value in (("kind", kind), ("level", level), ("q", text)) if value}
    counts = queries.counts(request.actor, wanted)
    context = {
        "page": queries.listing(request.actor, wanted, cursor=given.get("cursor", "")),
        "tabs": [(label, query(kept, tab=key), key == tab, counts[key] or None) for key, label in queries.TABS.items()],
        "tab": tab,
        "kind": kind,
        "kinds": [("", "全部对象"), *Subject.choices],
        "level": level,
        "levels": [("", "全部级别"), *Level.choices],
        "text": text,
        "kept": {"tab": tab, **kept},
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(AUDITOR)
@require_safe
def detail(request: Request, sanction_id: UUID) -> HttpResponse:
    """One sanction with its history, evidence and appeals."""
    return page(request, sanction_id)


def page(request: Request, sanction_id: UUID, wrong: forms.Form | None = None, word: str = "") -> HttpResponse:
    """Return the page of a sanction; `wrong` is the refused form of the action named by `word`."""
    sanction = queries.dossier(request.actor, sanction_id)
    waiting = next((one for one in sanction.appeals if one.state == "open"), None)
    own: dict[str, Any] = {}
    for name, form in (("lift", ReasonForm), ("decline", ReasonForm)):
        address = reverse(f"ops_sanction_{name}", args=[sanction_id])
        own[name] = wrong if word == name else with_kept_input(request, form(prefix=name), action=address)
    if waiting:
        address = reverse("ops_appeal_decide", args=[sanction_id, waiting.id])
        own["decide"] = wrong if word == "decide" else with_kept_input(request, DecisionForm(), action=address)
    context = {"sanction": sanction, "waiting": waiting, "forms": own}
    return render(request, f"{TEMPLATES}/sanction.html", context, status=422 if wrong else 200)


@access(AUDITOR, limit=OWN_FILES)
@require_safe
def file(request: Request, sanction_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A file of the evidence or of an appeal."""
    name, content_type, content = queries.evidence_file(request.actor, sanction_id, file_id)
    return as_download(content, name=name, content_type=content_type)
