"""Visits by links that name a channel (`?channel=…`), as the API gives them to channels.

A GET writes nothing and public pages set no cookie, so the page asks the browser for a POST that carries the channel's code only.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from jiuye.domains.accounts import actions
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.local_limits import LocalLimit
from jiuye.kernel.rate_limits import ADDRESS

LIMIT = LocalLimit("channel-visits", "记录从合作应用来的访问", ADDRESS, 600, 60)
"""Carriers' NAT gives many people one address."""


@access(PUBLIC, limit=LIMIT)
@require_POST
def count(request: HttpRequest, code: str) -> HttpResponse:
    """Count one visit. The answer does not tell whether there is such a channel."""
    actions.count_visit(channel_code=code)
    return HttpResponse(status=204)
