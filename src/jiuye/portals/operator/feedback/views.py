"""The staff's feedback queue: claim, answer, close."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.feedback import actions, queries
from jiuye.domains.feedback.states import FEEDBACK_LABELS, Category
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.kept_input import with_kept_input
from jiuye.portals.operator.access import FEEDBACK_DESK
from jiuye.portals.reading_limits import OWN_FILES

TEMPLATES = "portals/operator/feedback/templates"


class AnswerForm(forms.Form):
    """The answer to the author."""

    text = forms.CharField(
        label="答复",
        max_length=queries.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": queries.LONGEST}),
        help_text="对方会收到通知。说清楚查到了什么、已经怎样处理、对方还需要做什么。",
        error_messages={"required": "请写下答复。", "max_length": f"请不要超过 {queries.LONGEST} 个字。"},
    )


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = forms.CharField(
        label="内部备注",
        max_length=queries.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": queries.LONGEST}),
        help_text="只有运营人员看得到。",
        error_messages={"required": "请写下备注。", "max_length": f"请不要超过 {queries.LONGEST} 个字。"},
    )


@access(FEEDBACK_DESK)
@require_safe
def queue(request: Request) -> HttpResponse:
    """Open feedback, longest waiting first, with figures. Two queries besides the frame's."""
    given = request.GET
    state = given.get("state", "open") if given.get("state", "open") in FEEDBACK_LABELS else "open"
    category = given.get("category", "") if given.get("category", "") in Category.values else ""
    who = given.get("who", "") if given.get("who", "") in queries.WORKING_ON else ""
    number = given.get("number", "")[:20]
    context = {
        "page": queries.queue(
            request.actor, state=state, category=category, who=who, number=number, cursor=given.get("cursor", "")
        ),
        "figures": queries.figures(request.actor),
        "states": FEEDBACK_LABELS,
        "state": state,
        "categories": [("", "全部类别"), *Category.choices],
        "category": category,
        "people": list(queries.WORKING_ON.items()),
        "who": who,
        "number": number,
        "kept": {k: v for k, v in (("state", state), ("category", category), ("who", who), ("number", number)) if v},
    }
    return render(request, f"{TEMPLATES}/queue.html", context)


@access(FEEDBACK_DESK)
@require_safe
def detail(request: Request, feedback_id: UUID) -> HttpResponse:
    """One piece of feedback."""
    return _page(request, feedback_id)


def _page(
    request: Request, feedback_id: UUID, *, answer: AnswerForm | None = None, note: NoteForm | None = None
) -> HttpResponse:
    status = 422 if answer or note else 200
    if answer is None:
        path = reverse("ops_feedback_answer", args=[feedback_id])
        answer = with_kept_input(request, AnswerForm(prefix="answer"), action=path)
    if note is None:
        path = reverse("ops_feedback_note", args=[feedback_id])
        note = with_kept_input(request, NoteForm(prefix="note"), action=path)
    context = {"feedback": queries.for_desk(request.actor, feedback_id), "answer": answer, "note": note}
    return render(request, f"{TEMPLATES}/detail.html", context, status=status)


@access(FEEDBACK_DESK, once=True)
@require_POST
def answer(request: Request, feedback_id: UUID) -> HttpResponse:
    """Answer, or add to the answer."""
    form = AnswerForm(request.POST, prefix="answer")
    act = _attempt(form, lambda text: actions.answer(request.actor, feedback_id=feedback_id, text=text))
    if not act:
        return _page(request, feedback_id, answer=form)
    messages.success(request, "已答复，对方会收到通知。")
    return redirect("ops_feedback_one", feedback_id)


@access(FEEDBACK_DESK, once=True)
@require_POST
def note(request: Request, feedback_id: UUID) -> HttpResponse:
    """A note for colleagues."""
    form = NoteForm(request.POST, prefix="note")
    act = _attempt(form, lambda text: actions.add_note(request.actor, feedback_id=feedback_id, text=text))
    if not act:
        return _page(request, feedback_id, note=form)
    messages.success(request, "备注已保存。")
    return redirect("ops_feedback_one", feedback_id)


def _attempt(form: forms.Form, act: Callable[[str], None]) -> bool:
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data["text"])
    except Invalid as problem:
        form.add_error("text", problem.fields["text"])
    except Refused as problem:
        form.add_error(None, problem.message)
    return not form.errors


def _simply(request: Request, feedback_id: UUID, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except Refused as problem:
        messages.error(request, problem.message)
    return redirect("ops_feedback_one", feedback_id)


@access(FEEDBACK_DESK, once=True)
@require_POST
def claim(request: Request, feedback_id: UUID) -> HttpResponse:
    """Claim it, so that no colleague answers it at the same time."""
    return _simply(
        request, feedback_id, lambda: actions.claim(request.actor, feedback_id=feedback_id), "已认领，由您答复。"
    )


@access(FEEDBACK_DESK, once=True)
@require_POST
def release(request: Request, feedback_id: UUID) -> HttpResponse:
    """Release it for others."""
    return _simply(
        request,
        feedback_id,
        lambda: actions.release(request.actor, feedback_id=feedback_id),
        "已放回，其他同事可以认领。",
    )


@access(FEEDBACK_DESK, once=True)
@require_POST
def close(request: Request, feedback_id: UUID) -> HttpResponse:
    """Close it: it was answered."""
    return _simply(request, feedback_id, lambda: actions.close(request.actor, feedback_id=feedback_id), "已结束。")


@access(FEEDBACK_DESK, limit=OWN_FILES)
@require_safe
def file(request: Request, feedback_id: UUID, file_id: UUID) -> HttpResponse:
    """An attached file."""
    name, content_type, content = queries.file_for_desk(request.actor, feedback_id, file_id)
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
