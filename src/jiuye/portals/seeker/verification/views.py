"""Verify the resume, confirm the real name, and fill in from the card. Nothing is sent before consent."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jiuye.domains.accounts import queries as accounts
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.queries import Checks, checks, my_resume, prefill_offers
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.queries import PURPOSE, RECIPIENT, states_for
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.seeker.login.entry import safe_target
from jiuye.portals.seeker.verification.forms import PrefillForm, RealNameForm, VerifyForm

HERE = "portals/seeker/verification/templates"


def _attempt(form: forms.Form, act: Callable[[], object], names: dict[str, str] | None = None) -> bool:
    """Return whether it was done; the form shows the domain's errors."""
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as problem:
        for field, message in problem.fields.items():
            name = (names or {}).get(field, field)
            form.add_error(name if name in form.fields else None, message)
    except Refused as problem:
        form.add_error(None, problem.message)
    return not form.errors


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def verify(request: Request) -> HttpResponse:
    """Choose items, read what is sent to whom, consent. `?item=` selects one; otherwise all that can be verified."""
    found = checks(request.actor, my_resume(request.actor))
    form = VerifyForm(
        request.POST if request.method == "POST" else None, askable=found.askable, chosen=_chosen(request, found)
    )
    form = with_kept_input(request, form)
    if request.method == "POST" and _attempt(form, lambda: _ask(request, form)):
        messages.success(request, "核验申请已提交。一般几分钟内有结果，出来后会通知您，不用在这里等。")
        return HttpResponseRedirect(reverse("my_resume"))
    context = {"checks": found, "form": form, "recipient": RECIPIENT, "purpose": PURPOSE}
    return render(request, f"{HERE}/verify.html", context, status=422 if form.errors else 200)


def _chosen(request: Request, found: Checks) -> list[str]:
    asked = request.GET.getlist("item")
    open_ = [str(one.subject_id) for one in found.askable]
    if asked:
        return [one for one in open_ if one in asked]
    return [str(one.subject_id) for one in found.askable if not (one.state and one.state.counts)]


def _ask(request: Request, form: VerifyForm) -> None:
    resumes.request_checks(
        request.actor,
        subject_ids=[UUID(one) for one in form.cleaned_data["items"]],
        has_consented=form.cleaned_data["consent"],
    )


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def real_name(request: Request) -> HttpResponse:
    """Whether the real name is verified, and how to verify it: by card, or for staff by the authority.

    `?next=`: the page to return to, for people who were led here.
    """
    target = safe_target(request.GET.get("next", ""))
    form = with_kept_input(request, RealNameForm(request.POST if request.method == "POST" else None))
    if request.method == "POST" and _attempt(
        form,
        lambda: verification.request_real_name(
            request.actor,
            name=form.cleaned_data["name"],
            id_number=form.cleaned_data["id_number"],
            has_consented=form.cleaned_data["consent"],
        ),
    ):
        messages.success(request, "实名核验已提交，一般几分钟内有结果，出来后会通知您。")
        return HttpResponseRedirect(reverse("real_name") + (f"?{urlencode({'next': target})}" if target else ""))
    context = {
        "target": target,
        "known": accounts.real_name(request.actor),
        "is_staff": bool(accounts.places(request.actor)),
        "state": states_for([request.actor.person], for_owner=True, kinds=["identity"]).get(request.actor.person),
        "form": form,
        "recipient": RECIPIENT,
    }
    return render(request, f"{HERE}/real_name.html", context, status=422 if form.errors else 200)


@access(SIGNED_IN, once=True)
@require_http_methods(["GET", "POST"])
def prefill(request: Request) -> HttpResponse:
    """Compare resume and card field by field; only empty fields are selected by default.

    `?next=`: the next page, for people who were led here.
    """
    target = safe_target(request.GET.get("next", ""))
    offers = prefill_offers(request.actor)
    form = PrefillForm(request.POST if request.method == "POST" else None, offers=offers or [])
    form = with_kept_input(request, form)
    done: list[str] = []
    if request.method == "POST" and _attempt(form, lambda: done.extend(_fill_in(request, form)), {"fields": "fields_"}):
        messages.success(request, f"已从电子社保卡填入：{'、'.join(done)}。不合适的，可以在基本信息里修改。")
        return HttpResponseRedirect(target or f"{reverse('my_resume')}#basics")
    context: dict[str, Any] = {"offers": offers, "form": form, "back": target or reverse("my_resume")}
    return render(request, f"{HERE}/prefill.html", context, status=422 if form.errors else 200)


def _fill_in(request: Request, form: PrefillForm) -> list[str]:
    return resumes.prefill_from_card(
        request.actor, fields=form.cleaned_data["fields_"], has_consented=form.cleaned_data["consent"]
    )
