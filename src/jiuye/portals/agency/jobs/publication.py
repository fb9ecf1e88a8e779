"""One posting as a seeker sees it, what it lacks, and its life cycle: publish, withdraw, fill, confirm."""

from datetime import date, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.design.widgets import DateInput
from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import actions, queries
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.affiliations import acted
from jiuye.portals.agency.access import RECRUITER, VIEWER
from jiuye.portals.agency.jobs.forms import field_id
from jiuye.portals.agency.jobs.wishes import AnswerForm
from jiuye.portals.editing import blame
from jiuye.portals.kept_input import with_kept_input


class PublishForm(forms.Form):
    """The last open day; publishing confirms it."""

    valid_through = forms.DateField(
        label="招聘截止日期",
        widget=DateInput,
        help_text=f"当天仍可投递，次日自动下线；最长 {queries.LONGEST_VALIDITY_DAYS} 天。",
        error_messages={"required": "请选择招聘截止日期。", "invalid": "日期不完整，请重新选择。"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class FillForm(forms.Form):
    """How many people were hired, and by which way."""

    hired_here = forms.IntegerField(
        label="通过本平台招到",
        error_messages={"required": "请填写人数，没有就填 0。", "invalid": "请填写整数，如 2。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 5}),
    )
    hired_elsewhere = forms.IntegerField(
        label="其他途径招到",
        error_messages={"required": "请填写人数，没有就填 0。", "invalid": "请填写整数，如 2。"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 5}),
    )


def _usual_day(posting: queries.PortalPosting) -> date:
    """Return the posting's own day if it is in the future; else the default period from today."""
    today, stated = clock.today(), posting.content.valid_through
    return stated if stated and stated >= today else today + timedelta(days=queries.USUAL_VALIDITY_DAYS)


def _page(
    request: Request,
    posting_id: UUID,
    form: PublishForm | None = None,
    error: Invalid | None = None,
    refused: dict[UUID, AnswerForm] | None = None,
    filling: FillForm | None = None,
) -> HttpResponse:
    actor: Actor = request.actor
    posting = queries.get_for(actor, posting_id)
    if form is None:
        form = PublishForm(initial={"valid_through": _usual_day(posting), "version": posting.version})
        form = with_kept_input(request, form, action=reverse("agency_job_publish", args=[posting_id]))
    if filling is None:
        filling = FillForm(initial={"hired_elsewhere": 0})
        filling = with_kept_input(request, filling, action=reverse("agency_job_fill", args=[posting_id]))
    numbers = applications.numbers_by_posting(actor, [posting_id]).get(posting_id, applications.PostingNumbers())
    wishes = queries.wishes_for(posting_id) if posting.detail.is_for_employer else []
    context = {
        "posting": posting,
        "job": posting.detail,
        "form": form,
        "filling": filling,
        "numbers": numbers,
        "wishes": wishes,
        "import_notes": queries.imports.notes_on(posting_id),
        "answers": {one.id: _answer_form(request, one.id) for one in wishes if one.state == "open"} | (refused or {}),
        "suggested": _suggested(posting),
        "standing": organisations.standing(posting.detail.agency.id),
        "missing": [
            {"label": element.label, "source": element.source, "field_id": field_id(element.field)}
            for element in posting.missing
            if element.field != "valid_through"  # asked next to the button
        ],
        "today": clock.today(),
        "longest": clock.today() + timedelta(days=queries.LONGEST_VALIDITY_DAYS),
    }
    status = error.status if error else 422 if form.errors or filling.errors or refused else 200
    return render(request, "portals/agency/jobs/templates/detail.html", context, status=status)


def _suggested(posting: queries.PortalPosting) -> list[tuple[str, str, str]]:
    """Return code, name and class of the occupations that the title may mean, if the posting has none."""
    if posting.content.occupation:
        return []
    found = reference.suggest_occupations(posting.title)
    return [(one.code, one.name, reference.occupation(one.parent).name if one.parent else "") for one in found]


def _answer_form(request: Request, wish_id: UUID) -> AnswerForm:
    form = AnswerForm(auto_id=f"{wish_id}-%s")
    return with_kept_input(request, form, action=reverse("agency_wish_answer", args=[wish_id]))


@access(VIEWER)
@require_safe
def detail(request: Request, posting_id: UUID) -> HttpResponse:
    """The posting's page in the portal."""
    return _page(request, posting_id)


@access(RECRUITER, once=True)
@require_POST
def publish(request: Request, posting_id: UUID) -> HttpResponse:
    """Publish, or publish again, until the day confirmed in the form."""
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, posting_id, form)
    try:
        state = actions.publish_posting(
            request.actor,
            posting_id=posting_id,
            valid_through=form.cleaned_data["valid_through"],
            version=form.cleaned_data["version"],
        )
    except Invalid as error:
        blame(form, error)
        return _page(request, posting_id, form, error)
    except Refused as error:
        return _refused(request, posting_id, error)
    if state == "under_review":
        messages.info(request, "已提交审核：内容里有需要审核员确认的地方，通过后自动发布。")
    else:
        messages.success(request, "已发布，几秒钟后求职者就能搜到。")
    return redirect("agency_job", posting_id)


@access(RECRUITER, once=True)
@require_POST
def withdraw(request: Request, posting_id: UUID) -> HttpResponse:
    """Withdraw the posting."""
    try:
        actions.withdraw_posting(request.actor, posting_id=posting_id)
    except Refused as error:
        return _refused(request, posting_id, error)
    messages.success(request, "已下架，求职者不能再看到和投递。已收到的投递仍可继续处理。")
    return redirect("agency_job", posting_id)


@access(RECRUITER, once=True)
@require_POST
def fill(request: Request, posting_id: UUID) -> HttpResponse:
    """Withdraw the posting because its openings are filled."""
    form = FillForm(request.POST)
    if acted(form, lambda: actions.fill_posting(request.actor, posting_id=posting_id, **form.cleaned_data)):
        messages.success(request, "已标记招满，职位已下架。已收到的投递仍可继续处理。")
        return redirect("agency_job", posting_id)
    return _page(request, posting_id, filling=form)


@access(RECRUITER)
@require_POST
def choose_occupation(request: Request, posting_id: UUID) -> HttpResponse:
    """Give the posting the occupation that was pressed."""
    try:
        actions.choose_occupation(request.actor, posting_id=posting_id, code=request.POST.get("occupation", ""))
    except Refused as error:
        return _refused(request, posting_id, error)
    except Invalid as error:
        messages.error(request, next(iter(error.fields.values()), "请再选一次。"))
        return redirect("agency_job", posting_id)
    messages.success(request, "已记下职业，按职业查找的求职者能看到它。")
    return redirect("agency_job", posting_id)


@access(RECRUITER, once=True)
@require_POST
def confirm(request: Request, posting_id: UUID) -> HttpResponse:
    """Confirm that the posting is still open."""
    try:
        actions.confirm_posting(request.actor, posting_id=posting_id)
    except Refused as error:
        return _refused(request, posting_id, error)
    messages.success(request, "已确认仍在招聘，职位页会显示确认日期。")
    return redirect("agency_job", posting_id)


@access(RECRUITER)
@require_POST
def dismiss_import_notes(request: Request, posting_id: UUID) -> HttpResponse:
    """Delete the import's remarks: somebody has looked at them."""
    actions.imports.dismiss_notes(request.actor, posting_id)
    messages.success(request, "已记下，不再提示。")
    return redirect("agency_job", posting_id)


def _refused(request: Request, posting_id: UUID, error: Refused) -> HttpResponse:
    messages.error(request, error.message)
    return redirect("agency_job", posting_id)


@access(RECRUITER, once=True)
@require_POST
def answer_wish(request: Request, wish_id: UUID) -> HttpResponse:
    """Answer an employer's wish for a change: done, or declined with the reason."""
    posting_id = queries.posting_of_wish(request.actor, wish_id)
    form = AnswerForm(request.POST, auto_id=f"{wish_id}-%s")
    is_done = request.POST.get("result") == "done"
    act = actions.answer_wish
    if acted(form, lambda: act(request.actor, wish_id=wish_id, is_done=is_done, answer=form.cleaned_data["answer"])):
        messages.success(request, "已答复企业。")
        return redirect("agency_job", posting_id)
    return _page(request, posting_id, refused={wish_id: form})
