"""Look for agencies, and ask one to recruit for the employer."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.organisations import actions, queries
from jiuye.domains.organisations.actions import JOBS_LIMIT, NOTE_LIMIT
from jiuye.domains.organisations.states import AgencyKind
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import access
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.http.request import Request
from jiuye.kernel.text.tidying import tidy_line
from jiuye.portals.affiliations import acted
from jiuye.portals.employer.access import EMPLOYER, RECRUITER
from jiuye.portals.errors import with_wait
from jiuye.portals.kept_input import with_kept_input

TEMPLATES = "portals/employer/agencies/templates"
SHARES = (("", "处理率不限"), ("95", "7 日处理率 95% 以上"), ("90", "90% 以上"), ("80", "80% 以上"))


class AskForm(forms.Form):
    """What the agency is asked."""

    jobs_meant = forms.CharField(
        label="想招的职位",
        max_length=JOBS_LIMIT,
        help_text="写明职位和人数，如：电焊工 5 人、质检员 2 人。",
        error_messages={
            "required": "请写明想招的职位和人数。",
            "max_length": f"最多 {JOBS_LIMIT} 个字，请写短一些。",
        },
    )
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": NOTE_LIMIT}),
        help_text="可以写用工时间、工作地点，以及怎么联系您。",
        error_messages={"max_length": f"最多 {NOTE_LIMIT} 个字，请写短一些。"},
    )


@access(EMPLOYER)
@require_safe
def find(request: Request) -> HttpResponse:
    """The listed agencies by words, region, service and answer rate, each with its affiliation if there is one."""
    chosen, kept = _asked(request.GET)
    counts = queries.shop_counts(chosen, shares=())
    page = queries.shops(chosen, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "total": counts.total,
        "known": queries.latest_affiliations(request.actor, [shop.id for shop in page.items]),
        "is_certified": queries.is_certified(request.actor),
        "chosen": chosen,
        "kept": kept,
        "kinds": [("", "公共和市场化"), *AgencyKind.choices],
        "services": [("", "服务不限"), *((name, f"{name}（{number}）") for name, number in counts.services)],
        "shares": SHARES,
        "sorts": list(queries.SHOP_SORTS.items()),
        "region_name": reference.display_name(chosen.region) if chosen.region else "",
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
    }
    return render(request, f"{TEMPLATES}/find.html", context)


def _asked(given: QueryDict) -> tuple[queries.ShopFilter, dict[str, str]]:
    """Parse the URL, ignoring invalid values. Return the filter, and the same as URL parameters."""
    region, kind, share, sort = (given.get(name, "") for name in ("region", "kind", "answered", "sort"))
    kept = {
        "q": tidy_line(given.get("q", ""))[:40],
        "region": region if reference.has_region(region) else "",
        "kind": kind if kind in AgencyKind.values else "",
        "service": tidy_line(given.get("service", ""))[:30],
        "answered": share if share in dict(SHARES) else "",
        "sort": sort if sort in queries.SHOP_SORTS and sort != "answers" else "",
    }
    chosen = queries.ShopFilter(
        region=kept["region"],
        kind=kept["kind"],
        text=kept["q"],
        service=kept["service"],
        answered=int(kept["answered"] or 0) / 100,
        sort=kept["sort"] or "answers",
    )
    return chosen, {name: value for name, value in kept.items() if value}


@access(RECRUITER, once=True)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, agency_id: UUID) -> HttpResponse:
    """Ask an agency, with the jobs meant and a note."""
    shop = queries.shop(agency_id)
    form = with_kept_input(request, AskForm(request.POST if request.method == "POST" else None))
    error: RateLimited | None = None
    if request.method == "POST":
        try:
            if acted(
                form,
                lambda: actions.request_affiliation(request.actor, agency_id=agency_id, **form.cleaned_data),
            ):
                messages.success(request, f"已向{shop.agency.name}发出申请，对方答复后会通知您。")
                return redirect("employer_agencies")
        except RateLimited as refusal:
            form.add_error(None, refusal.message)
            error = refusal
    context = {"shop": shop, "form": form, "is_certified": queries.is_certified(request.actor)}
    status = error.status if error else 422 if form.errors else 200
    return with_wait(render(request, f"{TEMPLATES}/ask.html", context, status=status), error)
