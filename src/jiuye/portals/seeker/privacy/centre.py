"""`/me/privacy`: what others may see and saw, and how to change it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.resumes import queries as resumes
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request
from jiuye.privacy import consents as given
from jiuye.privacy import withdrawal

HERE = "portals/seeker/privacy/templates"


@access(SIGNED_IN.open_when_suspended())
@require_safe
def home(request: Request) -> HttpResponse:
    """Recent views of the resume, and links. At most 12 queries."""
    context = {"seen": resumes.accesses(request.actor, size=3).items}
    return render(request, f"{HERE}/home.html", context)


@access(SIGNED_IN.open_when_suspended())
@require_safe
def consents(request: Request) -> HttpResponse:
    """Every consent, its purpose, and the effect of withdrawing it."""
    page = given.consents(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{HERE}/consents.html", {"page": page})


@access(SIGNED_IN.open_when_suspended(), once=True)
@require_POST
def withdraw(request: Request, consent_id: UUID) -> HttpResponse:
    """Withdraw a consent."""
    ends = request.POST.get("ends_application") == "1"
    withdrawal.withdraw_consent(request.actor, consent_id=consent_id, ends_application=ends)
    messages.success(request, "已撤回同意，投递也已撤回。" if ends else "已撤回同意。")
    return HttpResponseRedirect(reverse("my_privacy:consents"), status=303)
