"""Applying, and following one's applications to the first day at work."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiuye.domains.applications import actions, queries
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.resumes import actions as resume_actions
from jiuye.domains.resumes import queries as resumes
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.portals.seeker.applications.forms import AnswerForm, ApplyForm

TEMPLATES = "portals/seeker/applications/templates"


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, posting_id: UUID) -> HttpResponse:
    """Show who will receive the resume, take the consents, and apply."""
    actor = request.actor
    posting = jobs.to_apply(posting_id)
    under_way = queries.open_application(actor.person_id, posting_id)
    recipients = [(str(posting.agency_id), posting.agency_name)]
    if posting.employer_id != posting.agency_id and posting.employer_name != posting.agency_name:
        recipients.append((str(posting.employer_id), posting.employer_name))
    missing = resumes.is_ready_to_apply(actor.person_id)
    form = ApplyForm(
        request.POST or None, recipients=recipients, quick_start=bool(missing), initial={"key": ApplyForm.new_key()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _submit(request, posting_id, form, [posting.agency_id, posting.employer_id])
        except Invalid as error:
            for message in error.fields.values():
                form.add_error(None, message)
        except Refused as error:
            form.add_error(None, error.message)
    context = {"posting": posting, "form": form, "under_way": under_way, "missing": missing}
    status = 422 if form.errors else 200
    return render(request, f"{TEMPLATES}/apply.html", context, status=status)


def _submit(request: HttpRequest, posting_id: UUID, form: ApplyForm, recipients: list[UUID]) -> HttpResponse:
    actor = request.actor
    if form.quick_start:
        resume_actions.quick_start(actor, name=form.cleaned_data["name"], title=form.cleaned_data["title"])
    application_id = actions.submit(
        actor, posting_id=posting_id, idempotency_key=form.cleaned_data["key"], consented_to=recipients
    )
    messages.success(request, "投递成功。职介一般会在 7 天内答复，有进展我们会通知您。")
    return redirect("my_application", application_id)


@access(SIGNED_IN)
@require_GET
def list_mine(request: HttpRequest) -> HttpResponse:
    """All my applications, by group."""
    group = request.GET.get("group", "")
    page = queries.my_applications(request.actor, group=group, cursor=request.GET.get("cursor", ""))
    counts = queries.my_counts(request.actor)
    tabs = [("全部", "", not group, counts["all"])]
    tabs += [(label, key, group == key, counts[key]) for key, (label, _) in queries.MINE_GROUPS.items()]
    return render(request, f"{TEMPLATES}/list.html", {"page": page, "tabs": tabs, "group": group})


@access(SIGNED_IN)
@require_GET
def detail(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One application: what happened, what comes next, and what I can do."""
    return render(
        request, f"{TEMPLATES}/detail.html", {"application": queries.my_application(request.actor, application_id)}
    )


def _answered(request: HttpRequest, application_id: UUID, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("my_application", application_id)


@access(SIGNED_IN)
@require_POST
def answer_interview(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Accept or decline the invitation."""
    form = AnswerForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["invitation"]:
        messages.error(request, "没有收到您的选择，请再点一次“接受”或“谢绝”。")
        return redirect("my_application", application_id)
    accept = form.cleaned_data["answer"] == "accept"
    try:
        actions.answer_interview(
            request.actor,
            application_id=application_id,
            invitation_id=form.cleaned_data["invitation"],
            accept=accept,
            note=form.cleaned_data["note"],
        )
    except Refused as error:
        messages.error(request, error.message)
        return redirect("my_application", application_id)
    return _answered(request, application_id, "已接受面试，请按时参加。" if accept else "已谢绝面试，并已告知职介。")


@access(SIGNED_IN)
@require_POST
def answer_onboarding(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Accept or decline the onboarding notice."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有收到您的选择，请再点一次“接受”或“谢绝”。")
        return redirect("my_application", application_id)
    accept = form.cleaned_data["answer"] == "accept"
    try:
        actions.answer_onboarding(
            request.actor, application_id=application_id, accept=accept, note=form.cleaned_data["note"]
        )
    except Refused as error:
        messages.error(request, error.message)
        return redirect("my_application", application_id)
    return _answered(request, application_id, "已接受入职，请按时报到。" if accept else "已谢绝入职，并已告知职介。")


@access(SIGNED_IN)
@require_POST
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take the application back."""
    try:
        actions.withdraw(request.actor, application_id=application_id, note=request.POST.get("note", "")[:300])
    except Refused as error:
        messages.error(request, error.message)
        return redirect("my_application", application_id)
    return _answered(request, application_id, "已撤回投递，对方不能再查看您的简历。")
