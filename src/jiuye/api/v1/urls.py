"""The routes of version 1: its operations, its OpenAPI document and its documentation."""

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from jiuye.api.readers import Limits, Readers
from jiuye.api.routes import routes
from jiuye.api.v1.docs import views
from jiuye.api.v1.document import ROUTERS, api, document
from jiuye.kernel.access import PUBLIC, access


@access(PUBLIC)
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return HttpResponse(
        orjson.dumps(document()), content_type="application/json", headers={"Cache-Control": "public, max-age=300"}
    )


urlpatterns = [
    path("openapi.json", openapi, name="api-openapi"),
    path("docs", views.home, name="api-docs"),
    path("docs/changelog", views.changelog, name="api-docs-changelog"),
    path("docs/<slug:tag>", views.group, name="api-docs-group"),
    *routes(
        api,
        ROUTERS,
        Readers(
            Limits(
                by_address=settings.API_REQUESTS_PER_MINUTE,
                by_channel=settings.CHANNEL_REQUESTS_PER_MINUTE,
                writes=settings.CLIENT_WRITES_PER_MINUTE,
                exports=settings.API_EXPORTS_PER_MINUTE,
            )
        ),
    ),
]
