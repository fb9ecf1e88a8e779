"""An approved agency completes its profile, and its shop opens."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jiuye.domains.organisations import queries as organisations
from jiuye.domains.qualifications import actions, queries
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import EARLY_OWNER
from jiuye.portals.agency.joining.forms import ProfileForm
from jiuye.portals.editing import blame
from jiuye.portals.kept_input import with_kept_input


@access(EARLY_OWNER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: Request) -> HttpResponse:
    """The profile that opens the shop."""
    shop = organisations.own_shop(request.actor)
    agency = shop.agency
    initial = {
        "short_name": agency.short_name,
        "region": agency.region_code,
        "address": agency.address,
        "phone": agency.phone,
        "services": "、".join(agency.services),
        "fees": agency.fees,
        "supervising_body": agency.supervising_body,
        "supervising_phone": agency.supervising_phone,
    }
    form = with_kept_input(request, ProfileForm(request.POST if request.method == "POST" else None, initial=initial))
    if request.method == "POST" and form.is_valid():
        try:
            is_open = actions.complete_profile(request.actor, profile=form.profile())
        except Invalid as problem:
            blame(form, problem)
        else:
            words = "旗舰店已经开放，可以发布职位了。" if is_open else "资料已保存。资质审核通过后旗舰店自动开放。"
            messages.success(request, words)
            return HttpResponseRedirect(reverse("agency_home" if is_open else "agency_qualification"), status=303)
    region = form["region"].value() or ""
    context = {
        "form": form,
        "agency": agency,
        "standing": queries.standing_of(request.actor),
        "region_name": reference.full_name(region) if reference.has_region(region) else region,
    }
    return render(request, "portals/agency/joining/templates/profile.html", context, status=422 if form.errors else 200)
