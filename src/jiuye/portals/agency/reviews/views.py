"""Reviews of the agency, and its replies."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reviews import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER, VIEWER
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/agency/reviews/templates"


class ReplyForm(forms.Form):
    """The agency's one reply."""

    text = forms.CharField(
        label="回复",
        max_length=queries.TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": queries.TEXT_LIMIT}),
        help_text="所有人可见。先说怎么处理，再说原因；不要写电话、微信，也不要写对方的个人信息。",
        error_messages={
            "required": "请写下回复的内容。",
            "max_length": f"最多 {queries.TEXT_LIMIT} 字，请写短一些。",
        },
    )


@access(VIEWER)
@require_safe
def list_all(request: Request) -> HttpResponse:
    """The reviews by what is left to do. Three queries besides the desk's own."""
    view = request.GET.get("view", "all")
    view = view if view in queries.SHOWN else "all"
    counts = queries.counts_for(request.actor)
    context = {
        "shop": organisations.own_shop(request.actor),
        "page": queries.for_agency(request.actor, view=view, cursor=request.GET.get("cursor", "")),
        "view": view,
        "views": [(label, f"?view={key}", key == view, counts[key]) for key, label in queries.SHOWN.items()],
    }
    return render(request, f"{TEMPLATES}/list.html", context)


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: Request, review_id: UUID) -> HttpResponse:
    """Write or change the reply."""
    review = queries.of_own_agency(request.actor, review_id)
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={"text": review.reply})
    form = with_kept_input(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply_to_review(request.actor, review_id=review_id, text=form.cleaned_data["text"])
        except Invalid as error:
            form.add_error("text", error.fields["text"])
        except Refused as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, "回复已修改。" if review.reply else "已回复，作者会收到通知。")
            return HttpResponseRedirect(reverse("agency_reviews"), status=303)
    status = 422 if form.errors else 200
    return render(request, f"{TEMPLATES}/reply.html", {"review": review, "form": form}, status=status)
