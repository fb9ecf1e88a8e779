"""How much a client used the API."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.clients import queries
from jiuye.kernel.access import access
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import OWNER
from jiuye.portals.staff_components.day_chart import chart


@access(OWNER)
@require_safe
def usage(request: Request, client_id: UUID) -> HttpResponse:
    """Requests of the last thirty days, by day and by operation, and the present limits."""
    found = queries.client_usage(request.actor, client_id)
    context = {
        "client": queries.client_of(request.actor, client_id),
        "usage": found,
        "chart": chart([(one.day, one.tally.total, one.tally.total - one.tally.done) for one in found.days]),
        "limits": [
            ("读取", settings.CHANNEL_REQUESTS_PER_MINUTE, "查询和列表"),
            ("写入", settings.CLIENT_WRITES_PER_MINUTE, "发布、修改等，一批算一次"),
            ("导出", settings.API_EXPORTS_PER_MINUTE, "快照和大文件"),
        ],
    }
    return render(request, "portals/agency/api/templates/usage.html", context)
