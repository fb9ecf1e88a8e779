"""The queue of audit cases: find, claim, assign. Deciding happens on a case's own page only."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.qualifications import actions, queries
from jiuye.domains.qualifications.states import CasePurpose
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import access
from jiuye.kernel.http.request import Request
from jiuye.kernel.ids import id_in
from jiuye.portals.operator.access import AUDITOR

TEMPLATES = "portals/operator/qualifications/templates"
_SHOWN_REFUSALS = 3


def chosen_in(given: Mapping[str, str]) -> queries.QueueFilter:
    """Parse the filter; invalid values narrow nothing."""
    return queries.QueueFilter(
        applicant=given.get("applicant", "") if given.get("applicant", "") in queries.APPLICANT_LABELS else "",
        state=given.get("state", "") if given.get("state", "") in queries.STATE_LABELS else "",
        region=given.get("region", "") if reference.has_region(given.get("region", "")) else "",
        purpose=given.get("purpose", "") if given.get("purpose", "") in CasePurpose.values else "",
        whose=given.get("whose", "") if given.get("whose", "") in queries.WHOSE_LABELS else "",
        words=given.get("q", "").strip()[:60],
    )


def kept(chosen: queries.QueueFilter) -> dict[str, str]:
    """Return the filter as parameters of a URL."""
    pairs = {
        "applicant": chosen.applicant,
        "state": chosen.state,
        "region": chosen.region,
        "purpose": chosen.purpose,
        "whose": chosen.whose,
        "q": chosen.words,
    }
    return {name: value for name, value in pairs.items() if value}


@access(AUDITOR)
@require_safe
def queue(request: Request) -> HttpResponse:
    """Waiting cases, longest waiting first. At most twelve queries with the desk's own."""
    chosen = chosen_in(request.GET)
    is_chief = request.actor.role == "owner"
    context = {
        "page": queries.queue(request.actor, chosen, cursor=request.GET.get("cursor", "")),
        "counts": queries.queue_counts(request.actor),
        "chosen": chosen,
        "kept": kept(chosen),
        "auditors": queries.auditors(request.actor) if is_chief else [],
        "applicants": list(queries.APPLICANT_LABELS.items()),
        "states": list(queries.STATE_LABELS.items()),
        "purposes": CasePurpose.choices,
        "whose": list(queries.WHOSE_LABELS.items()),
        "provinces": [(one.code, one.name) for one in reference.provinces()],
    }
    return render(request, f"{TEMPLATES}/queue.html", context)


@access(AUDITOR, once=True)
@require_POST
def next_case(request: Request) -> HttpResponse:
    """Claim the case that waits longest and open it."""
    found = actions.claim_next(request.actor)
    if found is None:
        messages.info(request, "没有您可以领取的审核了：剩下的由同事处理中，或须由他人复核。")
        return redirect("ops_qualifications")
    return redirect("ops_qualification", found)


@access(AUDITOR, once=True)
@require_POST
def claim_several(request: Request) -> HttpResponse:
    """Claim the ticked cases, or assign them to a colleague."""
    chosen = [one for one in map(id_in, request.POST.getlist("case")) if one]
    to: UUID | None = id_in(request.POST.get("to", "")) if "assign" in request.POST else None
    if not chosen:
        messages.warning(request, "请先勾选要领取的审核。")
    elif "assign" in request.POST and to is None:
        messages.warning(request, "请先选择指派给哪位审核员。")
    else:
        result = actions.claim_several(request.actor, case_ids=list(dict.fromkeys(chosen)), person_id=to)
        if result.done:
            messages.success(request, f"已{'指派' if to else '领取'} {result.done} 件。半小时没有动作会自动释放。")
        for refusal in result.refusals[:_SHOWN_REFUSALS]:
            messages.warning(request, refusal)
    return redirect("ops_qualifications")
