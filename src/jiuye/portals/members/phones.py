"""The complete phone of a member or of an invited person: on this page only, after a reason."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse

from jiuye.domains.organisations import actions, queries
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.http.request import Request
from jiuye.portals.errors import with_wait
from jiuye.portals.members.desk import Desk
from jiuye.portals.members.forms import PhoneForm


def of_member(desk: Desk, request: Request, person_id: UUID) -> HttpResponse:
    """GET: why. POST: the member's phone."""
    one = queries.member(request.actor, person_id)
    return _page(
        desk,
        request,
        whose=one.name,
        masked=one.phone,
        unmask=lambda reason: actions.unmask_member(request.actor, person_id=person_id, reason=reason),
    )


def of_invitation(desk: Desk, request: Request, invitation_id: UUID) -> HttpResponse:
    """GET: why. POST: the phone that an invitation went to."""
    one = queries.waiting_invitation(request.actor, invitation_id)
    return _page(
        desk,
        request,
        whose="被邀请的人",
        masked=one.phone,
        unmask=lambda reason: actions.unmask_invitation(request.actor, invitation_id=invitation_id, reason=reason),
    )


def _page(desk: Desk, request: Request, *, whose: str, masked: str, unmask: Callable[[str], str]) -> HttpResponse:
    form = PhoneForm(request.POST if request.method == "POST" else None)
    phone, error = "", None
    if form.is_bound and form.is_valid():
        try:
            phone = unmask(form.cleaned_data["reason"])
        except RateLimited as refusal:
            form.add_error(None, refusal.message)
            error = refusal
    status = (error.status if error else 422) if form.errors else 200
    page = desk.page(request, "phone.html", status=status, whose=whose, masked=masked, phone=phone, form=form)
    return with_wait(page, error)
