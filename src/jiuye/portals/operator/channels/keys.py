"""API keys of partner apps."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jiuye.domains.accounts import actions
from jiuye.kernel.access import access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.operator.access import SECURITY_ADMIN
from jiuye.portals.operator.channels.views import channel_page


@access(SECURITY_ADMIN)
@require_POST
def issue(request: Request, channel_id: UUID) -> HttpResponse:
    """Issue a key, shown in this answer only."""
    try:
        issued = actions.issue_key(request.actor, channel_id=channel_id)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("ops_channel", channel_id)
    return channel_page(request, channel_id, new_key=issued.key, status=201)


@access(SECURITY_ADMIN, once=True)
@require_POST
def revoke(request: Request, channel_id: UUID, key_id: UUID) -> HttpResponse:
    """Revoke a key."""
    actions.revoke_key(request.actor, channel_id=channel_id, key_id=key_id)
    messages.success(request, "密钥已吊销，30 秒内在所有服务器上失效。")
    return redirect("ops_channel", channel_id)
