"""Deliveries of an endpoint: the log, one with its attempts, test events, and sending again."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from jiuye.kernel.access import access
from jiuye.kernel.clock import SHANGHAI
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import OWNER
from jiuye.portals.agency.webhooks.forms import GROUPS, ReplayForm, TestForm
from jiuye.portals.agency.webhooks.views import FORM, TEMPLATES, add_errors
from jiuye.portals.kept_input import with_kept_input
from jiuye.webhooks import actions, catalogue, queries
from jiuye.webhooks.queries import DeliveryFilter
from jiuye.webhooks.states import MessageState


@access(OWNER)
@require_safe
def listing(request: Request, endpoint_id: UUID) -> HttpResponse:
    """The log of thirty days, newest first."""
    state = request.GET.get("state", "")
    kind = request.GET.get("type", "")
    day = request.GET.get("day", "")
    chosen = DeliveryFilter(
        state=state if state in MessageState.values else "",
        type=kind if catalogue.is_choice(kind) else "",
        since=_start_of(day),
        until=_end_of(day),
    )
    page = queries.deliveries(request.actor, endpoint_id, chosen=chosen, cursor=request.GET.get("cursor", ""), size=20)
    context = {
        "endpoint": queries.endpoint(request.actor, endpoint_id),
        "page": page,
        "chosen": chosen,
        "day": day if chosen.since else "",
        "states": MessageState.choices,
        "types": [("", "全部"), *((f"{name}.*", label) for name, label in GROUPS.items())],
        "labels": catalogue.LABELS,
    }
    return render(request, f"{TEMPLATES}/deliveries.html", context)


@access(OWNER)
@require_safe
def detail(request: Request, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """One with its body and attempts."""
    found = queries.delivery(request.actor, endpoint_id, delivery_id)
    context = {
        "endpoint": queries.endpoint(request.actor, endpoint_id),
        "delivery": found,
        "label": catalogue.TYPES[found.row.type].label,
    }
    return render(request, f"{TEMPLATES}/delivery.html", context)


@access(OWNER, once=True)
@require_POST
def resend(request: Request, endpoint_id: UUID, delivery_id: UUID) -> HttpResponse:
    """Send one once more."""
    try:
        actions.resend(request.actor, endpoint_id=endpoint_id, message_id=delivery_id)
    except Refused as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "正在重发，几秒后刷新本页看结果。")
    return redirect("agency_webhook_delivery", endpoint_id, delivery_id)


@access(OWNER, once=True)
@require_POST
def test(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Send a test event."""
    form = TestForm(request.POST)
    kind = form.cleaned_data["type"] if form.is_valid() else "webhook.test"
    try:
        made = actions.send_test_event(request.actor, endpoint_id=endpoint_id, type=kind)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("agency_webhook", endpoint_id)
    messages.success(request, "试推送已发出，几秒后刷新本页看结果。")
    return redirect("agency_webhook_delivery", endpoint_id, made)


@access(OWNER, once=True)
@FORM
def replay(request: Request, endpoint_id: UUID) -> HttpResponse:
    """Send a range once more."""
    form = with_kept_input(request, ReplayForm(request.POST or None, initial=ReplayForm.usual()))
    if form.is_bound and form.is_valid():
        try:
            actions.replay(request.actor, endpoint_id=endpoint_id, **form.cleaned_data)
        except (Invalid, Refused) as error:
            add_errors(form, error)
        else:
            messages.success(request, "正在重发，进度在本页。")
            return redirect("agency_webhook", endpoint_id)
    context = {"endpoint": queries.endpoint(request.actor, endpoint_id), "form": form}
    return render(request, f"{TEMPLATES}/replay.html", context, status=422 if form.errors else 200)


@access(OWNER)
@require_safe
def progress(request: Request, endpoint_id: UUID, replay_id: UUID) -> HttpResponse:
    """The progress of a replay, as a fragment."""
    found = queries.replay(request.actor, endpoint_id, replay_id)
    return render(request, f"{TEMPLATES}/progress.html", {"replay": found, "endpoint_id": endpoint_id})


def _start_of(day: str) -> datetime | None:
    """Return the first moment of a day in a URL; None for what is no day of these centuries."""
    try:
        found = parse_date(day)
    except ValueError:
        found = None
    return datetime.combine(found, time(), SHANGHAI) if found and 2000 <= found.year < 3000 else None


def _end_of(day: str) -> datetime | None:
    start = _start_of(day)
    return start + timedelta(days=1) if start else None
