"""The agency's inbox, and one application from the resume to the first day at work."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.states import APPLICATION_GROUPS, ContactReason
from jiuye.domains.resumes.queries import ResumeView
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER, VIEWER
from jiuye.portals.agency.applications.filters import chosen_in
from jiuye.portals.agency.applications.forms import (
    ContactForm,
    InviteForm,
    NoteForm,
    OnboardingForm,
    RejectForm,
    ResultForm,
    SelectionForm,
    first_invitation,
    first_notice,
)
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/agency/applications/templates"


@access(VIEWER)
@require_GET
def inbox(request: Request) -> HttpResponse:
    """All applications to this agency, filtered, with counts."""
    chosen = chosen_in(request.GET)
    page = queries.inbox(request.actor, chosen=chosen, cursor=request.GET.get("cursor", ""))
    counts = queries.counts_for(request.actor, chosen)
    groups = [("", "全部", counts["all"])]
    groups += [(key, label, counts[key]) for key, (label, _) in APPLICATION_GROUPS.items()]
    kept = {
        "q": chosen.text,
        "posting": str(chosen.posting_id or ""),
        "late": "1" if chosen.late else "",
        "days": str(chosen.days or ""),
    }
    context = {
        "page": page,
        "groups": groups,
        "chosen": chosen,
        "kept": {k: v for k, v in kept.items() if v},
        "selection": with_kept_input(request, SelectionForm(), action=reverse("agency_reject_several")),
    }
    return render(request, f"{TEMPLATES}/inbox.html", context)


def page(
    request: Request,
    application_id: UUID,
    *,
    resume: ResumeView | None = None,
    result: ResultForm | None = None,
    contacts: ContactForm | None = None,
    note: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of one application; the forms that were sent are shown with their errors."""
    application = queries.for_agency(request.actor, application_id)
    if note is None:
        add = reverse("agency_application_notes", args=[application_id])
        note = with_kept_input(request, NoteForm(), action=add)
    if result is None:
        step = "agency_interview_result" if "pass_interview" in application.may else "agency_onboarding_result"
        result = with_kept_input(request, ResultForm(), action=reverse(step, args=[application_id]))
    context = {
        "application": application,
        "resume": resume,
        "result": result,
        "contacts": contacts or ContactForm(),
        "notes": queries.notes_on(request.actor, application),
        "note": note,
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=status)


@access(VIEWER)
@require_GET
def detail(request: Request, application_id: UUID) -> HttpResponse:
    """One application. The resume is opened by a POST, because opening it is logged for its owner."""
    return page(request, application_id)


@access(VIEWER)
@require_POST
def resume(request: Request, application_id: UUID) -> HttpResponse:
    """Open the resume with masked contacts: logged, and the seeker is notified."""
    try:
        actions.open_resume(request.actor, application_id=application_id)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("agency_application", application_id)
    return page(request, application_id, resume=queries.resume_for_agency(request.actor, application_id))


