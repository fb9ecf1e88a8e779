"""Health checks and metrics for supervisors and load balancers."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.http import metrics as figures


@access(PUBLIC)
def livez(request: HttpRequest) -> HttpResponse:
    """Return 200: the process is running."""
    return HttpResponse("ok", content_type="text/plain")


@access(PUBLIC)
def readyz(request: HttpRequest) -> HttpResponse:
    """Return 200 if the process can serve requests, which means that the database answers; else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, OSError) as error:
        return JsonResponse(
            {"ready": False, "database": type(error).__name__}, status=503, headers={"Retry-After": "2"}
        )
    return JsonResponse({"ready": True})


@access(PUBLIC)
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the Prometheus metrics of this process."""
    body, content_type = figures.exposition()
    return HttpResponse(body, content_type=content_type)
