"""`/me/following`: followed shops, their new jobs and coming fairs."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jiuye.alerts import followed_shops
from jiuye.domains.fairs import queries as fairs
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request


@access(SIGNED_IN)
@require_safe
def listing(request: Request) -> HttpResponse:
    """Each shop with its new jobs and fairs; after unfollowing one, undo. Four queries."""
    followed = followed_shops.followed(request.actor)
    ids = [one.agency_id for one in followed]
    token = request.GET.get("undo", "")
    context = {
        "followed": followed,
        "shops": organisations.agency_cards(ids),
        "fairs": fairs.coming_of(ids),
        "let_go": followed_shops.let_go_of(request.actor, token) if token else None,
        "token": token,
    }
    return render(request, "portals/seeker/searches/templates/following.html", context)


@access(SIGNED_IN, once=True)
@require_POST
def stop(request: Request, saved_search_id: UUID) -> HttpResponse:
    """Unfollow a shop; the next page offers undo."""
    token = followed_shops.unfollow(request.actor, saved_search_id=saved_search_id)
    return HttpResponseRedirect(f"{reverse('following')}?{urlencode({'undo': token})}", status=303)


@access(SIGNED_IN, once=True)
@require_POST
def again(request: Request) -> HttpResponse:
    """Follow it again."""
    try:
        name = followed_shops.follow_again(request.actor, token=request.POST.get("token", ""))
        messages.success(request, f"已恢复关注“{name}”。")
    except (Refused, Invalid) as problem:
        messages.error(request, problem.message)
    return HttpResponseRedirect(reverse("following"), status=303)
