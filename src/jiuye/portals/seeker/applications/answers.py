"""The seeker's answers and requests during and after an application."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jiuye.domains.applications import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.seeker.applications.forms import AnotherTimeForm, AnswerForm
from jiuye.portals.seeker.applications.views import detail_page


@access(SIGNED_IN, once=True)
@require_POST
def answer_interview(request: Request, application_id: UUID) -> HttpResponse:
    """Accept or decline the invitation."""

    def act(form: AnswerForm) -> str:
        actions.answer_interview(
            request.actor,
            application_id=application_id,
            invitation_id=form.cleaned_data["invitation"] or application_id,  # no invitation named: none is found
            accept=form.accepts,
            note=form.cleaned_data["note"],
        )
        return "已接受面试，请按时参加。" if form.accepts else "已谢绝面试，并已告知职介。"

    return _answer(request, application_id, act)


@access(SIGNED_IN, once=True)
@require_POST
def answer_onboarding(request: Request, application_id: UUID) -> HttpResponse:
    """Accept or decline the onboarding notice."""

    def act(form: AnswerForm) -> str:
        actions.answer_onboarding(
            request.actor, application_id=application_id, accept=form.accepts, note=form.cleaned_data["note"]
        )
        return "已接受入职，请按时报到。" if form.accepts else "已谢绝入职，并已告知职介。"

    return _answer(request, application_id, act)


def _answer(request: Request, application_id: UUID, act: Callable[[AnswerForm], str]) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return detail_page(request, application_id, answer=form, status=422)
    return _do(request, application_id, lambda: act(form))


def _do(request: Request, application_id: UUID, act: Callable[[], str]) -> HttpResponse:
    """Act and redirect to the application with the result as a message."""
    try:
        messages.success(request, act())
    except Refused as error:
        messages.error(request, error.message)
    return redirect("my_application", application_id)


@access(SIGNED_IN, once=True)
@require_POST
def another_time(request: Request, application_id: UUID) -> HttpResponse:
    """Ask for another time of the interview."""
    form = AnotherTimeForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_for_another_time(
                request.actor,
                application_id=application_id,
                invitation_id=form.cleaned_data["invitation"],
                reason=form.cleaned_data["reason"],
                times=form.times(),
            )
        except Invalid as error:
            for field, message in error.fields.items():
                form.add_error({"times": "first"}.get(field, field), message)
        except Refused as error:
            messages.error(request, error.message)
            return redirect("my_application", application_id)
        else:
            messages.success(request, "已告知职介。对方改约之前，原时间仍然有效。")
            return redirect("my_application", application_id)
    return detail_page(request, application_id, asking=form, status=422)


@access(SIGNED_IN, once=True)
@require_POST
def nudge(request: Request, application_id: UUID) -> HttpResponse:
    """Remind an agency that has not answered."""

    def act() -> str:
        actions.nudge(request.actor, application_id=application_id)
        return "已提醒职介尽快处理，有进展我们会通知您。"

    return _do(request, application_id, act)


@access(SIGNED_IN, once=True)
@require_POST
def outcome(request: Request, application_id: UUID) -> HttpResponse:
    """Record whether the seeker started on the first day."""
    onboarded = request.POST.get("answer") == "yes"

    def act() -> str:
        if request.POST.get("answer") not in {"yes", "no"}:
            queries.my_application(request.actor, application_id)  # NotFound for another person's
            raise Refused("请选择“已入职”或“没有入职”。")
        actions.confirm_outcome(request.actor, application_id=application_id, onboarded=onboarded)
        return "谢谢，已记下您的确认。" if onboarded else "谢谢，已记下。与职介的登记不一致的，平台会跟进。"

    return _do(request, application_id, act)


@access(SIGNED_IN, once=True)
@require_POST
def retention(request: Request, application_id: UUID) -> HttpResponse:
    """Record whether the seeker still works there."""

    def act() -> str:
        days, answer = request.POST.get("days", ""), request.POST.get("answer", "")
        if days not in {"30", "90"} or answer not in {"yes", "no"}:
            queries.my_application(request.actor, application_id)
            raise Refused("请选择“还在职”或“已离开”。")
        actions.answer_retention(request.actor, application_id=application_id, days=int(days), is_there=answer == "yes")
        return "谢谢您的回答。"

    return _do(request, application_id, act)


@access(SIGNED_IN, once=True)
@require_POST
def withdraw(request: Request, application_id: UUID) -> HttpResponse:
    """Withdraw the application."""
    try:
        actions.withdraw(request.actor, application_id=application_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "已撤回投递，对方不能再查看您的简历。")
    return redirect("my_application", application_id)
