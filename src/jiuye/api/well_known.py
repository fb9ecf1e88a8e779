"""The platform's public keys for webhooks, at a well-known address (RFC 8615)."""

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from jiuye.kernel.access import PUBLIC, access
from jiuye.webhooks import keys


@access(PUBLIC)
@require_safe
def webhook_keys(request: HttpRequest) -> HttpResponse:
    """The ed25519 keys that sign now, newest first: as JWK Set (RFC 7517), each with the form of Standard Webhooks."""
    found = [
        {**one.as_jwk(), "public_key": one.public_key, "created_at": one.created_at, "expires_at": one.expires_at}
        for one in keys.published()
    ]
    return HttpResponse(
        orjson.dumps({"keys": found}, option=orjson.OPT_UTC_Z),
        content_type="application/json",
        headers={"Cache-Control": "public, max-age=300"},
    )


urlpatterns = [path(".well-known/webhook-keys.json", webhook_keys, name="webhook-keys")]
