"""Feedback with or without an account. The browser's session remembers the codes it was given."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.feedback import actions, queries
from jiuye.domains.feedback.states import Category
from jiuye.kernel.access import ANYONE, SIGNED_IN, access
from jiuye.kernel.errors import Invalid, NotFound, ProductError, RateLimited, Refused, Unavailable
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.reading_limits import OWN_FILES
from jiuye.portals.seeker.feedback.forms import AskForm, FeedbackForm, LookUpForm, MoreForm, RateForm

HERE = "portals/seeker/feedback/templates"
CODES = "feedback_codes"
_LAST = "feedback_sent"
_MOST_CODES = 20
_FORM = require_http_methods(["GET", "HEAD", "POST"])


@access(ANYONE)
@_FORM
def ask(request: Request) -> HttpResponse:
    """GET: the form; `?about=` sets the category. POST: submit it and show the number."""
    about = request.GET.get("about", "")
    start = {"category": about if about in Category.values else ""}
    form = AskForm(request.POST, request.FILES) if request.method == "POST" else AskForm(initial=start)
    form = with_kept_input(request, form)
    if request.method == "POST" and (response := _attempt(form, lambda: _submit(request, form))):
        return response
    context = {"form": form, "is_signed_in": request.actor.is_signed_in}
    return with_wait(render(request, f"{HERE}/ask.html", context, status=_status(form)), form.refusal)


def _submit(request: Request, form: AskForm) -> HttpResponse:
    given = form.cleaned_data
    made = actions.submit(
        request.actor,
        submission=given["submission"],
        category=given["category"],
        text=given["text"],
        contact=given["contact"],
        files=[(one.name, one) for one in given["attachments"]],
    )
    if made.query_code:
        _remember(request, made.number, made.query_code)
    request.session[_LAST] = made.number
    return HttpResponseRedirect(reverse("feedback_sent"), status=303)


@access(ANYONE)
@require_safe
def sent(request: Request) -> HttpResponse:
    """The number, and for people without an account the code."""
    number = request.session.get(_LAST)
    if not number:
        return HttpResponseRedirect(reverse("feedback"))
    context = {"number": number, "code": _code(request, number), "place": _place(request, number)}
    return render(request, f"{HERE}/sent.html", context)


@access(ANYONE)
@_FORM
def look_up(request: Request) -> HttpResponse:
    """Find feedback by number and code."""
    start = {"number": request.GET.get("number", "")[:20]}
    form = LookUpForm(request.POST) if request.method == "POST" else LookUpForm(initial=start)
    form = with_kept_input(request, form)
    if request.method == "POST" and (response := _attempt(form, lambda: _open(request, form))):
        return response
    return with_wait(render(request, f"{HERE}/look_up.html", {"form": form}, status=_status(form)), form.refusal)


def _open(request: Request, form: LookUpForm) -> HttpResponse:
    code = form.cleaned_data["code"]
    try:
        number = actions.look_up(request.actor, number=form.cleaned_data["number"], code=code)
    except NotFound as problem:
        raise Invalid({"number": problem.message}) from problem
    _remember(request, number, code)
    return HttpResponseRedirect(reverse("feedback_one", args=[number]), status=303)


@access(SIGNED_IN)
@require_safe
def mine(request: Request) -> HttpResponse:
    """The person's feedback and its status."""
    page = queries.mine(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{HERE}/mine.html", {"page": page})


@access(SIGNED_IN)
@require_safe
def my_own(request: Request, number: str) -> HttpResponse:
    """One of the person's own."""
    return _page(request, number)


@access(ANYONE)
@require_safe
def detail(request: Request, number: str) -> HttpResponse:
    """One piece of feedback, for a browser that knows its code; others must enter it."""
    if not _code(request, number) and not request.actor.is_signed_in:
        return HttpResponseRedirect(f"{reverse('feedback_look_up')}?number={number[:20]}")
    return _page(request, number)


@access(ANYONE)
@require_POST
def more(request: Request, number: str) -> HttpResponse:
    """Add a follow-up; answered feedback is reopened."""
    form = MoreForm(request.POST)

    def add() -> HttpResponse:
        actions.follow_up(request.actor, number=number, text=form.cleaned_data["text"], code=_code(request, number))
        messages.success(request, "已补充，客服会继续处理。")
        return HttpResponseRedirect(_place(request, number), status=303)

    return _attempt(form, add) or _page(request, number, more=form)


@access(ANYONE)
@require_POST
def rate(request: Request, number: str) -> HttpResponse:
    """Rate the answer, once."""
    form = RateForm(request.POST)

    def give() -> HttpResponse:
        actions.rate(request.actor, number=number, stars=form.cleaned_data["stars"], code=_code(request, number))
        messages.success(request, "谢谢您的评价。")
        return HttpResponseRedirect(_place(request, number), status=303)

    return _attempt(form, give) or _page(request, number, rating=form)


@access(ANYONE)
@require_POST
def finish(request: Request, number: str) -> HttpResponse:
    """Close it."""
    try:
        actions.finish(request.actor, number=number, code=_code(request, number))
        messages.success(request, "已结束这条反馈。")
    except Refused as problem:
        messages.error(request, problem.message)
    return HttpResponseRedirect(_place(request, number), status=303)


@access(ANYONE, limit=OWN_FILES)
@require_safe
def file(request: Request, number: str, file_id: UUID) -> HttpResponse:
    """An attached file, for its sender."""
    name, content_type, content = queries.file_for_asker(request.actor, number, file_id, code=_code(request, number))
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _page(
    request: Request, number: str, *, more: MoreForm | None = None, rating: RateForm | None = None
) -> HttpResponse:
    context = {
        "feedback": queries.asked(request.actor, number, code=_code(request, number)),
        "is_own": request.actor.is_signed_in,
        "more": more or with_kept_input(request, MoreForm(), action=reverse("feedback_more", args=[number])),
        "rating": rating or with_kept_input(request, RateForm(), action=reverse("feedback_rate", args=[number])),
    }
    refused = more or rating
    page = render(request, f"{HERE}/detail.html", context, status=_status(refused) if refused else 200)
    return with_wait(page, refused.refusal if refused else None)


def _attempt(form: FeedbackForm, act: Callable[[], HttpResponse]) -> HttpResponse | None:
    """Return the action's result; None if the form or the domain reports an error, which the form then shows."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Invalid as problem:
        for name, message in problem.fields.items():
            form.add_error(name, message)
    except (Refused, RateLimited, Unavailable) as problem:
        _blame(form, problem)
    return None


def _blame(form: FeedbackForm, problem: ProductError) -> None:
    form.add_error(None, problem.message)
    form.status, form.refusal = problem.status, problem


def _status(form: FeedbackForm) -> int:
    return form.status if form.is_bound and form.errors else 200


def _remember(request: Request, number: str, code: str) -> None:
    """Remember the latest codes in this browser's session."""
    known = {**request.session.get(CODES, {}), number: code}
    request.session[CODES] = dict(list(known.items())[-_MOST_CODES:])


def _code(request: Request, number: str) -> str:
    return str(request.session.get(CODES, {}).get(number.upper(), ""))


def _place(request: Request, number: str) -> str:
    """Return the URL of the feedback for this visitor."""
    own = request.actor.is_signed_in and not _code(request, number)
    return reverse("my_feedback_one" if own else "feedback_one", args=[number])
