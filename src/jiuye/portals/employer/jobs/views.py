"""The employer's jobs as agencies carry them: figures, and wishes for changes."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import actions, queries
from jiuye.domains.jobs.actions import WISH_LIMIT
from jiuye.kernel.access import access
from jiuye.kernel.http.request import Request
from jiuye.portals.affiliations import acted
from jiuye.portals.employer.access import EMPLOYER, RECRUITER
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/employer/jobs/templates"
VIEWS = {"": "全部", "open": "招聘中", "closed": "已结束"}


class WishForm(forms.Form):
    """What the agency should change."""

    text = forms.CharField(
        label="希望怎么改",
        max_length=WISH_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": WISH_LIMIT}),
        help_text="如：招聘人数改为 8 人；月薪提高到 6000–8000 元。",
        error_messages={
            "required": "请写明希望怎么改。",
            "max_length": f"最多 {WISH_LIMIT} 个字，请写短一些。",
        },
    )


@access(EMPLOYER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """The jobs with their figures."""
    state = request.GET.get("state", "")
    state = state if state in VIEWS else ""
    page = queries.employer_postings(request.actor, state=state, cursor=request.GET.get("cursor", ""))
    ids = [one.row.id for one in page.items]
    context = {
        "page": page,
        "state": state,
        "views": [(label, f"?state={key}" if key else "?", key == state, None) for key, label in VIEWS.items()],
        "numbers": applications.numbers_by_posting(request.actor, ids),
        "viewers": queries.viewers(ids),
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(EMPLOYER)
@require_safe
def detail(request: Request, posting_id: UUID) -> HttpResponse:
    """One job with its figures and the wishes."""
    return _page(request, posting_id)


@access(RECRUITER, once=True)
@require_POST
def wish(request: Request, posting_id: UUID) -> HttpResponse:
    """Ask the agency for a change."""
    form = WishForm(request.POST)
    act = actions.wish_for_change
    if acted(form, lambda: act(request.actor, posting_id=posting_id, text=form.cleaned_data["text"])):
        messages.success(request, "意见已发给职介，答复后会通知您。")
        return redirect("employer_job", posting_id)
    return _page(request, posting_id, form)


def _page(request: Request, posting_id: UUID, form: WishForm | None = None) -> HttpResponse:
    posting = queries.employer_posting(request.actor, posting_id)
    action = reverse("employer_job_wish", args=[posting_id])
    context = {
        "posting": posting,
        "numbers": applications.numbers_by_posting(request.actor, [posting_id]).get(posting_id),
        "viewers": queries.viewers([posting_id]).get(posting_id, 0),
        "wishes": queries.wishes_for(posting_id),
        "form": form or with_kept_input(request, WishForm(), action=action),
    }
    return render(request, f"{TEMPLATES}/detail.html", context, status=422 if form else 200)
