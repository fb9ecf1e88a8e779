"""Applying, and following one's applications to the first day at work."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from jiuye.documents import unprintable
from jiuye.domains.accounts import queries as accounts
from jiuye.domains.applications import actions, queries
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.resumes import actions as resume_actions
from jiuye.domains.resumes import queries as resumes
from jiuye.domains.resumes.queries import blocks
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.reading_limits import OWN_FILES
from jiuye.portals.seeker.applications import calendar_file
from jiuye.portals.seeker.applications.forms import (
    LONGEST_KEY,
    AnotherTimeForm,
    AnswerForm,
    ApplyForm,
    consented_in,
    new_key,
)

TEMPLATES = "portals/seeker/applications/templates"


# Applying


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def apply(request: Request, posting_id: UUID) -> HttpResponse:
    """Show who will receive the resume, take the consents, and apply."""
    if request.method != "POST":
        return _apply_page(request, posting_id)
    try:
        application_id = actions.submit(
            request.actor,
            posting_id=posting_id,
            idempotency_key=request.POST.get("key", ""),
            consented_to=consented_in(request.POST),
            quick_start=_quick_start(request, posting_id),
            confirm_file="from_file" in request.POST,
            attach_file="attach" in request.POST,
            unblock="unblock" in request.POST,
        )
    except (Invalid, Refused) as error:
        return _apply_page(request, posting_id, error)
    messages.success(request, "投递成功。职介一般会在 7 天内答复，有进展我们会通知您。")
    return redirect("my_application", application_id)


def _quick_start(request: Request, posting_id: UUID) -> resume_actions.QuickStart | None:
    """Return the first lines of a resume that somebody without one has typed. Raises `Invalid` when the form is invalid."""
    if not {"name", "title", "from_file"} & request.POST.keys():
        return None
    posting = jobs.to_apply(posting_id)
    form, missing, file = _form(request, posting)
    if not missing:
        return None
    if not form.is_valid():
        raise Invalid({})
    name, title = (form.cleaned_data.get(field, "") for field in ("name", "title"))
    return resume_actions.QuickStart(
        name=name or (file.person if file else ""), title=title or (file.wish if file else "") or posting.title[:60]
    )


def _apply_page(request: Request, posting_id: UUID, error: ProductError | None = None) -> HttpResponse:
    """Return the form; after an error with the input and messages."""
    posting = jobs.to_apply(posting_id)
    form, missing, file = _form(request, posting)
    if isinstance(error, Invalid) and form.is_valid():  # the form is valid, the action refused
        for field, message in error.fields.items():
            form.add_error(field if field in form.fields and field != "key" else None, message)
    context = {
        "posting": posting,
        "figures": queries.answer_figures(posting.agency_id),
        "form": form,
        "under_way": queries.open_application(request.actor.person, posting_id),
        "missing": missing,
        "unprintable": "" if missing else unprintable(resumes.my_resume(request.actor)),
        "file": file,
        "here": reverse("apply", args=[posting_id]),
        "error": error,
        "blocked": [one.name for one in blocks.covering(request.actor.person, posting.parties)],
        # Only before the form is shown: afterwards the person has seen or confirmed it.
        "elsewhere": queries.applied_elsewhere(request.actor.person, posting)
        if request.method != "POST" and "again" not in request.GET
        else None,
    }
    return render(request, f"{TEMPLATES}/apply.html", context, status=error.status if error else 200)


def _form(
    request: Request, posting: jobs.PostingForApplication
) -> tuple[ApplyForm, list[str], resumes.FileView | None]:
    """Return the form, what the resume lacks and, if it lacks something, the resume that the person has uploaded."""
    missing = list(resumes.is_ready_to_apply(request.actor.person))
    file = resumes.resume_file(request.actor, resumes.my_resume(request.actor)) if missing else None
    # The name is known from the card.
    name = accounts.profile(request.actor).name if missing else ""
    form = ApplyForm(
        _typed(request),
        recipients=queries.recipients(posting),
        quick_start=bool(missing),
        name=name,
        title=posting.title,
    )
    if file and file.is_ready:
        form.leave_to_file(has_name=bool(file.person), has_wish=bool(file.wish))
    return with_kept_input(request, form), missing, file


def _typed(request: Request) -> QueryDict | None:
    """Return the posted data, always with a valid key, so that submitting again works."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if not 1 <= len(data.get("key", "")) <= LONGEST_KEY or "\x00" in data["key"]:
        data["key"] = new_key()
    return data


# Following


@access(SIGNED_IN)
@require_GET
def list_mine(request: Request) -> HttpResponse:
    """List the seeker's applications, by group."""
    group = request.GET.get("group", "")
    group = group if group in queries.MINE_GROUPS else ""
    page = queries.my_applications(request.actor, group=group, cursor=request.GET.get("cursor", ""))
    counts = queries.my_counts(request.actor)
    tabs = [("全部", "", not group, counts["all"])]
    tabs += [(label, key, group == key, counts[key]) for key, (label, _) in queries.MINE_GROUPS.items()]
    return render(request, f"{TEMPLATES}/list.html", {"page": page, "tabs": tabs, "group": group})


@access(SIGNED_IN)
@require_GET
def detail(request: Request, application_id: UUID) -> HttpResponse:
    """Show one application: what happened, what comes next, and the possible actions."""
    return detail_page(request, application_id)


def detail_page(
    request: Request,
    application_id: UUID,
    *,
    answer: AnswerForm | None = None,
    asking: AnotherTimeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of one application, with the forms as they were filled in."""
    application = queries.my_application(request.actor, application_id)
    if answer is None:
        step = "answer_interview" if "accept_interview" in application.may else "answer_onboarding"
        answer = with_kept_input(request, AnswerForm(), action=reverse(step, args=[application_id]))
    if asking is None:
        invitation = application.invitation
        asking = AnotherTimeForm(initial={"invitation": invitation.id if invitation else None})
        asking = with_kept_input(request, asking, action=reverse("ask_for_another_time", args=[application_id]))
    context = {
        "application": application,
        "answer": answer,
        "figures": queries.answer_figures(application.agency_id),
        "asking": asking,
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=status)


@access(SIGNED_IN)
@require_GET
def sent_resume(request: Request, application_id: UUID) -> HttpResponse:
    """Show the resume as it was sent."""
    context = {
        "application": queries.my_application(request.actor, application_id),
        "resume": queries.sent_resume(request.actor, application_id),
    }
    return render(request, f"{TEMPLATES}/sent_resume.html", context)


@access(SIGNED_IN, limit=OWN_FILES)
@require_GET
def interview_calendar(request: Request, application_id: UUID) -> HttpResponse:
    """Return the interview as a calendar file."""
    application = queries.my_application(request.actor, application_id)
    if application.invitation is None:
        raise NotFound
    content = calendar_file.interview_file(application, application.invitation)
    return _calendar(content, calendar_file.file_name("interview", application_id))


@access(SIGNED_IN, limit=OWN_FILES)
@require_GET
def first_day_calendar(request: Request, application_id: UUID) -> HttpResponse:
    """Return the first day at work as a calendar file."""
    application = queries.my_application(request.actor, application_id)
    if application.notice is None:
        raise NotFound
    content = calendar_file.first_day_file(application, application.notice)
    return _calendar(content, calendar_file.file_name("first-day", application_id))


def _calendar(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=headers)
