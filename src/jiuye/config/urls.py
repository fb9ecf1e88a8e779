"""The site's map. Each feature lists its own routes beside its views."""

from django.urls import include, path

from jiuye.kernel.http import health

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("", include("jiuye.portals.seeker.login.urls")),
    path("", include("jiuye.portals.seeker.me.urls")),
    path("", include("jiuye.portals.seeker.resume.urls")),
    path("", include("jiuye.portals.seeker.records.urls")),
    path("", include("jiuye.portals.seeker.notifications.urls")),
]
