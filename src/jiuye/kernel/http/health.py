"""Health checks and metrics for supervisors and load balancers."""

from secrets import compare_digest

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from jiuye.kernel import database, space
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.errors import NotFound
from jiuye.kernel.http import metrics as figures


@access(PUBLIC)
def livez(request: HttpRequest) -> HttpResponse:
    """Return 200: the process is running."""
    return HttpResponse("ok", content_type="text/plain")


@access(PUBLIC)
def readyz(request: HttpRequest) -> HttpResponse:
    """Return 200 if the process can do all of its work, else 503 and what is missing: the database, or space to write.

    Much still works then: pages that need no database, and all reading while only space is missing. So balancers
    should choose processes by /livez, and monitoring should look here.
    """
    missing = {}
    if space.is_short():
        missing["space"] = "nothing is written until there is free space"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:  # whatever it is, it is not ready
        database.discard_broken()
        missing["database"] = type(error).__name__
    if missing:
        return JsonResponse({"ready": False, "missing": missing}, status=503, headers={"Retry-After": "2"})
    return JsonResponse({"ready": True})


@access(PUBLIC)
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the Prometheus metrics of this process to who sends METRICS_TOKEN; for others the page does not exist."""
    sent = request.headers.get("Authorization", "").encode()
    if not settings.METRICS_TOKEN or not compare_digest(sent, f"Bearer {settings.METRICS_TOKEN}".encode()):
        raise NotFound
    body, content_type = figures.exposition()
    return HttpResponse(body, content_type=content_type)