@access(RECRUITER)
@require_POST
def contacts(request: Request, application_id: UUID) -> HttpResponse:
    """Show the resume with its contacts on this page: logged with the reason, which the seeker sees."""
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            actions.open_contacts(
                request.actor,
                application_id=application_id,
                reason=ContactReason(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
            )
        except Invalid as error:
            for field, message in error.fields.items():
                form.add_error(field, message)
        except Refused as error:
            messages.error(request, error.message)
            return redirect("agency_application", application_id)
    if form.errors:
        return page(request, application_id, contacts=form, status=422)
    seen = queries.resume_for_agency(request.actor, application_id, with_contacts=True)
    return page(request, application_id, resume=seen)


def _posted(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _form_page(
    request: Request,
    application: queries.ApplicationView,
    form: forms.Form,
    template: str,
    act: Callable[[Any], object],
    done: str,
) -> HttpResponse:
    """Render a page with one form for one action; errors are shown at their fields and the input is kept."""
    form = with_kept_input(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except Invalid as error:
            for field, message in error.fields.items():
                form.add_error(field if field in form.fields else None, message)
        except Refused as error:
            messages.error(request, error.message)
            return redirect("agency_application", application.id)
        else:
            messages.success(request, done)
            return redirect("agency_application", application.id)
    status = 422 if form.errors else 200
    return render(request, f"{TEMPLATES}/{template}", {"application": application, "form": form}, status=status)


def _too_late(request: Request, application: queries.ApplicationView, *verbs: str) -> HttpResponse | None:
    """Redirect back with the reason if none of `verbs` is possible; else return None."""
    if request.method == "POST" or application.may & set(verbs):
        return None
    messages.error(request, f"当前状态是“{application.state_label}”，不能进行这一步。请先查看最新进展。")
    return redirect("agency_application", application.id)


@access(RECRUITER, once=True)
@require_http_methods(["GET", "POST"])
def invite(request: Request, application_id: UUID) -> HttpResponse:
    """Invite to an interview, or invite again."""
    application = queries.for_agency(request.actor, application_id)
    earlier = application.invitation or queries.latest_invitation(request.actor)
    form = InviteForm(_posted(request), initial=first_invitation(earlier))

    def act(filled: InviteForm) -> None:
        actions.invite_to_interview(request.actor, application_id=application_id, details=filled.details())

    return _too_late(request, application, "invite", "reschedule") or _form_page(
        request, application, form, "invite.html", act, "邀约已发出，求职者会收到站内消息和短信。"
    )


@access(RECRUITER, once=True)
@require_http_methods(["GET", "POST"])
def onboarding(request: Request, application_id: UUID) -> HttpResponse:
    """Send the onboarding notice."""
    application = queries.for_agency(request.actor, application_id)
    form = OnboardingForm(_posted(request), initial=first_notice(application.invitation))

    def act(filled: OnboardingForm) -> None:
        actions.notify_onboarding(request.actor, application_id=application_id, details=filled.details())

    return _too_late(request, application, "notify_onboarding") or _form_page(
        request, application, form, "onboarding.html", act, "入职通知已发出，求职者会收到站内消息和短信。"
    )


@access(RECRUITER, once=True)
@require_http_methods(["GET", "POST"])
def reject(request: Request, application_id: UUID) -> HttpResponse:
    """Reject the application with a reason that the seeker sees."""
    application = queries.for_agency(request.actor, application_id)

    def act(filled: RejectForm) -> None:
        actions.reject(
            request.actor,
            application_id=application_id,
            reason=filled.cleaned_data["reason"],
            note=filled.cleaned_data["note"],
        )

    return _too_late(request, application, "reject") or _form_page(
        request, application, RejectForm(_posted(request)), "reject.html", act, "已结束这次投递，原因已告知求职者。"
    )


@access(RECRUITER, once=True)
@require_POST
def keep_time(request: Request, application_id: UUID) -> HttpResponse:
    """Decline the seeker's request for another time."""
    try:
        actions.keep_interview_time(request.actor, application_id=application_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "已告知求职者按原时间面试。")
    return redirect("agency_application", application_id)


def _result(request: Request, application_id: UUID, act: Callable[..., None], yes: str, no: str) -> HttpResponse:
    form = ResultForm(request.POST)
    if not form.is_valid():
        return page(request, application_id, result=form, status=422)
    try:
        act(form.is_positive, form.cleaned_data["note"])
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, yes if form.is_positive else no)
    return redirect("agency_application", application_id)


@access(RECRUITER, once=True)
@require_POST
def interview_result(request: Request, application_id: UUID) -> HttpResponse:
    """Record how the interview went."""
    return _result(
        request,
        application_id,
        lambda passed, note: actions.record_interview_result(
            request.actor, application_id=application_id, passed=passed, note=note
        ),
        "已登记面试通过。下一步：发出入职通知。",
        "已登记面试未通过，并已告知求职者。",
    )


@access(RECRUITER, once=True)
@require_POST
def onboarding_result(request: Request, application_id: UUID) -> HttpResponse:
    """Record whether the person came to work."""
    return _result(
        request,
        application_id,
        lambda onboarded, note: actions.record_onboarding_result(
            request.actor, application_id=application_id, onboarded=onboarded, note=note
        ),
        "已登记入职，恭喜！",
        "已登记未入职。",
    )
