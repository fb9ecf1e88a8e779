"""Applications to the employer's own jobs: the list, one of them with its resume (every view logged), and the opinion."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.states import APPLICATION_GROUPS, Verdict
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes.queries import ResumeView
from jiuye.kernel.access import access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.affiliations import acted
from jiuye.portals.employer.access import EMPLOYER, RECRUITER
from jiuye.portals.employer.applications.filters import DAYS, VERDICTS, chosen_in, kept
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/employer/applications/templates"


class OpinionForm(forms.Form):
    """The employer's opinion on an applicant."""

    verdict = forms.ChoiceField(
        label="意见",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择合适、不合适，或只写备注。"},
    )
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text="职介会马上看到，求职者看不到。只写与岗位有关的内容。",
        error_messages={"max_length": "最多 300 个字，请写短一些。"},
    )


@access(EMPLOYER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """The applications, filtered, with counts; invalid values are ignored."""
    chosen = chosen_in(request.GET)
    found = queries.employer_applications(request.actor, chosen=chosen, cursor=request.GET.get("cursor", ""))
    groups = [("", "全部", found.counts["all"])]
    groups += [(key, label, found.counts[key]) for key, (label, _) in APPLICATION_GROUPS.items()]
    context = {
        "page": found.page,
        "chosen": chosen,
        "kept": kept(chosen),
        "groups": groups,
        "postings": [("", "全部职位"), *((str(pk), title) for pk, title in jobs.employer_titles(request.actor))],
        "agencies": [
            ("", "全部职介"),
            *((str(one.id), one.short_name) for one in organisations.agencies_of(request.actor)),
        ],
        "verdicts": VERDICTS,
        "days": DAYS,
        "sorts": [(key, label) for key, (label, _) in queries.EMPLOYER_SORTS.items()],
        "is_certified": organisations.is_certified(request.actor),
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(EMPLOYER)
@require_safe
def detail(request: Request, application_id: UUID) -> HttpResponse:
    """One application. The resume is opened by a POST, because opening it is logged for its owner."""
    return _page(request, application_id)


@access(EMPLOYER)
@require_POST
def resume(request: Request, application_id: UUID) -> HttpResponse:
    """Open the resume: logged for its owner."""
    try:
        actions.open_resume_for_employer(request.actor, application_id=application_id)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("employer_application", application_id)
    return _page(request, application_id, queries.resume_for_employer(request.actor, application_id))


@access(RECRUITER, once=True)
@require_POST
def opinion(request: Request, application_id: UUID) -> HttpResponse:
    """Give the agency an opinion on the applicant."""
    form = OpinionForm(request.POST)
    act = actions.give_opinion

    def give() -> None:
        given = form.cleaned_data
        act(request.actor, application_id=application_id, verdict=Verdict(given["verdict"]), note=given["note"])

    if acted(form, give):
        messages.success(request, "意见已告知职介。")
        return redirect("employer_application", application_id)
    return _page(request, application_id, form=form)


def _page(
    request: Request, application_id: UUID, resume: ResumeView | None = None, form: OpinionForm | None = None
) -> HttpResponse:
    action = reverse("employer_application_opinion", args=[application_id])
    context = {
        "application": queries.employer_application(request.actor, application_id),
        "interview": queries.interview_for_employer(request.actor, application_id),
        "resume": resume,
        "form": form or with_kept_input(request, OpinionForm(), action=action),
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=422 if form else 200)
